//go:build linux

package browser

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// shape is what the script draws of a scene, and what package plotting has
// drawn of the same one.
type shape struct {
	Line   [][2]float64
	Area   [][2]float64
	Disc   *[2]float64
	Radius float64
	Text   string
	X, Y   float64
	Size   float64
	Color  string
	Width  float64
}

// turning is the figure of plotting's test, and what plotting draws of its box.
func turning(t *testing.T) (f player.Figure, views []struct {
	Azimuth, Elevation float64
	Shapes             []shape
}) {
	t.Helper()
	root, err := module.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "plotting", "testdata", "turning.json")
	testkit.DependOnSources(t, root)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := struct {
		Figure *player.Figure
		Views  *[]struct {
			Azimuth, Elevation float64
			Shapes             []shape
		}
	}{&f, &views}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return f, views
}

// waving is a figure with a slider and a choice.
func waving() player.Figure {
	f := player.Figure{Kind: player.Play, Name: "wave", Alt: "a disc.", Controls: []player.Control{
		{Name: "gain", Slider: true, Start: 1, Labels: []string{"1", "2", "3", "4"}},
		{Name: "colour", Labels: []string{"red", "blue"}},
	}}
	var frames []player.Frame
	var drawings []string
	for i := range 8 {
		frames = append(frames, player.Frame{Width: 640, Height: 300, Alt: f.Setting(i)})
		drawings = append(drawings, fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"300\">\n<rect width=\"640\" height=\"300\" fill=\"#fff\"/>\n<circle cx=\"300\" cy=\"150\" r=\"%d\" fill=\"%s\"/>\n</svg>",
			20+20*(i/2), f.Controls[1].Labels[i%2]))
	}
	f.Pack(frames, drawings)
	return f
}

// played opens a page of figures from a file, as anyone's page might hold them,
// under the strictest policy that lets them live.
func played(t *testing.T, figures ...player.Figure) (*page, *[]string) {
	t.Helper()
	testkit.Needs(t, "Chromium")
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>played</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '%s'">`, player.ScriptHash())
	for _, f := range figures {
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, `<div class="spikewalk-figure"><div class="spikewalk-view">
<img class="spikewalk-still" alt="still" width="642" height="300" src="data:image/svg+xml,%%3Csvg xmlns='http://www.w3.org/2000/svg' width='642' height='300'/%%3E">
</div><script type="%s">%s</script></div>`, player.MIME, data)
	}
	b.WriteString("<script>" + player.Script + "</script>")
	path := filepath.Join(t.TempDir(), "played.html")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	tab, err := chromium(t).Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	p := &page{T: t, Page: tab, name: "played"}
	p.listen()
	var requests []string
	go p.EachEvent(func(e *proto.NetworkRequestWillBeSent) {
		if url := e.Request.URL; !strings.HasPrefix(url, "data:") {
			p.mu.Lock()
			defer p.mu.Unlock()
			requests = append(requests, url)
		}
	})()
	p.window(1280, 900)
	if err := tab.Timeout(startTime).Navigate("file://" + path); err != nil {
		t.Fatal(err)
	}
	const ready = `() => {
		const all = Array.from(document.querySelectorAll(".spikewalk-figure"));
		return all.every(f => f.dataset.ready === "true") ? performance.now() : 0;
	}`
	var took float64
	await(t, startTime, "the figures", func() bool { took = p.evaluate(ready).Value.Num(); return took > 0 })
	t.Logf("%d figures are ready after %.0f ms", len(figures), took)
	if took > 1000 {
		t.Errorf("the figures are ready after %.0f ms, want 1000", took)
	}
	return p, &requests
}

