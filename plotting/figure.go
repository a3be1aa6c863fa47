package plotting

import (
	"fmt"
	"math"
)

// Widths of figures in centimetres, as most journals have them. Where
// [Drawing.Size] or [Drawing.Width] does not say otherwise a figure is as wide
// as a page's text.
const (
	DefaultWidth = 17
	ColumnWidth  = 8.5
)

// Drawing is a figure made of panels. Its methods that choose something return
// the drawing itself; those that encode report everything that is wrong.
type Drawing struct {
	panels  []Panel
	columns int
	placed  []spot   // of all panels; nil: row by row
	width   float64  // cm
	height  *float64 // cm; nil: as high as the panels ask for
	title   string
	tag     string
	caption string
	err     error // what is wrong with how the figure was made
}

// Figure composes panels from top to bottom.
func Figure(panels ...Panel) *Drawing {
	return &Drawing{panels: panels, columns: 1, width: DefaultWidth}
}

// Columns arranges the panels in n columns, row by row from the left. Where
// there are fewer panels than columns, each has a column.
func (d *Drawing) Columns(n int) *Drawing {
	d.columns, d.placed = n, nil
	return d
}

// Size sets the figure's width and height in centimetres; the heights of the
// data areas adapt. Without it the figure is 17 cm wide and as high as its
// panels ask for. No side may be longer than 200 cm and the area not larger
// than 1 m².
func (d *Drawing) Size(widthCm, heightCm float64) *Drawing {
	d.width, d.height = widthCm, &heightCm
	return d
}

// Width sets the figure's width in centimetres, such as [ColumnWidth], and
// leaves its height to the panels.
func (d *Drawing) Width(widthCm float64) *Drawing {
	d.width, d.height = widthCm, nil
	return d
}

// Title sets a line above all panels; long titles wrap.
func (d *Drawing) Title(title string) *Drawing {
	d.title = title
	return d
}

// Tag sets a few words in grey at the top right, which say of the whole figure
// what its data are: "synthetic", or a recording's name. They also begin its
// [Drawing.Description].
func (d *Drawing) Tag(words string) *Drawing {
	d.tag = words
	return d
}

// Caption keeps the sentence or two that stand beneath the figure on a page. It
// is not drawn: pages print it under the figure's number, and [Drawing.JSON] has
// it.
func (d *Drawing) Caption(text string) *Drawing {
	d.caption = text
	return d
}

// maxSize bounds a figure's sides in centimetres, and maxArea its area in
// square centimetres, that of A0: 35 million pixels of PNG, whose encoding takes
// a third of a gigabyte.
const (
	maxSize = 200
	maxArea = 10_000
	// maxPanels are more than fit on the area.
	maxPanels = 10_000
)

// contents asks all panels for what they draw, and names the one that cannot.
func (d *Drawing) contents() ([]Content, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	out := make([]Content, len(d.panels))
	for i, p := range d.panels {
		if isNilPanel(p) {
			return nil, fmt.Errorf("plotting: panel %s is nil: make it with one of the panel functions", letter(i))
		}
		content, err := p.Content()
		if err == nil {
			err = content.check()
		}
		if err == nil {
			err = content.checkWords()
		}
		if err != nil {
			name := letter(i)
			if content.Title != "" {
				name += " " + quoted(content.Title)
			}
			return nil, fmt.Errorf("plotting: panel %s: %w", name, err)
		}
		out[i] = content
	}
	return out, nil
}

func (d *Drawing) check() error {
	switch {
	case d.err != nil:
		return d.err
	case len(d.panels) == 0:
		return fmt.Errorf("plotting: the figure has no panels: give Figure at least one")
	case len(d.panels) > maxPanels:
		return fmt.Errorf("plotting: the figure has %d panels: at most %d fit on it", len(d.panels), maxPanels)
	case d.columns < 1:
		return fmt.Errorf("plotting: %d columns: a figure needs at least one", d.columns)
	case !(d.width > 0 && d.width <= maxSize):
		return fmt.Errorf("plotting: the figure is %g cm wide: its width must be above 0 and at most %d cm", d.width, maxSize)
	case d.height != nil && !(*d.height > 0 && *d.height <= maxSize):
		return fmt.Errorf("plotting: the figure is %g cm high: its height must be above 0 and at most %d cm", *d.height, maxSize)
	}
	if err := checkWords(words{"the figure's title", d.title}, words{"the tag", d.tag}, words{"the caption", d.caption}); err != nil {
		return fmt.Errorf("plotting: %w", err)
	}
	return nil
}

