package nb

import (
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

// Try is [Play] for what takes seconds, such as training a network: draw is
// called only for the settings to which the reader goes. Let draw keep what it
// computes with [Memo].
func Try(name string, draw func(at Setting) *plotting.Drawing, controls ...Control) {
	settleBars()
	Check(try(name, draw, controls))
}

func try(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	if err := checkPlay(name, draw, controls); err != nil {
		return fmt.Errorf("nb.Try: %w", err)
	}
	still, err := stillAt(name, draw, startOf(controls))
	if err == nil {
		err = still.display()
	}
	if err != nil {
		return fmt.Errorf("nb.Try(%q): %w", name, err)
	}
	return nil
}