// TestPlayerDrawsWhatGoDraws compares what the script draws of a scene, from
// several sides, with what package plotting draws.
func TestPlayerDrawsWhatGoDraws(t *testing.T) {
	f, views := turning(t)
	p, _ := played(t, f)
	worst := 0.0
	for _, v := range views {
		var got []shape
		text := p.evaluate(`(a, e) => JSON.stringify(document.querySelector(".spikewalk-figure").shapes(a, e))`, v.Azimuth, v.Elevation).Text()
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(v.Shapes) {
			t.Errorf("from %g, %g: %d shapes, want %d", v.Azimuth, v.Elevation, len(got), len(v.Shapes))
			continue
		}
		for i, want := range v.Shapes {
			far := apart(got[i], want)
			if worst = max(worst, far); far > 0.5 {
				t.Errorf("from %g, %g: shape %d is %.200s, want %.200s", v.Azimuth, v.Elevation, i, fmt.Sprint(got[i]), fmt.Sprint(want))
			}
		}
	}
	t.Logf("at most %.2f pixels apart", worst)
}

// apart is the largest distance of two shapes in pixels; of lines, of which Go
// leaves out points that nobody sees, that of the script's points from Go's line.
func apart(got, want shape) float64 {
	const never = 1e9
	same := got.Text == want.Text && got.Size == want.Size && math.Abs(got.Radius-want.Radius) < 0.01 && math.Abs(got.Width-want.Width) < 0.01 &&
		(got.Color == want.Color || got.Color == "#fff" && want.Color == "#ffffff")
	switch {
	case !same, (got.Disc == nil) != (want.Disc == nil), (got.Area == nil) != (want.Area == nil), (got.Line == nil) != (want.Line == nil):
		return never
	case got.Disc != nil:
		return distance(*got.Disc, *want.Disc)
	case got.Text != "":
		return distance([2]float64{got.X, got.Y}, [2]float64{want.X, want.Y})
	}
	far := 0.0
	// An area may begin at any corner, and come back to it.
	for _, corners := range [2][2][][2]float64{{got.Area, want.Area}, {want.Area, got.Area}} {
		for _, p := range corners[0] {
			nearest := never
			for _, q := range corners[1] {
				nearest = min(nearest, distance(p, q))
			}
			far = max(far, nearest)
		}
	}
	for i, p := range got.Line {
		nearest := distance(p, want.Line[0])
		for k := range len(want.Line) - 1 {
			nearest = min(nearest, fromSegment(p, want.Line[k], want.Line[k+1]))
		}
		if i == 0 || i == len(got.Line)-1 {
			nearest = max(nearest, distance(p, want.Line[(len(want.Line)-1)*min(i, 1)]))
		}
		far = max(far, nearest)
	}
	return far
}

func distance(a, b [2]float64) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }

func fromSegment(p, a, b [2]float64) float64 {
	x, y := b[0]-a[0], b[1]-a[1]
	t := 0.0
	if l := x*x + y*y; l > 0 {
		t = min(max(((p[0]-a[0])*x+(p[1]-a[1])*y)/l, 0), 1)
	}
	return distance(p, [2]float64{a[0] + t*x, a[1] + t*y})
}

// TestPlayer plays with the keyboard, the button and a finger.
func TestPlayer(t *testing.T) {
	turns, _ := turning(t)
	p, requests := played(t, waving(), turns)
	play, turn := p.figures("play")[0], p.figures("turn")[0]

	slider, err := play.root.Element("input[type=range]")
	if err != nil {
		t.Fatal(err)
	}
	var times []float64
	for _, step := range []struct {
		key  input.Key
		want string
	}{{input.ArrowRight, "gain = 3"}, {input.ArrowLeft, "gain = 2"}, {input.End, "gain = 4"}, {input.Home, "gain = 1"}} {
		before := play.redraws()
		if err := p.press(slider, step.key); err != nil {
			t.Fatal(err)
		}
		await(t, 10*time.Second, step.want, func() bool { return play.redraws() > before })
		times = append(times, play.took())
		if got := play.setting(); got != step.want+", colour = red" {
			t.Errorf("a key leads to %q, want %q", got, step.want)
		}
		if alt := play.of(`() => this.querySelector(".spikewalk-live").alt`).Text(); !strings.Contains(alt, step.want) {
			t.Errorf("the alternative text is %q", alt)
		}
	}
	slices.Sort(times)
	t.Logf("a slider answers in %.0f ms", times)
	if times[len(times)/2] > 50 {
		t.Errorf("a slider answers in %.0f ms, want 50", times)
	}
	play.playsThrough()
	turn.turnedByFinger()

	p.mu.Lock()
	defer p.mu.Unlock()
	for _, url := range *requests {
		if !strings.HasPrefix(url, "file://") {
			t.Errorf("the page asked for %s", url)
		}
	}
	for _, e := range p.errors {
		t.Errorf("the console says: %s", e)
	}
}

