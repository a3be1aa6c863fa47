package plotting

import (
	"cmp"
	"fmt"
)

// panel is what the panels of this package have in common: frames made of
// their data.
type panel interface {
	frames() ([]Frame, error)
}

// options are what all panels of this package let one choose. Self is the panel
// itself, so that every method can be followed by the panel's own.
type options[Self panel] struct {
	self   Self
	kind   string // as errors call it
	title  string
	xLabel string
	yLabel string
	xLim   *limits
	yLim   *limits
	height *float64 // cm; nil: the panel's own
	hLines []guide
	vLines []guide
}

type limits struct{ lo, hi float64 }

// guide is a named reference line.
type guide struct {
	value float64
	name  string
}

// Content implements [Panel].
func (o *options[Self]) Content() (Content, error) {
	c := Content{Title: o.title}
	if o.kind == "" {
		return c, fmt.Errorf("the panel is empty: make it with one of the panel functions")
	}
	frames, err := o.self.frames()
	for _, f := range frames {
		for _, g := range o.hLines {
			err = cmp.Or(err, g.check("horizontal", f.Y.Log))
		}
		for _, g := range o.vLines {
			err = cmp.Or(err, g.check("vertical", f.X.Log))
		}
	}
	if err != nil {
		return c, fmt.Errorf("%s: %w", o.kind, err)
	}
	for i := range frames {
		frames[i].bringOut()
		frames[i].tellBeyond()
	}
	c.Frames = frames
	return c, nil
}

// Title sets the line above the panel; long titles wrap.
func (o *options[Self]) Title(title string) Self {
	o.title = title
	return o.self
}

// XLabel names the x axis and its unit, "time (s)". Neighbouring panels with
// the same label and range share the axis.
func (o *options[Self]) XLabel(label string) Self {
	o.xLabel = label
	return o.self
}

// YLabel names the y axis and its unit, "rate (Hz)".
func (o *options[Self]) YLabel(label string) Self {
	o.yLabel = label
	return o.self
}

// XLim fixes the ends of the x axis. Data outside are cut off.
func (o *options[Self]) XLim(lo, hi float64) Self {
	o.xLim = &limits{lo, hi}
	return o.self
}

// YLim fixes the ends of the y axis. Data outside are cut off; where single points
// are, a triangle at the edge tells of each, and the legend of their values.
func (o *options[Self]) YLim(lo, hi float64) Self {
	o.yLim = &limits{lo, hi}
	return o.self
}

// Height sets the height of the panel's data area in centimetres, at most 200;
// in a figure with a fixed size it is the panel's share of the height.
func (o *options[Self]) Height(cm float64) Self {
	o.height = &cm
	return o.self
}

// HLine adds a dashed line at a value of y, such as a threshold or an optimum,
// named in the legend unless the name is empty. It may be called several times.
func (o *options[Self]) HLine(y float64, name string) Self {
	o.hLines = append(o.hLines, guide{y, name})
	return o.self
}

// VLine adds a dotted line at a value of x, such as an event or a chosen place,
// named in the legend unless the name is empty. It may be called several times.
func (o *options[Self]) VLine(x float64, name string) Self {
	o.vLines = append(o.vLines, guide{x, name})
	return o.self
}

// references are the marks of the lines asked for. The ranges of axes grow to
// hold them; a nil one stays as it is.
func (o *options[Self]) references(x, y *span) (marks []Mark) {
	for _, g := range o.hLines {
		if y != nil {
			y.add(g.value)
		}
		marks = append(marks, hLine(g.value, g.name, dashed(rule)))
	}
	for _, g := range o.vLines {
		if x != nil {
			x.add(g.value)
		}
		marks = append(marks, vLine(g.value, g.name, dotted(rule)))
	}
	return marks
}

// check finds lines at values that cannot be shown.
func (g guide) check(which string, log bool) error {
	if !finite(g.value) || (log && g.value <= 0) {
		return fmt.Errorf("the %s line %s is at %g: it must be finite, and positive on a logarithmic axis", which, quoted(g.name), g.value)
	}
	return nil
}

// heightOr returns the chosen height, or the panel's own.
func (o *options[Self]) heightOr(cm float64) float64 {
	if o.height != nil {
		return *o.height
	}
	return cm
}

// named are the options of panels whose parts can be named.
type named[Self panel] struct {
	looks[Self]
	names []string
}

// Names names what the panel draws, one name each: channels, neurons,
// conditions. Without it they have the names that the data bring along, or
// numbers.
func (n *named[Self]) Names(names ...string) Self {
	n.names = names
	return n.self
}

// checkNames compares the number of names with what they are to name.
func checkNames(names []string, n int, what string) error {
	if names != nil && len(names) != n {
		return fmt.Errorf("%d names for %d %s: give one name each", len(names), n, what)
	}
	return nil
}

// or returns s unless it is empty.
func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
