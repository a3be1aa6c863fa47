package plotting

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Panel is one lettered part of a figure.
type Panel interface {
	// Content checks the panel's data and returns what is to be drawn. It is
	// called once for every encoding and must return the same each time. Its
	// error says what is wrong with the data and where.
	Content() (Content, error)
}

// Content is what a panel shows: frames from top to bottom that share their
// x axis, under one title and one legend.
type Content struct {
	Title  string
	Frames []Frame
}

// Frame is a pair of axes and the marks drawn between them.
type Frame struct {
	X, Y Axis
	// Marks are what stands between the axes, in the order of the legend.
	Marks []Mark
	// Height is the height of the data area in centimetres where the figure's
	// size is not set, and its share where it is.
	Height float64
	// Equal gives x and y the same scale by widening the range of one.
	Equal bool
	// Bar, if not nil, is a scale bar to the right of the data.
	Bar *ScaleBar
	// box, if not nil, is a box in three dimensions with axes of its own, in
	// front of all marks.
	box *spaceBox
	// key, if not nil, is a scale of colours to the right of the data.
	key *colorKey
}

// ScaleBar is a vertical bar of a known length in units of the y axis.
type ScaleBar struct {
	Length float64
	Label  string
}

// Axis is one axis of a frame.
type Axis struct {
	// Label names the quantity and its unit: "time (s)".
	Label string
	// Min and Max are the ends of the axis, Min < Max.
	Min, Max float64
	// Fixed says that a user chose the ends; sharing does not widen them.
	Fixed bool
	// Log makes the axis logarithmic; Min must then be positive.
	Log bool
	// Whole restricts ticks to whole numbers.
	Whole bool
	// Ticks replaces the automatic ticks. Labels may be wrapped.
	Ticks []plot.Tick
	// Bare leaves out the line and the tick marks, and keeps the tick labels.
	Bare bool
}

// check finds axes that cannot be drawn.
func (a Axis) check(which string) error {
	switch {
	case !finite(a.Min) || !finite(a.Max) || !finite(a.Max-a.Min):
		return fmt.Errorf("the %s axis runs from %g to %g: its ends and their distance must be finite", which, a.Min, a.Max)
	case a.Min >= a.Max:
		return fmt.Errorf("the %s axis runs from %g to %g: its lower end must be below its upper end", which, a.Min, a.Max)
	case a.Log && a.Min <= 0:
		return fmt.Errorf("the %s axis starts at %g: a logarithmic axis needs positive ends", which, a.Min)
	case a.Max-a.Min < max(narrowest*max(math.Abs(a.Min), math.Abs(a.Max)), 1e-290):
		return fmt.Errorf("the %s axis runs from %g to %g: that is too narrow to be told apart in double precision", which, a.Min, a.Max)
	}
	return nil
}

// mostTicks is how many ticks, such as the names of groups, an axis may have.
const mostTicks = 1000

// scale returns gonum's form of the axis's scale.
func (a Axis) scale() plot.Normalizer {
	if a.Log {
		return plot.LogScale{}
	}
	return plot.LinearScale{}
}

// check finds contents that cannot be laid out.
func (c Content) check() error {
	if len(c.Frames) == 0 {
		return fmt.Errorf("nothing to draw: the panel has no frame")
	}
	for _, f := range c.Frames {
		if err := f.X.check("x"); err != nil {
			return err
		}
		if err := f.Y.check("y"); err != nil {
			return err
		}
		if f.key != nil {
			if err := f.key.check("z"); err != nil {
				return err
			}
		}
		if !(f.Height > 0 && f.Height <= maxSize) {
			return fmt.Errorf("height is %g cm: it must be positive and at most %d", f.Height, maxSize)
		}
		if f.Bar != nil && !(f.Bar.Length > 0 && finite(f.Bar.Length)) {
			return fmt.Errorf("the scale bar is %g long: it must be positive", f.Bar.Length)
		}
		if n := max(len(f.X.Ticks), len(f.Y.Ticks)); n > mostTicks {
			return fmt.Errorf("an axis has %d names: at most %d can be drawn", n, mostTicks)
		}
		for k, m := range f.Marks {
			if m.Plot == nil && m.Legend == "" && m.Data.empty() {
				return fmt.Errorf("mark %d is empty: give it a Plot, or leave it out", k)
			}
			if err := m.Data.check(); err != nil {
				return fmt.Errorf("the data of mark %d %s: %w", k, quoted(m.called()), err)
			}
		}
	}
	return nil
}

// cm converts centimetres to points.
func cm(x float64) vg.Length { return vg.Length(x) * vg.Centimeter }