func (f figure) setting() string { return f.of(`() => this.dataset.setting`).Text() }

// playsThrough presses the button: from the first value to the last, where it
// stops; pressed in between it pauses, and at the end it begins anew.
func (f figure) playsThrough() {
	f.Helper()
	button, err := f.root.Element("button.spikewalk-play")
	if err != nil {
		f.Fatal(err)
	}
	label := func() string { return f.on(button, `() => this.getAttribute("aria-label")`).Text() }
	press := func() {
		f.Helper()
		if err := button.Click(proto.InputMouseButtonLeft, 1); err != nil {
			f.Fatal(err)
		}
	}
	if label() != "play through gain" {
		f.Errorf("before anyone asks for it the button says %q", label())
	}
	press()
	if label() != "pause" {
		f.Errorf("while it plays the button says %q", label())
	}
	ends := func() bool { return f.setting() == "gain = 4, colour = red" && label() == "play through gain" }
	await(f.T, 20*time.Second, "the end of playing", ends)
	press() // from the beginning
	await(f.T, 10*time.Second, "the beginning", func() bool { return f.setting() == "gain = 1, colour = red" })
	press()
	at := f.setting()
	time.Sleep(1500 * time.Millisecond)
	if f.setting() != at || label() != "play through gain" {
		f.Errorf("paused at %s it stands at %s, and the button says %q", at, f.setting(), label())
	}
}

// turnedByFinger drags with a finger, which takes the hint away; arrow keys turn
// on, and Home turns back.
func (f figure) turnedByFinger() {
	f.Helper()
	canvas, err := f.root.Element("canvas.spikewalk-canvas")
	if err == nil {
		err = canvas.ScrollIntoView()
	}
	if err != nil {
		f.Fatal(err)
	}
	hints := func() int { return f.of(`() => this.querySelectorAll(".spikewalk-hint").length`).Int() }
	if hints() != 1 {
		f.Error("no hint says that it can be dragged")
	}
	from, first := f.view(), f.picture(canvas)
	shapeOf, err := canvas.Shape()
	if err != nil {
		f.Fatal(err)
	}
	box := shapeOf.Box()
	x, y := box.X+box.Width/2, box.Y+box.Height/2
	f.turned(func() error {
		for _, e := range []proto.InputDispatchTouchEvent{
			{Type: proto.InputDispatchTouchEventTypeTouchStart, TouchPoints: []*proto.InputTouchPoint{{X: x, Y: y}}},
			{Type: proto.InputDispatchTouchEventTypeTouchMove, TouchPoints: []*proto.InputTouchPoint{{X: x + 30, Y: y}}},
			{Type: proto.InputDispatchTouchEventTypeTouchMove, TouchPoints: []*proto.InputTouchPoint{{X: x + 60, Y: y + 5}}},
			{Type: proto.InputDispatchTouchEventTypeTouchEnd, TouchPoints: []*proto.InputTouchPoint{}},
		} {
			if err := e.Call(f.Page); err != nil {
				return err
			}
		}
		return nil
	}, "a finger")
	if f.view() == from || hints() != 0 {
		f.Errorf("after a finger's drag the view is %s, and %d hints are left", f.view(), hints())
	}
	dragged := f.view()
	f.turned(func() error { return f.press(canvas, input.ArrowUp) }, "a key")
	if f.view() == dragged {
		f.Error("a key turns nothing")
	}
	f.Logf("turned in %.0f ms", f.took())
	if f.took() > 50 {
		f.Errorf("turned in %.0f ms, want 50", f.took())
	}
	f.turned(func() error { return f.press(canvas, input.Home) }, "Home")
	if f.view() != from || f.picture(canvas) != first {
		f.Errorf("after Home the view is %s, not %s, or looks different", f.view(), from)
	}
}
