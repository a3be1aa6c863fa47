//go:build linux

package browser

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/internal/player"
)

// mostMoves is how often a test moves one control.
const mostMoves = 4

// figure is one figure of nb.Play, nb.Try or nb.Turn in a page. What is known
// of its elements stands in package player's documentation.
type figure struct {
	*page
	root *rod.Element
	name string
}

// figures are those of a kind in the page whose scripts have begun.
func (p *page) figures(kind string) (all []figure) {
	p.Helper()
	roots, err := p.Elements(".spikewalk-figure[data-kind=" + kind + "][data-ready=true]")
	if err != nil {
		p.Fatal(err)
	}
	for _, root := range roots {
		f := figure{p, root, ""}
		f.name = f.of(`() => this.dataset.name`).Text()
		all = append(all, f)
	}
	return all
}

// of runs a function of JavaScript whose this is the figure's element.
func (f figure) of(js string) result {
	f.Helper()
	return f.on(f.root, js)
}

func (f figure) on(e *rod.Element, js string) result {
	f.Helper()
	r, err := e.Timeout(startTime).Eval(js)
	if err != nil {
		f.Fatalf("%s, %s: %v", f.page.name, f.name, err)
	}
	return result{r}
}

func (f figure) redraws() int  { return f.of(`() => Number(this.dataset.redraws)`).Int() }
func (f figure) shows() string { return f.of(`() => this.querySelector(".spikewalk-live").src`).Text() }
func (f figure) state() string { return f.of(`() => this.dataset.state || ""`).Text() }
func (f figure) took() float64 { return f.of(`() => Number(this.dataset.redrawMs)`).Value.Num() }
func (f figure) drawn() bool {
	return f.of(`() => this.querySelector(".spikewalk-live").naturalWidth > 0`).Bool()
}

// gone tells whether the figure has left the page, as one of nb.Try does when
// its cell has waited for the browser in vain: on a very busy machine that can
// be while the test is at it.
func (f figure) gone() bool { return !f.of(`() => this.isConnected`).Bool() }

// controls are the figure's sliders and selectors.
func (f figure) controls() rod.Elements {
	f.Helper()
	all, err := f.root.Elements(".spikewalk-control input[type=range], .spikewalk-control select")
	if err != nil || len(all) == 0 {
		f.Fatalf("%s, %s: there is nothing to move (%v)", f.page.name, f.name, err)
	}
	return all
}

// move moves one control by keys, step by step, and expects a redrawing after
// each step and another figure after one of them at least. It returns how long
// the redrawings took, in milliseconds.
func (f figure) move(control *rod.Element, steps int, limit time.Duration) (times []float64) {
	f.Helper()
	const place = `() => this.type === "range" ? Number(this.value) : this.selectedIndex`
	const last = `() => this.type === "range" ? Number(this.max) : this.length - 1`
	name := f.on(control, `() => this.closest(".spikewalk-control").dataset.name`).Text()
	at, end := f.on(control, place).Int(), f.on(control, last).Int()
	next, back := input.ArrowRight, input.ArrowLeft
	if f.on(control, `() => this.tagName`).Text() == "SELECT" {
		next, back = input.ArrowDown, input.ArrowUp
	}
	step := 1
	if end-at < at {
		step, next = -1, back
	}
	seen := map[string]bool{f.shows(): true}
	for range min(steps, max(at, end-at)) {
		before := f.redraws()
		if err := f.press(control, next); err != nil && !f.gone() {
			f.Fatal(err)
		}
		if f.gone() {
			return times
		}
		at += step
		if now := f.on(control, place).Int(); now != at {
			f.Errorf("%s, %s: a key moved %q to value %d, want %d", f.page.name, f.name, name, now, at)
			return times
		}
		await(f.T, limit, f.page.name+", "+f.name+": the figure after moving "+name, func() bool { return f.redraws() > before || f.gone() })
		times = append(times, f.took())
		seen[f.shows()] = true
		if !f.drawn() {
			f.Errorf("%s, %s: no figure when %q is at value %d", f.page.name, f.name, name, at)
		}
	}
	if len(seen) < 2 && !f.gone() {
		f.Errorf("%s, %s: moving %q changes nothing", f.page.name, f.name, name)
	}
	return times
}

