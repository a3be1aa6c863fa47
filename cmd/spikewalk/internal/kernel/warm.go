package kernel

import (
	"context"
	"fmt"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// patience is how long compiling may take before it is worth a word.
const patience = 3 * time.Second

// Warm compiles the packages that cells import, as GoNB will, so that no cell
// waits for it. It costs half a second when nothing has changed, and shows a
// package that does not compile once, here, and not in every cell.
func (s *Setup) Warm(ctx context.Context, packages []string, say func(format string, args ...any)) error {
	if len(packages) == 0 {
		return nil
	}
	talk := time.AfterFunc(patience, func() {
		say("Compiling what the notebooks import; what is compiled once is kept.")
	})
	defer talk.Stop()
	cmd := s.goCmd(append([]string{"build"}, packages...)...)
	cmd.Env = append(cmd.Env, "GOFLAGS="+s.Env()["GOFLAGS"])
	_, err := process.Output(ctx, cmd)
	if err == nil || ctx.Err() != nil {
		return err
	}
	// Modules that were there may have gone (go clean -modcache).
	if err := s.download(ctx); err != nil {
		return err
	}
	return fmt.Errorf("what the notebooks import does not compile: %w", err)
}