// letter names panel i: A … Z, AA, AB ….
func letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// spot is a panel's place: its row, and the first of the columns over which it
// spans.
type spot struct {
	row, column, span int
	letter            string
	// What stands at the panel on its left already, and for both.
	noLetter, noLegend, noYLabel bool
}

// spots are the places of all panels.
func (d *Drawing) spots(n int) []spot {
	if d.placed != nil {
		return d.placed
	}
	columns := d.columnsFor(n)
	out := make([]spot, n)
	for i := range out {
		out[i] = spot{row: i / columns, column: i % columns, span: 1}
		if n > 1 {
			out[i].letter = letter(i)
		}
	}
	return out
}

// columnsFor is how many columns n panels take.
func (d *Drawing) columnsFor(n int) int {
	if d.placed != nil {
		return d.columns
	}
	return min(d.columns, n)
}

// below finds the panel that stands below each, -1 if there is none.
func below(spots []spot) []int {
	at := map[[3]int]int{}
	for i, s := range spots {
		at[[3]int{s.row, s.column, s.span}] = i
	}
	out := make([]int, len(spots))
	for i, s := range spots {
		k, ok := at[[3]int{s.row + 1, s.column, s.span}]
		if out[i] = k; !ok {
			out[i] = -1
		}
	}
	return out
}

// shareX gives neighbours in a column one x axis where they show the same
// quantity over nearly the same range, and reports which panels leave their
// labels to the panel below.
func shareX(contents []Content, spots []spot) []bool {
	hidden := make([]bool, len(contents))
	reached := make([]bool, len(contents)) // from the top of its group
	next := below(spots)
	for i := range contents {
		if reached[i] {
			continue
		}
		group := []int{i}
		common := contents[i].Frames[0].X
		for k := next[i]; k >= 0; k = next[k] {
			joint, ok := joinX(common, contents[k].Frames[0].X)
			if !ok {
				break
			}
			common = joint
			reached[k] = true
			group = append(group, k)
		}
		for n, k := range group {
			hidden[k] = n < len(group)-1
			if len(group) > 1 {
				setX(&contents[k], common)
			}
		}
	}
	return wholeRows(hidden, spots)
}

// wholeRows keeps labels hidden only where the whole row hides them: next to
// a panel with labels there is room for them.
func wholeRows(hidden []bool, spots []spot) []bool {
	labelled := map[int]bool{}
	for i, h := range hidden {
		labelled[spots[i].row] = labelled[spots[i].row] || !h
	}
	out := make([]bool, len(hidden))
	for i := range out {
		out[i] = !labelled[spots[i].row]
	}
	return out
}

// nearly is how much of the longer range two ranges may differ by at each end
// to count as one: spike times never quite fill the trial they come from.
const nearly = 0.05

// joinX returns the axis that two axes can share.
func joinX(a, b Axis) (Axis, bool) {
	if a.Label == "" || a.Label != b.Label || a.Log != b.Log || a.Ticks != nil || b.Ticks != nil {
		return a, false
	}
	tolerance := nearly * math.Max(a.Max-a.Min, b.Max-b.Min)
	near := math.Abs(a.Min-b.Min) <= tolerance && math.Abs(a.Max-b.Max) <= tolerance
	switch {
	case !near:
		return a, false
	case a.Fixed && b.Fixed:
		return a, a.Min == b.Min && a.Max == b.Max
	case a.Fixed:
		return a, a.Min <= b.Min && b.Max <= a.Max
	case b.Fixed:
		return b, b.Min <= a.Min && a.Max <= b.Max
	}
	a.Min, a.Max = math.Min(a.Min, b.Min), math.Max(a.Max, b.Max)
	return a, true
}

func setX(c *Content, common Axis) {
	// Copied, because a panel of the user's own may hand out its frames.
	frames := make([]Frame, len(c.Frames))
	copy(frames, c.Frames)
	for i := range frames {
		frames[i].X.Min, frames[i].X.Max = common.Min, common.Max
	}
	c.Frames = frames
}
