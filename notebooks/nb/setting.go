package nb

import (
	"fmt"
	"math"
	"strings"
)

// Setting is where the controls of a figure stand.
type Setting struct {
	controls []Control
	at       []int // index of the value of each control
}

// startOf is the setting at which a figure's controls begin.
func startOf(controls []Control) Setting {
	s := Setting{controls: controls, at: make([]int, len(controls))}
	for i, c := range controls {
		s.at[i] = c.start
	}
	return s
}

// number counts the setting among all; the last control's values change first.
func (s Setting) number() int {
	n := 0
	for k, c := range s.controls {
		n = n*len(c.labels) + s.at[k]
	}
	return n
}

// Float is the number at which a [Slider] stands. Asking for a control that
// there is not, or for the number of a [Choice], ends the cell with a
// sentence.
func (s Setting) Float(name string) float64 {
	c, at := s.find(name)
	if c.values == nil {
		Check(fmt.Errorf("the control %q is a Choice and has no number: ask at.Text(%q)", name, name))
	}
	return c.values[at]
}

// Int is Float for whole numbers; a slider that stands between them ends the
// cell with a sentence, as [Setting.Float] does.
func (s Setting) Int(name string) int {
	v := s.Float(name)
	if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
		Check(fmt.Errorf("the control %q stands at %g, which is no whole number: ask at.Float(%q)", name, v, name))
	}
	return int(v)
}

// Text is the word at which a [Choice] stands, or a [Slider]'s number as the
// reader sees it. Asking for a control that there is not ends the cell with a
// sentence.
func (s Setting) Text(name string) string {
	c, at := s.find(name)
	return c.labels[at]
}

// said is String for people: a unit that a name has in brackets at its end stands
// behind the number, "delay = 20 ms".
func (s Setting) said() string {
	var parts []string
	for i, c := range s.controls {
		name, value := c.name, c.labels[s.at[i]]
		if before, ok := strings.CutSuffix(name, ")"); ok && c.values != nil {
			if what, unit, ok := strings.Cut(before, " ("); ok {
				name, value = what, value+" "+unit
			}
		}
		parts = append(parts, name+" = "+value)
	}
	return strings.Join(parts, ", ")
}

// String says where all controls stand: "gain = 2, neuron = LIF".
func (s Setting) String() string {
	var parts []string
	for i, c := range s.controls {
		parts = append(parts, c.name+" = "+c.labels[s.at[i]])
	}
	return strings.Join(parts, ", ")
}

func (s Setting) find(name string) (Control, int) {
	var names []string
	for i, c := range s.controls {
		if c.name == name {
			return c, s.at[i]
		}
		names = append(names, fmt.Sprintf("%q", c.name))
	}
	if len(names) == 0 {
		Check(fmt.Errorf("no control is called %q: this is not the setting of a figure", name))
	}
	Check(fmt.Errorf("no control is called %q: there are %s", name, strings.Join(names, ", ")))
	return Control{}, 0
}
