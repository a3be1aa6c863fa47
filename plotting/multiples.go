package plotting

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Version is a figure as it is at one setting of something: "gain = 2".
type Version struct {
	Name   string
	Figure *Drawing
}

// Multiples composes one figure in several versions: small multiples. Panels
// that are the same in all are drawn once, with the reference lines (VLine,
// HLine) of all versions; those that differ stand side by side, each
// with its version's name above its title, on common axes where these show the
// same quantity and were not set. Parts of the names that are the same in all
// ("shape = sine" of "gain = 2, shape = sine") stand in the figure's title. That,
// the caption and the tag are those of the first version; titles that differ
// stand with the versions' names. The figure
// is 17 cm wide, or as wide as the versions if they are wider.
func Multiples(versions ...Version) *Drawing {
	d := Figure()
	rows, err := readVersions(versions)
	if err != nil {
		d.err = err
		return d
	}
	first := versions[0].Figure
	d.width = max(first.width, DefaultWidth)
	d.columns = len(versions)
	d.caption, d.tag = first.caption, first.tag
	names, common := apartFromCommon(versions)
	sameTitle := !slices.ContainsFunc(versions, func(v Version) bool { return v.Figure.title != first.title })
	for k, v := range versions {
		if !sameTitle {
			names[k] = joined(names[k], v.Figure.title)
		}
	}
	if d.title = common; sameTitle {
		d.title = joined(first.title, common)
	}
	d.compose(rows, names, first.columns > 1)
	return d
}

// apartFromCommon are the versions' names without the parts that are the same in
// all, and these.
func apartFromCommon(versions []Version) (names []string, common string) {
	const between = ", "
	var same []string
	for _, part := range strings.Split(versions[0].Name, between) {
		without := func(v Version) bool { return !slices.Contains(strings.Split(v.Name, between), part) }
		if len(versions) > 1 && !slices.ContainsFunc(versions, without) {
			same = append(same, part)
		}
	}
	for _, v := range versions {
		own := slices.DeleteFunc(strings.Split(v.Name, between), func(part string) bool { return slices.Contains(same, part) })
		names = append(names, strings.Join(own, between))
	}
	return names, strings.Join(same, between)
}

// versionRow is one panel in all versions, nil where a version has not so many.
type versionRow struct {
	contents []*Content
	same     bool
}

func readVersions(versions []Version) ([]versionRow, error) {
	if len(versions) == 0 {
		return nil, errors.New("plotting: Multiples has no versions of a figure: give it at least one")
	}
	var rows []versionRow
	for k, v := range versions {
		if v.Figure == nil {
			return nil, fmt.Errorf("plotting: the version %s has no figure: it is nil", quoted(v.Name))
		}
		contents, err := v.Figure.contents()
		if err != nil {
			return nil, fmt.Errorf("plotting: the version %s: %w", quoted(v.Name), err)
		}
		for i := range contents {
			if i == len(rows) {
				rows = append(rows, versionRow{contents: make([]*Content, len(versions))})
			}
			rows[i].contents[k] = &contents[i]
		}
	}
	for i := range rows {
		if rows[i].same = allAlike(rows[i].contents); !rows[i].same {
			rows[i].joinGuides()
		}
	}
	return rows, nil
}

// allAlike tells whether all look the same.
func allAlike(contents []*Content) bool {
	var first []byte
	for _, c := range contents {
		if c == nil {
			return false
		}
		svg, err := Figure(drawnPanel{*c}).OutlinedSVG()
		if err != nil { // too small alone, say: composing tells
			return false
		}
		if first == nil {
			first = svg
		}
		if !bytes.Equal(first, svg) {
			return false
		}
	}
	return true
}

// joinGuides makes one panel of versions that differ only in their reference
// lines: it has those of all.
func (r *versionRow) joinGuides() {
	bare := make([]*Content, len(r.contents))
	for k, c := range r.contents {
		if c == nil {
			return
		}
		without := *c
		without.Frames = slices.Clone(c.Frames)
		for i := range without.Frames {
			f := &without.Frames[i]
			f.Marks = slices.DeleteFunc(slices.Clone(f.Marks), isGuide)
		}
		bare[k] = &without
	}
	if r.same = allAlike(bare); !r.same {
		return
	}
	all := *r.contents[0]
	all.Frames = slices.Clone(all.Frames)
	for i := range all.Frames {
		f := &all.Frames[i]
		f.Marks = slices.Clone(f.Marks)
		for _, c := range r.contents[1:] {
			for _, m := range c.Frames[i].Marks {
				if isGuide(m) && !slices.ContainsFunc(f.Marks, func(have Mark) bool { return reflect.DeepEqual(have, m) }) {
					if slices.ContainsFunc(f.Marks, func(have Mark) bool { return have.Legend == m.Legend }) {
						m.Legend = "" // one entry names them all
					}
					f.Marks = append(f.Marks, m)
				}
			}
		}
	}
	r.contents[0] = &all
}

