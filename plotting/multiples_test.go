package plotting

import (
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func traceOf(values ...float64) *TracesPanel {
	return Traces(recording.Series{Dt: 1, Values: mat.NewDense(len(values), 1, values)})
}

func versionsOf(high ...float64) (out []Version) {
	for i, h := range high {
		out = append(out, Version{"gain = " + []string{"1", "2", "4"}[i], Figure(
			traceOf(0, 1, 0).Title("Input"),
			traceOf(0, h, 0).Title("Output").YLabel("y"),
		).Title("All").Tag("synthetic").Caption("Two traces.")})
	}
	return out
}

// What does not change is drawn once, what does once for each setting, by the
// letter it has in the figure, on one scale.
func TestMultiples(t *testing.T) {
	d := Multiples(versionsOf(1, 2, 8)...)
	contents, err := d.contents()
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, c := range contents {
		titles = append(titles, c.Title)
	}
	if got := strings.Join(titles, "|"); got != "Input|gain = 1\nOutput|gain = 2\nOutput|gain = 4\nOutput" {
		t.Errorf("the panels are %q", got)
	}
	for _, c := range contents[1:] {
		if y := c.Frames[0].Y; y.Min > 0 || y.Max < 8 || y.Max != contents[1].Frames[0].Y.Max {
			t.Errorf("y runs from %g to %g", y.Min, y.Max)
		}
	}
	p, err := d.page()
	if err != nil {
		t.Fatal(err)
	}
	first, last := p.cells[0].frames[0].data, p.cells[3].frames[0].data
	if first.Max.X != last.Max.X || first.Min.X != p.cells[1].frames[0].data.Min.X || first.Size().X < 3*last.Size().X {
		t.Errorf("the panel that is the same is at %v, the last of the others at %v", first, last)
	}
	text, err := d.Description()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"synthetic. All. A Input", "B gain = 1 Output", "B gain = 4 Output"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if d.caption != "Two traces." {
		t.Errorf("the caption is %q", d.caption)
	}
}

// Scales that a user chose, and those of other quantities, stay.
func TestMultiplesLeaveAxes(t *testing.T) {
	for name, d := range map[string]*Drawing{
		"chosen": Multiples(Version{"a", Figure(traceOf(0, 1).YLim(0, 1))}, Version{"b", Figure(traceOf(0, 5).YLim(0, 5))}),
		"others": Multiples(Version{"a", Figure(traceOf(0, 1).YLabel("v"))}, Version{"b", Figure(traceOf(0, 5).YLabel("w"))}),
	} {
		contents, err := d.contents()
		if err != nil {
			t.Fatal(err)
		}
		if m := contents[0].Frames[0].Y.Max; m > 1.5 {
			t.Errorf("%s: the first y axis ends at %g", name, m)
		}
	}
}

// What all names have in common is said once.
func TestMultiplesSayOnceWhatIsCommon(t *testing.T) {
	d := Multiples(Version{"gain = 1, shape = sine, n = 2", Figure(traceOf(0, 1)).Title("All")}, Version{"gain = 2, shape = sine, n = 2", Figure(traceOf(0, 2)).Title("All")})
	contents, err := d.contents()
	if err != nil {
		t.Fatal(err)
	}
	if d.title != "All\nshape = sine, n = 2" || contents[1].Title != "gain = 2" {
		t.Errorf("the figure is called %q, its second panel %q", d.title, contents[1].Title)
	}
}

// A line that marks the setting makes no other panel.
func TestMultiplesJoinGuides(t *testing.T) {
	version := func(at float64, name string) Version {
		return Version{name, Figure(traceOf(0, 1, 0).VLine(at, "shown"), traceOf(0, at, 0))}
	}
	d := Multiples(version(0.5, "a"), version(1, "b"), version(1.5, "c"))
	contents, err := d.contents()
	if err != nil {
		t.Fatal(err)
	}
	if len(contents) != 4 || len(contents[0].legend()) != 1 {
		t.Fatalf("%d panels, the first with the legend %v", len(contents), contents[0].legend())
	}
	var at []float64
	for _, m := range contents[0].Frames[0].Marks {
		if isGuide(m) {
			at = append(at, m.Data.X...)
		}
	}
	if !slices.Equal(at, []float64{0.5, 1, 1.5}) {
		t.Errorf("lines at %v", at)
	}
}

// Panels that only some versions have, titles that differ, several columns.
func TestMultiplesOfUnlikeFigures(t *testing.T) {
	same := func() *TracesPanel { return traceOf(0, 1, 0) }
	d := Multiples(
		Version{"a", Figure(same(), same(), traceOf(1, 2)).Columns(2).Title("one")},
		Version{"b", Figure(same(), same(), traceOf(1, 3), traceOf(4, 5)).Columns(2).Title("two")},
	)
	if _, err := d.PNG(); err != nil {
		t.Fatal(err)
	}
	contents, err := d.contents()
	if err != nil {
		t.Fatal(err)
	}
	if len(contents) != 5 || contents[4].Title != "b\ntwo" {
		t.Errorf("%d panels, the last %q", len(contents), contents[len(contents)-1].Title)
	}
	if got := d.placed; got[1].row != 0 || got[1].column != 1 || got[4].row != 2 || got[4].column != 1 || got[4].letter != "D" {
		t.Errorf("they are at %+v", got)
	}
}

func TestMultiplesRefuse(t *testing.T) {
	for says, d := range map[string]*Drawing{
		"no versions":   Multiples(),
		`"a" has no`:    Multiples(Version{Name: "a"}),
		`version "b": `: Multiples(Version{"a", Figure(traceOf(1))}, Version{"b", Figure()}),
	} {
		if _, err := d.PNG(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}
