package nb

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/plotting"
)

const (
	// mostFrames is how many combinations of values Play draws. Drawing one
	// takes some milliseconds.
	mostFrames = 200
	// mostTries is how many Try computes where no reader is.
	mostTries = 16
)

// frames are the figures of all settings, and of those that are shown side by
// side.
type frames struct {
	draw     func(Setting) *plotting.Drawing
	controls []Control
	frames   []player.Frame
	drawings []string
}

// drawFrames is an empty set of figures.
func drawFrames(draw func(Setting) *plotting.Drawing, controls []Control) *frames {
	n := combinations(controls)
	return &frames{draw, controls, make([]player.Frame, n), make([]string, n)}
}

// one draws the figure of a setting, unless that was done.
func (f *frames) one(i int) (*plotting.Drawing, error) {
	at := settingAt(f.controls, i)
	d, err := drawAt(f.draw, at)
	if err == nil {
		if f.frames[i], f.drawings[i], err = d.Frame(); err != nil {
			err = fmt.Errorf("the figure could not be drawn: %w", err)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("at %v: %w", at, err)
	}
	return d, nil
}

// rest draws what is not drawn. It calls drawn after each.
func (f *frames) rest(drawn func()) error {
	for i := range f.frames {
		if f.frames[i].Width > 0 {
			continue
		}
		if _, err := f.one(i); err != nil {
			return err
		}
		drawn()
	}
	return nil
}

// multiples draws the figure at three settings, side by side.
func (f *frames) multiples() (*plotting.Drawing, error) {
	var versions []plotting.Version
	var of []int
	for _, v := range threeOf(f.controls[0]) {
		at := startOf(f.controls)
		at.at[0] = v
		i := at.number()
		d, err := f.one(i)
		if err != nil {
			return nil, err
		}
		versions = append(versions, plotting.Version{Name: at.said(), Figure: d})
		of = append(of, i)
	}
	// All are drawn from the numbers as they are now.
	for k, v := range versions {
		_, again, err := v.Figure.Frame()
		if err != nil {
			return nil, err
		}
		if again != f.drawings[of[k]] {
			return nil, fmt.Errorf("the figure at %s has changed since it was drawn: let draw make new numbers for each figure, and not overwrite those of the one before", v.Name)
		}
	}
	return plotting.Multiples(versions...), nil
}

// threeOf are the first, the start and the last value of a control; where it
// starts at an end, one in the middle.
func threeOf(c Control) []int {
	last := len(c.labels) - 1
	middle := c.start
	if middle == 0 || middle == last {
		middle = last / 2
	}
	return slices.Compact([]int{0, middle, last})
}

// figure is what a page plays.
func (f *frames) figure() *player.Figure {
	out := &player.Figure{Kind: player.Play, Controls: described(f.controls)}
	out.Pack(f.frames, f.drawings)
	return out
}

func described(controls []Control) []player.Control {
	var out []player.Control
	for _, c := range controls {
		out = append(out, player.Control{Name: c.name, Slider: c.values != nil, Start: c.start, Labels: c.labels})
	}
	return out
}

// checkFrames refuses more settings than are drawn.
func checkFrames(controls []Control, most int, advice string) error {
	if n := combinations(controls); n > most {
		return fmt.Errorf("the controls have more than %d combinations of values: give them fewer values%s", most, advice)
	}
	return nil
}

// combinations is how many settings there are, or a number beyond all bounds.
func combinations(controls []Control) int {
	n := 1
	for _, c := range controls {
		if n *= len(c.labels); n > 1<<30 {
			break
		}
	}
	return n
}

// settingAt is combination number i; the last control's values change first.
func settingAt(controls []Control, i int) Setting {
	s := startOf(controls)
	for k := len(controls) - 1; k >= 0; k-- {
		s.at[k] = i % len(controls[k].labels)
		i /= len(controls[k].labels)
	}
	return s
}
