package plotting

import (
	"fmt"
	"strings"
)

// Description says in words what the figure shows, for whoever cannot see it:
// an alternative text for pages. It names the panels, their axes and their
// marks.
func (d *Drawing) Description() (string, error) {
	contents, err := d.contents()
	if err != nil {
		return "", err
	}
	return d.describe(contents), nil
}

func (d *Drawing) describe(contents []Content) string {
	var parts []string
	for _, text := range []string{d.tag, d.title} {
		if text = oneLine(text); text != "" {
			parts = append(parts, text)
		}
	}
	spots := d.spots(len(contents))
	for i, c := range contents {
		name := strings.TrimSpace(spots[i].letter + " " + oneLine(c.Title))
		var frames []string
		for _, f := range c.Frames {
			frames = append(frames, f.describe())
		}
		parts = append(parts, strings.TrimPrefix(name+": "+strings.Join(frames, "; "), ": "))
	}
	return strings.Join(parts, ". ") + "."
}

// describe says what is drawn against what.
func (f Frame) describe() string {
	x, y := f.X, f.Y
	axes := ""
	if f.box != nil {
		x, y = f.box.axis(0), f.box.axis(1)
		axes = or(oneLine(f.box.axis(2).Label), "z") + " above "
	}
	if f.key != nil {
		axes = or(oneLine(f.key.Label), "z") + " as colours from " + plainNumber(f.key.Min) + " to " + plainNumber(f.key.Max) + " over "
	}
	axes += fmt.Sprintf("%s against %s", or(oneLine(y.Label), "y"), or(oneLine(x.Label), "x"))
	if len(f.X.Ticks) > 0 && f.box == nil && f.key == nil {
		axes += " (" + listed(tickNames(f.X)) + ")"
	}
	var kinds []string
	names := map[string][]string{}
	for _, m := range f.Marks {
		if m.Data.empty() {
			continue
		}
		kind := or(m.Kind, "mark")
		if names[kind] == nil {
			kinds = append(kinds, kind)
		}
		names[kind] = append(names[kind], oneLine(m.called()))
	}
	for i, kind := range kinds {
		kinds[i] = fmt.Sprintf("%d × %s", len(names[kind]), kind)
		if of := listed(names[kind]); of != "" {
			kinds[i] += " (" + of + ")"
		}
	}
	return axes + ", " + strings.Join(kinds, ", ")
}

func tickNames(a Axis) (names []string) {
	for _, t := range a.Ticks {
		names = append(names, oneLine(t.Label))
	}
	return names
}

// mostListed is how many names of one kind a description lists.
const mostListed = 8

// listed are the names that there are, or the first of very many.
func listed(names []string) string {
	var some []string
	for _, n := range names {
		if n != "" {
			some = append(some, n)
		}
	}
	if more := len(some) - mostListed; more > 0 {
		some = append(some[:mostListed:mostListed], fmt.Sprintf("%d more", more))
	}
	return strings.Join(some, ", ")
}

// oneLine is a text without line breaks and with single blanks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
