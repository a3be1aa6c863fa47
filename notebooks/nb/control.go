package nb

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Control is one thing that a reader can change beneath a figure of [Play] or
// [Try]: a [Slider] or a [Choice].
type Control struct {
	name   string
	start  int // index of the value at first, -1 if it is not among them
	asked  string
	labels []string
	values []float64 // of a slider, nil for a choice
}

// Slider lets the reader choose among numbers, in the order given, beginning
// with start, which must be one of them. The name appears before the slider,
// with its unit if it has one ("learning rate", "gain (1/s)"), and is what
// [Setting.Float] and [Setting.Int] are asked for.
func Slider(name string, start float64, values ...float64) Control {
	// A start written 0.3 is the value computed as 3 × 0.1.
	near := func(v float64) bool { return math.Abs(v-start) <= 1e-9*math.Abs(start) }
	c := Control{name: name, start: slices.IndexFunc(values, near), asked: number(start), values: values}
	if c.values == nil {
		c.values = []float64{}
	}
	for _, v := range values {
		c.labels = append(c.labels, number(v))
	}
	return c
}

// Choice lets the reader choose among words, beginning with start, which must
// be one of them; [Setting.Text] tells the one chosen.
func Choice(name string, start string, values ...string) Control {
	return Control{name: name, start: slices.Index(values, start), asked: strconv.Quote(start), labels: values}
}

// number is a value as the reader sees it.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

func (c Control) check() error {
	switch {
	case strings.TrimSpace(c.name) == "":
		return fmt.Errorf("a control has no name: give it one, such as \"gain\"")
	case len(c.labels) == 0:
		return fmt.Errorf("the control %q has no values: give it at least two to choose from", c.name)
	case c.start < 0:
		return fmt.Errorf("the control %q begins with %s, which is not among its values (%s)", c.name, c.asked, strings.Join(c.labels, ", "))
	}
	for i, v := range c.values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("value %d of the control %q is %g: every value must be finite", i+1, c.name, v)
		}
	}
	for i, label := range c.labels {
		if slices.Contains(c.labels[:i], label) {
			return fmt.Errorf("the control %q has the value %s twice", c.name, label)
		}
	}
	return nil
}

// checkControls finds what is wrong with a figure's controls.
func checkControls(controls []Control) error {
	if len(controls) == 0 {
		return fmt.Errorf("there is nothing to change: give at least one Slider or Choice, or use nb.Show")
	}
	for i, c := range controls {
		if err := c.check(); err != nil {
			return err
		}
		for _, before := range controls[:i] {
			if before.name == c.name {
				return fmt.Errorf("two controls are called %q: each needs a name of its own", c.name)
			}
		}
	}
	return nil
}
