package nb

import (
	"errors"
	"sync/atomic"

	"github.com/spikewalk/spikewalk/plotting"
)

// drawError is an error on its way from within a figure's draw function, which
// returns none, to whoever had it draw: [Setting] has no other way to say that
// a control does not exist.
type drawError struct{ error }

// drawing counts the drawings that are being made: there is one at most, but
// for a Play within the draw of another.
var drawing atomic.Int32

// drawAt draws a figure at a setting. What ends a cell elsewhere, [Check] and
// [Get], here only ends the drawing.
func drawAt(draw func(Setting) *plotting.Drawing, at Setting) (d *plotting.Drawing, err error) {
	drawing.Add(1)
	defer drawing.Add(-1)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case drawError:
			d, err = nil, r.error
		default:
			panic(r)
		}
	}()
	if d = draw(at); d == nil {
		return nil, errors.New("draw returned no figure")
	}
	return d, nil
}

// checkPlay finds what is wrong with the arguments of Play and Try.
func checkPlay(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	if err := checkName(name); err != nil {
		return err
	}
	if draw == nil {
		return errors.New("there is no function that draws: it is nil")
	}
	return checkControls(controls)
}
