package plotting

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func labels(a Axis, want int) string {
	var s []string
	for _, t := range a.ticks(want) {
		if t.Label != "" {
			s = append(s, t.Label)
		}
	}
	return strings.Join(s, " ")
}

func TestTickLabels(t *testing.T) {
	cases := []struct {
		axis Axis
		want string
	}{
		{Axis{Min: 0, Max: 1}, "0 0.5 1.0"},
		{Axis{Min: -1.1, Max: 1.1}, "−1 0 1"},
		{Axis{Min: 0, Max: 0.3}, "0 0.1 0.2 0.3"},
		{Axis{Min: 0, Max: 250000}, "0 1×10⁵ 2×10⁵"},
		{Axis{Min: 0, Max: 3.2e-6}, "0 1×10⁻⁶ 2×10⁻⁶ 3×10⁻⁶"},
		{Axis{Label: "direction (°)", Min: -10, Max: 370}, "0 90 180 270 360"},
		{Axis{Label: "direction (°)", Min: -360, Max: 360}, "−360 −180 0 180 360"},
		{Axis{Label: "eye position (°)", Min: -50, Max: 50}, "−50 0 50"},
		{Axis{Min: 0.5, Max: 3.5, Whole: true}, "1 2 3"},
		{Axis{Min: 0.4, Max: 1.6, Whole: true}, "1"},
		{Axis{Min: 1e-3, Max: 1, Log: true}, "10⁻³ 10⁻² 10⁻¹ 10⁰"},
		{Axis{Min: 0.05, Max: 20, Log: true}, "0.1 1 10"},
		{Axis{Min: 1e-8, Max: 10, Log: true}, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰"},
		{Axis{Min: 1e-9, Max: 1e3, Log: true}, "10⁻⁹ 10⁻⁶ 10⁻³ 10⁰ 10³"},
		{Axis{Min: 0.15, Max: 0.9, Log: true}, "0.2 0.5"},
		{Axis{Min: 0.33, Max: 0.45, Log: true}, "0.35 0.40 0.45"},
	}
	for _, c := range cases {
		if got := labels(c.axis, 4); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.axis, got, c.want)
		}
		for _, k := range c.axis.ticks(4) { // minor ones, too
			if k.Value < c.axis.Min || k.Value > c.axis.Max {
				t.Errorf("%+v: tick at %g", c.axis, k.Value)
			}
		}
	}
}

// Far from zero ticks are counted from a number that the label tells.
func TestTicksFarFromZero(t *testing.T) {
	for _, c := range []struct {
		min, max    float64
		ticks, from string
	}{
		{1.6e9, 1.6e9 + 0.35, "0 0.1 0.2 0.3", "1600000000"}, // Unix times
		{1732812345.67, 1732812346.02, "0.7 0.8 0.9 1.0", "1732812345"},
		{-1732812346.02, -1732812345.67, "0 0.1 0.2 0.3", "−1732812346"},
		{999.99995, 1000.00005, "0.5×10⁻⁴ 1.0×10⁻⁴ 1.5×10⁻⁴", "999.9999"},
		{1e9, 1e9 + 1, "0 0.5 1.0", "1000000000"},
		{1e9, 1e9 + 4000, "0 1000 2000 3000 4000", "1000000000"},
		{1e200, 1e200 * (1 + 4e-10), "0 1×10¹⁹⁰ 2×10¹⁹⁰ 3×10¹⁹⁰ 4×10¹⁹⁰", "1×10²⁰⁰"},
		{1e-200, 1e-200 * (1 + 4e-10), "0 1×10⁻²¹⁰ 2×10⁻²¹⁰ 3×10⁻²¹⁰ 4×10⁻²¹⁰", "1×10⁻²⁰⁰"},
		{-2, 1e9, "0 0.5×10⁹ 1.0×10⁹", ""},
		{12345.1, 12345.6, "12345.2 12345.4 12345.6", ""},
	} {
		a := Axis{Label: "time (s)", Min: c.min, Max: c.max}
		want := "time (s), from " + c.from
		if c.from == "" {
			want = "time (s)"
		}
		if _, label := a.labelled(4); label != want || labels(a, 4) != c.ticks {
			t.Errorf("%.12g to %.12g: %q and %q, want %q and %q", c.min, c.max, labels(a, 4), label, c.ticks, want)
		}
	}
	if _, label := (Axis{Min: 1e9, Max: 1e9 + 1}).labelled(4); label != "from 1000000000" {
		t.Errorf("without a label: %q", label)
	}
	// The label on the page says it, too.
	f := mustPage(t, Figure(Raster(recording.Spikes{Times: []float64{1.6e9 + 0.02, 1.6e9 + 0.35}, Units: []int{0, 1}}))).cells[0].frames[0]
	if f.frame.X.Label != "time (s), from 1600000000" {
		t.Errorf("the raster's label is %q", f.frame.X.Label)
	}
	if size := f.frame.X.Max - f.frame.X.Min; size < 0.32 || size > 0.4 {
		t.Errorf("the axis of 0.33 s is %g s long", size)
	}
}

