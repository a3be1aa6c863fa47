package nb

import (
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

// Play shows a figure with one control beneath it for each [Control]; draw
// makes the drawing at a setting, from results in memory, in milliseconds.
func Play(name string, draw func(at Setting) *plotting.Drawing, controls ...Control) {
	settleBars()
	Check(play(name, draw, controls))
}

func play(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	if err := checkPlay(name, draw, controls); err != nil {
		return fmt.Errorf("nb.Play: %w", err)
	}
	d, err := drawAt(draw, startOf(controls))
	if err != nil {
		return fmt.Errorf("nb.Play(%q): %w", name, err)
	}
	return show(d, name)
}