// playAll moves every control of every figure of nb.Play in the page, which
// has to be in front.
func (p *page) playAll() (times []float64) {
	p.Helper()
	for _, f := range p.figures("play") {
		for _, c := range f.controls() {
			times = append(times, f.move(c, mostMoves, 10*time.Second)...)
		}
	}
	return times
}

// tryAll moves the first control of the figures of nb.Try that wait for a
// reader, once, and presses Done.
func (p *page) tryAll(limit time.Duration) {
	p.Helper()
	for _, f := range p.figures("try") {
		if f.state() != "ready" {
			continue
		}
		p.inFront(func() {
			p.Logf("%s, %s: tried in %.0f ms", p.name, f.name, f.move(f.controls()[0], 1, limit))
		})
		if f.gone() {
			p.Logf("%s, %s: its cell gave up before it was tried", p.name, f.name)
			continue
		}
		p.tried++
		done, err := f.root.Element("button.spikewalk-done")
		if err == nil {
			err = done.Click(proto.InputMouseButtonLeft, 1)
		}
		if err != nil && !f.gone() {
			p.Fatalf("%s, %s: the button Done: %v", p.name, f.name, err)
		}
	}
}

// plays is a notebook that can be played with whatever the others do.
var plays = []string{`import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/notebooks/nb"
	"github.com/spikewalk/spikewalk/plotting"
)

func wave(at nb.Setting) *plotting.Drawing {
	y := make([]float64, 200)
	for i := range y {
		y[i] = at.Float("gain") * math.Sin(float64(i)/10)
		if at.Text("shape") == "rectified" {
			y[i] = math.Abs(y[i])
		}
	}
	return plotting.Figure(plotting.Learning(plotting.Line{Name: "wave", Y: y}).Linear().YLabel("y"))
}`,
	"%%\n" + `nb.Play("played", wave, nb.Slider("gain", 2, 1, 2, 4), nb.Choice("shape", "rectified", "plain", "rectified"))`,
	"%%\n" + `nb.Try("tried", wave, nb.Choice("shape", "plain", "plain", "rectified"), nb.Slider("gain", 2, 1, 2, 4))`,
	"%%\n" + `helix := mat.NewDense(100, 3, nil)
for i := range 100 {
	t := float64(i) / 10
	helix.SetRow(i, []float64{math.Cos(t), math.Sin(t), t})
}
nb.Turn("turned", plotting.Space(helix, 0, 1, 2))`,
}

// TestPlay moves controls of both kinds in figures of both kinds, and turns one
// that turns.
func TestPlay(t *testing.T) {
	folder := t.TempDir()
	code(t, folder, "play", plays...)
	s, b := serve(t, folder), chromium(t)
	p := open(t, b, s, "play")
	p.evaluate(`() => Jupyter.notebook.execute_all_cells()`)
	p.settle(2 * time.Minute)
	for _, kind := range []string{"play", "turn"} {
		if n := len(p.figures(kind)); n != 1 {
			t.Errorf("%d figures to %s, want 1", n, kind)
		}
	}
	if p.tried != 1 {
		t.Errorf("%d figures were tried, want 1", p.tried)
	}
	times := p.playAll()
	p.turnAll()
	t.Logf("from slider to figure: %.0f ms", times)
	p.check()
	p.pictures()
	for _, o := range p.read().Code()[2].Outputs {
		if len(o.Data) != 2 || o.Data["image/png"] == "" || o.Data[player.MIME] == "" {
			t.Errorf("a figure that was tried and left shows more than itself: %v", slices.Collect(maps.Keys(o.Data)))
		}
	}
}
