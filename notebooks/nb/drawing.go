package nb

import (
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

// drawError is an error on its way from within a figure's draw function, which
// returns none, to whoever had it draw: [Setting] has no other way to say that
// a control does not exist.
type drawError struct{ error }

// drawAt draws a figure at a setting; the error names the setting.
func drawAt(draw func(Setting) *plotting.Drawing, at Setting) (d *plotting.Drawing, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case drawError:
			d, err = nil, fmt.Errorf("at %v: %w", at, r.error)
		default:
			panic(r)
		}
	}()
	if d = draw(at); d == nil {
		return nil, fmt.Errorf("at %v: draw returned no figure", at)
	}
	return d, nil
}

// checkPlay finds what is wrong with the arguments of Play and Try.
func checkPlay(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	if !fileName.MatchString(name) {
		return fmt.Errorf("%q cannot name a figure: use letters, digits, '-', '_' and '.'", name)
	}
	if draw == nil {
		return errors.New("there is no function that draws: it is nil")
	}
	return checkControls(controls)
}