func isGuide(m Mark) bool { return m.Kind == "vertical line" || m.Kind == "horizontal line" }

// drawnPanel is a panel whose content is known.
type drawnPanel struct{ content Content }

// Content implements [Panel].
func (p drawnPanel) Content() (Content, error) { return p.content, nil }

// compose puts the panels into the figure: a row for each that differs, and the
// others over the whole width or, if there were several in a row, in one column
// each.
func (d *Drawing) compose(rows []versionRow, names []string, beside bool) {
	row, column := -1, d.columns
	for i, r := range rows {
		at := spot{span: 1}
		if len(rows) > 1 {
			at.letter = letter(i)
		}
		if r.same {
			if column++; !beside || column >= d.columns {
				row, column = row+1, 0
			}
			if !beside {
				at.span = d.columns
			}
			at.row, at.column = row, column
			d.add(*r.contents[0], at)
			continue
		}
		row, column = row+1, d.columns
		share(r.contents)
		var before *Content
		for k, c := range r.contents {
			if c == nil {
				continue
			}
			at.row, at.column = row, k
			if before != nil {
				at.noLetter, at.noLegend, at.noYLabel = true, sameLegend(*before, *c), sameYLabels(*before, *c)
			}
			before = c
			named := d.narrowed(*c)
			named.Title = joined(names[k], c.Title)
			d.add(named, at)
		}
	}
}

func (d *Drawing) add(c Content, at spot) {
	d.panels = append(d.panels, drawnPanel{c})
	d.placed = append(d.placed, at)
}

// narrowed lowers frames whose scales are one, which else would be empty above
// and below their data.
func (d *Drawing) narrowed(c Content) Content {
	most := max(d.width/float64(d.columns)-1, 2)
	c.Frames = slices.Clone(c.Frames)
	for i := range c.Frames {
		if f := &c.Frames[i]; f.Equal || f.box != nil {
			f.Height = min(f.Height, most)
		}
	}
	return c
}

// joined are two lines of a title, or the one that is not empty.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

func sameLegend(a, b Content) bool {
	return slices.EqualFunc(a.legend(), b.legend(), func(a, b Mark) bool { return a.Legend == b.Legend })
}

func sameYLabels(a, b Content) bool {
	return slices.EqualFunc(a.Frames, b.Frames, func(a, b Frame) bool { return a.Y.Label == b.Y.Label })
}

// share gives the versions of a panel common axes.
func share(contents []*Content) {
	frames := make([][]*Frame, len(contents))
	for k, c := range contents {
		if c == nil {
			return
		}
		c.Frames = slices.Clone(c.Frames) // a panel of the user's own may hand out its frames
		for i := range c.Frames {
			frames[k] = append(frames[k], &c.Frames[i])
		}
		if len(frames[k]) != len(frames[0]) {
			return
		}
	}
	for i := range frames[0] {
		var x, y, z []*Axis
		for k := range frames {
			if f := frames[k][i]; f.box == nil {
				x = append(x, &f.X)
				if f.Bar == nil {
					y = append(y, &f.Y)
				}
				if f.key != nil {
					z = append(z, &f.key.Axis)
				}
			}
		}
		shareAxis(x)
		shareAxis(y)
		shareAxis(z)
	}
}

// shareAxis widens axes of one quantity to a common range, but not those that a
// user chose.
func shareAxis(axes []*Axis) {
	if len(axes) == 0 {
		return
	}
	common := *axes[0]
	for _, a := range axes {
		if a.Label != common.Label || a.Log != common.Log || a.Fixed || a.Ticks != nil {
			return
		}
		common.Min, common.Max = min(common.Min, a.Min), max(common.Max, a.Max)
	}
	for _, a := range axes {
		a.Min, a.Max = common.Min, common.Max
	}
}
