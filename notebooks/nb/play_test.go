package nb

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

func TestSettingsGoThroughAllCombinations(t *testing.T) {
	var got []string
	controls := []Control{Slider("n", 2, 1, 2), Choice("c", "x", "x", "y", "z")}
	for i := range combinations(controls) {
		s := settingAt(controls, i)
		got = append(got, fmt.Sprintf("%d %s %s", s.Int("n"), s.Text("n"), s.Text("c")))
	}
	want := []string{"1 1 x", "1 1 y", "1 1 z", "2 2 x", "2 2 y", "2 2 z"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := startOf(controls).String(); got != "n = 2, c = x" {
		t.Errorf("the start is %q", got)
	}
}

// Values that were computed are recognised, and shown as they were meant.
func TestSliderOfComputedValues(t *testing.T) {
	var tenths []float64
	for i := range 5 {
		tenths = append(tenths, float64(i)*0.1)
	}
	s := startOf([]Control{Slider("x", 0.3, tenths...)})
	if err := checkControls(s.controls); err != nil || s.Text("x") != "0.3" || s.Float("x") != tenths[3] {
		t.Errorf("%v at %v", err, s)
	}
}

func TestPlayRefuses(t *testing.T) {
	nothing := func(Setting) *plotting.Drawing { return nil }
	asking := func(f func(Setting)) func(Setting) *plotting.Drawing {
		return func(at Setting) *plotting.Drawing { f(at); return wave(at) }
	}
	gain := Slider("gain", 1, 1, 2.5)
	for says, err := range map[string]error{
		"nothing to change":                       play("a", wave, nil),
		`begins with 3, which is not among its`:   play("a", wave, []Control{Slider("gain", 3, 1, 2)}),
		`begins with "b", which is not among`:     play("a", wave, []Control{Choice("kind", "b", "a")}),
		"has no values":                           play("a", wave, []Control{Slider("gain", 1)}),
		"has no name":                             play("a", wave, []Control{Slider(" ", 1, 1)}),
		`two controls are called "gain"`:          play("a", wave, []Control{gain, Choice("gain", "a", "a")}),
		"has the value 2 twice":                   play("a", wave, []Control{Slider("gain", 2, 2, 1, 2)}),
		"every value must be finite":              play("a", wave, []Control{Slider("gain", 1, 1, math.Inf(1))}),
		"cannot name a figure":                    play("../a", wave, []Control{gain}),
		"no function that draws":                  play("a", nil, []Control{gain}),
		"at gain = 1: draw returned no figure":    play("a", nothing, []Control{gain}),
		`no control is called "shape": there are`: play("a", wave, []Control{gain}),
		`"kind" is a Choice and has no number`: play("a", asking(func(at Setting) { at.Float("kind") }),
			[]Control{gain, Choice("kind", "a", "a")}),
		`stands at 2.5, which is no whole number`: play("a", asking(func(at Setting) { at.Int("gain") }), []Control{Slider("gain", 2.5, 2.5)}),
		"at gain = 1: the file is missing": play("a", asking(func(Setting) {
			Get(0, errors.New("the file is missing"))
		}), []Control{gain}),
		"at gain = 1: the figure could not be drawn: plotting: panel A": play("a", func(Setting) *plotting.Drawing {
			return plotting.Figure(plotting.Traces(recording.Series{Dt: 0, Values: mat.NewDense(1, 1, nil)}))
		}, []Control{gain}),
		`nb.Try("a"): there is nothing to`:          try("a", wave, nil, patience{}),
		`nb.Try("a"): at gain = 1: no cont`:         try("a", wave, []Control{gain}, patience{}),
		`nb.Turn("a"): there is nothing to`:         turn("a", (*plotting.SpacePanel)(nil)),
		`only a figure of one panel can be`:         turn("a", wave(startOf(waveControls()))),
		`than 16 combinations of values: give them`: try("a", wave, []Control{Slider("gain", 1, 1, 2, 3, 4, 5), Choice("kind", "a", "a", "b", "c", "d")}, patience{}),
		"column 7 does not exist":                   turn("a", plotting.Space(mat.NewDense(1, 3, nil), 0, 1, 7)),
	} {
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one sentence that says %q", err, says)
		}
	}
}

