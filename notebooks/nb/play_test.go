package nb

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"golang.org/x/net/html"
	"gonum.org/v1/gonum/mat"

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
		`nb.Try("a"): there is nothing to`:  try("a", wave, nil, patience{}),
		`nb.Try("a"): at gain = 1: no cont`: try("a", wave, []Control{gain}, patience{}),
		`nb.Turn("a"): there is no panel`:   turn("a", nil),
		"column 7 does not exist":           turn("a", plotting.Space(mat.NewDense(1, 3, nil), 0, 1, 7)),
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
	if frames, err := drawAll(draw, []Control{Slider("a", 0, many...), Choice("b", "x", "x", "y")}, func() {}); err != nil || len(frames) != 30 || drawn != 30 {
		t.Errorf("%d figures of 30, %v", len(frames), err)
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

func TestFramesWithVeryManyMarksAreImages(t *testing.T) {
	for marks, kind := range map[int]string{10: "svg.gz:", 19000: "png:"} {
		f, err := frame(noise(marks))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(f, kind) {
			t.Errorf("%d marks came as %s…", marks, f[:10])
		}
	}
}

// pageOf draws the page of a Play.
func pageOf(t *testing.T) string {
	t.Helper()
	s, err := stillAt("wave", wave, startOf(waveControls()))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.addFrames("wave", wave, waveControls()); err != nil {
		t.Fatal(err)
	}
	return s.bundle.Data[protocol.MIMETextHTML].(string)
}

// The page is an image where scripts are taken away, and holds in its script
// the figures of all settings.
func TestPlayPage(t *testing.T) {
	page := pageOf(t)
	if again := pageOf(t); again != page {
		t.Error("two executions give different pages")
	}
	scripts, images := parts(t, page)
	if len(scripts) != 1 || len(images) != 1 {
		t.Fatalf("%d scripts and %d images, want one each", len(scripts), len(images))
	}
	if !strings.HasPrefix(images[0]["src"], "data:image/png;base64,") || images[0]["alt"] != "wave at gain = 1, shape = sine: sine: y against time (s), 1 × line (channel 1)." || images[0]["width"] == "" {
		t.Errorf("the image is %.200v", images[0])
	}
	var told playData
	if err := json.Unmarshal(dataOf(t, scripts[0]), &told); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]controlData{
		{"gain", "slider", 1, []string{"0.5", "1", "2", "3"}},
		{"shape", "choice", 0, []string{"sine", "square"}},
	}, told.Controls); d != "" {
		t.Error(d)
	}
	if len(told.Frames) != 8 {
		t.Fatalf("%d figures, want 8", len(told.Frames))
	}
	for i, f := range told.Frames {
		want, err := wave(settingAt(waveControls(), i)).OutlinedSVG()
		if err != nil {
			t.Fatal(err)
		}
		if got := unpacked(t, f); !bytes.Equal(got, want) {
			t.Errorf("figure %d is not that of %v", i, settingAt(waveControls(), i))
		}
	}
}

// Words that mean something in HTML stay words.
func TestPageEscapes(t *testing.T) {
	evil := `</script><b onclick="x">`
	s, err := stillAt("a", func(at Setting) *plotting.Drawing { return noise(3).Title(at.Text(evil)) }, startOf([]Control{Choice(evil, evil, evil)}))
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.page("play", controlsScript+playScript, playData{Name: "a", Controls: described([]Control{Choice(evil, evil, evil)})})
	if err != nil {
		t.Fatal(err)
	}
	scripts, images := parts(t, page)
	if len(scripts) != 1 || len(images) != 1 || !strings.Contains(images[0]["alt"], evil) {
		t.Errorf("%d scripts, image %.200v", len(scripts), images)
	}
	var told playData
	if err := json.Unmarshal(dataOf(t, scripts[0]), &told); err != nil || told.Controls[0].Name != evil {
		t.Errorf("the script is told %+v, %v", told.Controls, err)
	}
}

func TestTurnPage(t *testing.T) {
	s, err := newStill(plotting.Figure(spiral()).Width(turnWidth), "spiral")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.addScene(spiral()); err != nil {
		t.Fatal(err)
	}
	scripts, images := parts(t, s.bundle.Data[protocol.MIMETextHTML].(string))
	if len(scripts) != 1 || len(images) != 1 {
		t.Fatalf("%d scripts and %d images, want one each", len(scripts), len(images))
	}
	var told turnData
	if err := json.Unmarshal(dataOf(t, scripts[0]), &told); err != nil {
		t.Fatal(err)
	}
	want, err := spiral().Scene()
	if err != nil {
		t.Fatal(err)
	}
	got := told.Scene.Paths[0]
	if got.Name != "<spiral>" || got.Color != "#0072b2" || len(got.Points) != len(want.Paths[0].Points) {
		t.Errorf("the path is %q, %s, of %d points", got.Name, got.Color, len(got.Points))
	}
	for i, p := range got.Points {
		for k := range p {
			if math.Abs(p[k]-want.Paths[0].Points[i][k]) > 5.1e-5 {
				t.Errorf("point %d is %v, want %v", i, p, want.Paths[0].Points[i])
			}
		}
	}
}

// Long paths are thinned out, and keep their ends.
func TestTurnThinsOut(t *testing.T) {
	x := mat.NewDense(10001, 3, nil)
	for i := range 10001 {
		x.Set(i, 0, float64(i))
	}
	full, err := plotting.Space(x, 0, 1, 2).Scene()
	if err != nil {
		t.Fatal(err)
	}
	thin := rounded(full)
	points, all := thin.Paths[0].Points, full.Paths[0].Points
	if n := len(points); n > turnSamples+1 || n < turnSamples/2 {
		t.Errorf("%d points are left of 10001", n)
	}
	if points[0] != coarse(all[0]) || points[len(points)-1] != coarse(all[10000]) {
		t.Error("an end is lost")
	}
	if len(all) != 10001 {
		t.Error("the scene itself was changed")
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

// dataOf is the JSON that a script is told: function (key, data) {…})("…", JSON);
func dataOf(t *testing.T, script string) []byte {
	t.Helper()
	_, told, ok := strings.Cut(script, "\n})(")
	if !ok {
		t.Fatalf("no data in the script …%s", script[max(0, len(script)-80):])
	}
	_, told, _ = strings.Cut(told, ", ")
	return []byte(strings.TrimSuffix(strings.TrimSpace(told), ");"))
}

// unpacked is the drawing in a frame, which must be XML.
func unpacked(t *testing.T, frame string) []byte {
	t.Helper()
	packed, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(frame, "svg.gz:"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	drawing, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(drawing)); ; {
		if _, err := d.Token(); err == io.EOF {
			return drawing
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
