package plotting

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

func TestCompactPath(t *testing.T) {
	for in, want := range map[string]string{
		"M1,2L1.5,2.25L1.49,0Z":     "M1,2l.5,.25l0,-2.25Z",
		"M0,0L-0.05,0.024ZM1,1L2,1": "M0,0l-.05,0Zm1,1l1,0",
		"M0,0H3":                    "",
		"M0,0L1":                    "",
	} {
		if got, _ := compactPath(in); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// No point of a long line moves by more than half a step, however long the
// line is, and the drawing takes less.
func TestCompactKeepsPlaces(t *testing.T) {
	d := Figure(Traces(recording.Series{Dt: 0.001, Values: noise(4000)}).Title("x"))
	whole, err := d.OutlinedSVG()
	if err != nil {
		t.Fatal(err)
	}
	small := compact(string(whole))
	if a, b := packedSize(string(whole)), packedSize(small); b > a*2/3 {
		t.Errorf("packed, the drawing takes %d bytes, and %d as it was", b, a)
	} else {
		t.Logf("%d bytes for %d", b, a)
	}
	longest := func(svg string) (line string) {
		for _, d := range pathData.FindAllString(svg, -1) {
			if len(d) > len(line) {
				line = d
			}
		}
		return line[4 : len(line)-1]
	}
	numbers := func(text string) []float64 {
		var out []float64
		for _, n := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("MLl,", r) }) {
			v, err := strconv.ParseFloat(n, 64)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, v)
		}
		return out
	}
	want, got := numbers(longest(string(whole))), numbers(longest(small))
	if len(got) != len(want) || len(got) < 2000 {
		t.Fatalf("%d numbers became %d", len(want), len(got))
	}
	for i := range want {
		if i >= 2 {
			got[i] += got[i-2]
		}
		if math.Abs(got[i]-want[i]) > 0.0251 {
			t.Fatalf("number %d is %g, want %g", i, got[i], want[i])
		}
	}
}