// What is not of ours is not swallowed.
func TestDrawPanicsArePassedOn(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a bug in draw went unnoticed")
		}
	}()
	_ = play("a", func(Setting) *plotting.Drawing { panic("bug") }, []Control{Slider("gain", 1, 1)})
}

func TestPlayIsBounded(t *testing.T) {
	var many []float64
	for i := range 15 {
		many = append(many, float64(i))
	}
	drawn := 0
	draw := func(at Setting) *plotting.Drawing {
		drawn++
		return plotting.Figure(plotting.Traces(recording.Series{Dt: 0.1, Values: mat.NewDense(5, 1, nil)})).Width(3)
	}
	err := play("a", draw, []Control{Slider("a", 0, many...), Slider("b", 0, many...)})
	if err == nil || !strings.Contains(err.Error(), "more than 200 combinations") || drawn > 0 {
		t.Errorf("%v after %d drawings", err, drawn)
	}
	var controls []Control // 15^20 overflows
	for i := range 20 {
		controls = append(controls, Slider(fmt.Sprint(i), 0, many...))
	}
	if err := play("a", draw, controls); err == nil || drawn > 0 {
		t.Error("a number beyond all bounds was accepted")
	}
	drawn = 0
	f := drawFrames(draw, []Control{Slider("a", 0, many...), Choice("b", "x", "x", "y")})
	if err := f.rest(func() {}); err != nil || len(f.figure().Frames) != 30 || drawn != 30 {
		t.Errorf("%d drawings, %v", drawn, err)
	}
}

func TestSettingSaid(t *testing.T) {
	s := startOf([]Control{Slider("delay (ms)", 20, 20), Choice("kind (of cell)", "LIF", "LIF"), Slider("gain", 2, 2)})
	if got := s.said(); got != "delay = 20 ms, kind (of cell) = LIF, gain = 2" {
		t.Errorf("the setting is %q", got)
	}
}

// The three settings that stand side by side.
func TestThreeOf(t *testing.T) {
	five := []float64{1, 2, 3, 4, 5}
	for want, c := range map[string]Control{
		"[0 1 4]": Slider("x", 2, five...), "[0 2 4]": Slider("x", 1, five...), "[0 2 4] ": Slider("x", 5, five...),
		"[0 1]": Slider("x", 1, 1, 2), "[0]": Slider("x", 1, 1), "[0 1 2]": Choice("c", "a", "a", "b", "c"),
	} {
		if got := fmt.Sprint(threeOf(c)); got != strings.TrimSpace(want) {
			t.Errorf("%v of %v, want %s", got, c.labels, want)
		}
	}
}

// A draw that writes into the figure before would be shown wrong.
func TestPlayRefusesNumbersThatChange(t *testing.T) {
	same := mat.NewDense(3, 1, nil)
	err := play("a", func(at Setting) *plotting.Drawing {
		same.Set(1, 0, at.Float("gain"))
		return plotting.Figure(plotting.Traces(recording.Series{Dt: 1, Values: same}))
	}, []Control{Slider("gain", 1, 1, 2)})
	if err == nil || !strings.Contains(err.Error(), "the figure at gain = 1 has changed") {
		t.Errorf("error %v", err)
	}
}

// noise is a figure whose drawing does not compress.
func noise(marks int) *plotting.Drawing {
	x := mat.NewDense(marks, 2, nil)
	v := uint64(1)
	x.Apply(func(int, int, float64) float64 {
		v = v*6364136223846793005 + 1442695040888963407
		return float64(v >> 40)
	}, x)
	return plotting.Figure(plotting.Trajectory(x, 0, 1).Add("mirrored", mat.DenseCopyOf(x.Slice(0, marks, 0, 2)))).Width(4)
}