// The digits of the numbers that ticks are counted from, and of the ticks, add
// up to where the ticks stand.
func TestCountedTicksAddUp(t *testing.T) {
	for e := -9; e <= 9; e++ {
		for _, lo := range []float64{-7.12345678, -1, 1, 3.14159265358} {
			for r := 3; r <= 11; r++ {
				a := Axis{Min: scaled(lo, e)}
				a.Max = a.Min + math.Abs(scaled(lo, e-r))
				ticks, label := a.labelled(4)
				from := readNumber(t, strings.TrimPrefix(label, "from "))
				for _, k := range ticks {
					if got := from + readNumber(t, k.Label); math.Abs(got-k.Value) > 1e-3*(a.Max-a.Min) {
						t.Errorf("%.13g to %.13g: %q from %q is at %.13g", a.Min, a.Max, k.Label, label, k.Value)
					}
				}
			}
		}
	}
}

// readNumber reads a label back.
func readNumber(t *testing.T, s string) float64 {
	t.Helper()
	mantissa, power, _ := strings.Cut(strings.ReplaceAll(s, "−", "-"), "×10")
	if s == "" {
		return 0
	}
	if power != "" {
		for r, p := range plainOfRaised {
			power = strings.ReplaceAll(power, string(r), strings.ReplaceAll(string(p), "−", "-"))
		}
		mantissa += "e" + power
	}
	v, err := strconv.ParseFloat(mantissa, 64)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return v
}

// Whatever the range: two to eight ticks, inside it, and each label reads as
// its value.
func TestTicksOfManyRanges(t *testing.T) {
	for e := -250; e <= 250; e += 7 {
		for _, lo := range []float64{-3.7, -1, 0, 0.13, 9} {
			for _, width := range []float64{0.11, 1, 2.6, 4.9, 9.99} {
				a := Axis{Min: scaled(lo, e), Max: scaled(lo+width, e)}
				ticks := a.ticks(4)
				if len(ticks) < 2 || len(ticks) > 8 {
					t.Errorf("%g to %g: %d ticks", a.Min, a.Max, len(ticks))
				}
				seen := map[string]bool{}
				for _, k := range ticks {
					if k.Value < a.Min-1e-5*(a.Max-a.Min) || k.Value > a.Max+1e-5*(a.Max-a.Min) {
						t.Errorf("%g to %g: tick at %g", a.Min, a.Max, k.Value)
					}
					if seen[k.Label] {
						t.Errorf("%g to %g: two ticks are labelled %s", a.Min, a.Max, k.Label)
					}
					seen[k.Label] = true
				}
			}
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.01: "0.01", -0.0197: "−0.0197", 10: "10", 50.72: "50.7", 100: "100", 1234.4: "1234",
		-2.5e-7: "−2.5×10⁻⁷", 3e8: "3×10⁸",
	} {
		if got := plainNumber(v); got != want {
			t.Errorf("%g: got %q, want %q", v, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	s := textStyle{size: 10}
	for _, text := range []string{"one two three four five six", strings.Repeat("w", 80), "a " + strings.Repeat("é", 50) + " b", "x\ny"} {
		lines := s.wrap(text, 60)
		for _, l := range lines {
			if s.width(l) > 60 {
				t.Errorf("%q: line %q is %v wide", text, l, s.width(l))
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
			t.Errorf("%q became %q", text, got)
		}
	}
	if n := len(s.wrap("any", 0)); n != 3 {
		t.Errorf("without room: %d lines, want one per character", n)
	}
}

func TestRunningMedian(t *testing.T) {
	got := runningMedian([]float64{9, 1, 5, 3, 100}, 1)
	want := []float64{5, 5, 3, 5, 51.5}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("at %d: got %g, want %g", i, got[i], want[i])
		}
	}
}

func TestSpreadFillsTheInterval(t *testing.T) {
	seen := map[float64]bool{}
	for k := range 63 {
		v := spread(k)
		if v <= 0 || v >= 1 || seen[v] {
			t.Errorf("spread(%d) = %g", k, v)
		}
		seen[v] = true
	}
}
