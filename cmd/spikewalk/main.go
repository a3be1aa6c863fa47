// Command spikewalk sets up what the notebooks need and runs them.
//
//	go install github.com/spikewalk/spikewalk/cmd/spikewalk@latest
//	spikewalk notebooks
//
// executes all notebooks and writes them, as notebooks and as HTML, with
// their figures and a report, to out/notebooks. See spikewalk help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/trust"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
)

// errInterrupted is why everything stops at ctrl-C, and errUnread why it does when
// what it prints goes to a program that has ended, such as head.
var (
	errInterrupted = errors.New("interrupted")
	errUnread      = errors.New("interrupted, since nobody reads what it prints any more")
)

func main() {
	ctx, stop := interruptible()
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "spikewalk:", err)
		stop()
		os.Exit(1)
	}
}

// interruptible returns a context that ends at ctrl-C, when the program is asked
// to terminate, and when nobody reads its output. What runs is then ended in order,
// which takes seconds.
func interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	go func() {
		if <-signals == syscall.SIGPIPE {
			cancel(errUnread)
			return
		}
		cancel(errInterrupted)
	}()
	return ctx, func() { signal.Stop(signals) }
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "spikewalk",
		Short:         "From firing rates to spikes: run the notebooks and all that belongs to them",
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version(),
		Args:          subcommand,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := emptyFlag(cmd); err != nil {
				return err
			}
			_, err := neuro.SIMD()
			return err
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(notebooksCommand(), newCommand(), kernelCommand(), labCommand(), dataCommand(), benchCommand(), reproduceCommand(), sweepCommand(), cacheCommand())
	return root
}

// place is where a command finds what belongs to this module.
type place struct {
	*module.Source
	cache string
	// programs is the folder of the kernel's programs: the cache, or where others
	// can write to that the user's own.
	programs string
}

// places finds the module, which is downloaded outside of working copies, and the
// cache folder.
func places(ctx context.Context) (at place, err error) {
	here, err := os.Getwd()
	if err != nil {
		return at, err
	}
	if at.Source, err = module.Find(ctx, here); err != nil {
		return at, err
	}
	if at.cache, err = data.CacheDir(); err != nil {
		return at, err
	}
	at.programs, err = programsFolder(at.cache)
	return at, err
}

// programsFolder is where programs are kept and run from: in the cache only if
// nobody else can plant one there.
func programsFolder(cache string) (string, error) {
	shared := trust.Folder(cache)
	if shared == nil {
		return cache, nil
	}
	own, err := os.UserCacheDir()
	if err == nil {
		own = filepath.Join(own, "spikewalk")
		err = trust.Folder(own)
	}
	if err != nil {
		return "", fmt.Errorf("there is no folder for programs that you alone can write to: %w; %w; set SPIKEWALK_CACHE to one", shared, err)
	}
	fmt.Fprintf(os.Stderr, "spikewalk: %v: programs are kept in %s\n", shared, own)
	return own, nil
}

// notebooks is the folder of the module's notebooks.
func (p place) notebooks() string { return filepath.Join(p.Folder, "notebooks") }

// out is the default of a folder for results: in a working copy, or here.
func (p place) out(name string) string {
	if p.Version == "" {
		return filepath.Join(p.Folder, "out", name)
	}
	return filepath.Join("out", name)
}

// kernel is the kernel that imports from the module.
func (p place) kernel() (*kernel.Setup, error) {
	work, err := p.Work(p.programs)
	if err != nil {
		return nil, err
	}
	return kernel.New(work, p.programs)
}

// called is how the reader calls this program.
func (p place) called() string {
	if p.Version == "" {
		return "go run ./cmd/spikewalk"
	}
	return "spikewalk"
}
