package recording

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestDistance(t *testing.T) {
	a := Series{Values: mat.NewDense(2, 4, []float64{1, 2, 3, 4, 0, 0, 0, 0})}
	b := Series{Values: mat.NewDense(2, 4, []float64{1, 2, 3, 4, 3, -3, 3, -3})}
	d, err := Distance(a, b)
	if err != nil || len(d) != 2 || d[0] != 0 || d[1] != 3 {
		t.Errorf("the distances are %g (%v), want 0 and 3", d, err)
	}
	// Channels are cut out of wider matrices.
	d, err = Distance(a.Slice(1, 2, 0, 1), b.Slice(1, 2, 3, 4))
	if err != nil || len(d) != 1 || d[0] != 3 {
		t.Errorf("the distance of cut series is %g (%v), want 3", d, err)
	}
	for want, pair := range map[string][2]Series{
		"one has none":      {a, {}},
		"2 × 4 and 1 × 4":   {a, b.Slice(0, 1, 0, 4)},
		"2 × 4 and 2 × 3":   {a, b.Slice(0, 2, 0, 3)},
		"needs two series ": {{}, {}},
	} {
		if _, err := Distance(pair[0], pair[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
}