// pageOf makes the page of a figure to play.
func pageOf(t *testing.T, f *frames) (*player.Figure, string) {
	t.Helper()
	d, err := f.multiples()
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStill(d, "wave")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.rest(func() {}); err != nil {
		t.Fatal(err)
	}
	if err := s.becomes(f.figure()); err != nil {
		t.Fatal(err)
	}
	return s.figure, s.page(s.bundle.Data[player.MIME].(string), player.Script)
}

// The page is an image where scripts are taken away, and holds the figures of
// all settings.
func TestPlayPage(t *testing.T) {
	_, page := pageOf(t, drawFrames(wave, waveControls()))
	if _, again := pageOf(t, drawFrames(wave, waveControls())); again != page {
		t.Error("two executions give different pages")
	}
	scripts, images := parts(t, page)
	if len(scripts) != 2 || len(images) != 1 {
		t.Fatalf("%d scripts and %d images, want two and one", len(scripts), len(images))
	}
	if alt := images[0]["alt"]; !strings.HasPrefix(images[0]["src"], "data:image/png;base64,") || images[0]["width"] == "" || !strings.Contains(alt, "gain = 3 sine: y against time") {
		t.Errorf("the image is %.300v", images[0])
	}
	told, err := player.Decode(scripts[0])
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]player.Control{
		{Name: "gain", Slider: true, Start: 1, Labels: []string{"0.5", "1", "2", "3"}},
		{Name: "shape", Start: 0, Labels: []string{"sine", "square"}},
	}, told.Controls); d != "" {
		t.Error(d)
	}
	if len(told.Frames) != 8 {
		t.Fatalf("%d figures, want 8", len(told.Frames))
	}
	for i, f := range told.Frames {
		_, want, err := wave(settingAt(waveControls(), i)).Frame()
		if err != nil {
			t.Fatal(err)
		}
		if got := told.Drawing(i); got != want {
			t.Errorf("figure %d is not that of %v", i, settingAt(waveControls(), i))
		}
		if f.Width < 1 || !strings.Contains(f.Alt, "y against time") {
			t.Errorf("figure %d is %g wide, %q", i, f.Width, f.Alt)
		}
	}
}

// Words that mean something in HTML stay words.
func TestPageEscapes(t *testing.T) {
	evil := `</script><b onclick="x">`
	told, page := pageOf(t, drawFrames(func(at Setting) *plotting.Drawing { return noise(3).Title(at.Text(evil)) }, []Control{Choice(evil, evil, evil)}))
	scripts, images := parts(t, page)
	if len(scripts) != 2 || len(images) != 1 || !strings.Contains(images[0]["alt"], evil) {
		t.Errorf("%d scripts, image %.200v", len(scripts), images)
	}
	if told.Controls[0].Name != evil {
		t.Errorf("the script is told %+v", told.Controls)
	}
}

func TestTurnFigure(t *testing.T) {
	f, err := plotting.Figure(spiral()).Turning()
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStill(plotting.Figure(spiral()).Caption("A spiral."), "spiral")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.becomes(f); err != nil {
		t.Fatal(err)
	}
	told, err := player.Decode(s.bundle.Data[player.MIME].(string))
	if err != nil {
		t.Fatal(err)
	}
	if told.Kind != player.Turn || told.Name != "spiral" || told.Caption != "A spiral." || told.Scene.Paths[0].Name != "<spiral>" {
		t.Errorf("the figure is %s %q, %q, its path %q", told.Kind, told.Name, told.Caption, told.Scene.Paths[0].Name)
	}
}

// parts are the texts of a page's scripts and the attributes of its images.
// The page must close what it opens.
func parts(t *testing.T, page string) (scripts []string, images []map[string]string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("the page ends with %v, open: %v", z.Err(), open)
			}
			return scripts, images
		case html.StartTagToken:
			if token.Data == "img" {
				attributes := map[string]string{}
				for _, a := range token.Attr {
					attributes[a.Key] = a.Val
				}
				images = append(images, attributes)
				continue
			}
			open = append(open, token.Data)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes nothing", token.Data)
			}
			open = open[:len(open)-1]
		case html.TextToken:
			if len(open) > 0 && open[len(open)-1] == "script" {
				scripts = append(scripts, token.Data)
			}
		}
	}
}
