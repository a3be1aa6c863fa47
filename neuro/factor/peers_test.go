package factor

import (
	"encoding/json"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// peer is a problem that another program has drawn and solved.
type peer struct {
	X          [][]float64
	Variances  []float64
	First      []float64 // component
	A, B       [][]float64
	Angles     []float64
	Conditions [][][]float64
	Components int
	Hz, R2     []float64 // of planes; of the skew-symmetric and the free fit
}

// dense is a matrix of rows.
func dense(rows [][]float64) *mat.Dense {
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		m.SetRow(i, row)
	}
	return m
}

func TestNumPyAndSciPyAgree(t *testing.T) {
	python := testkit.Python(t, "numpy", "scipy")
	agreeWithPeer(t, testkit.Run(t, python, "testdata/peers.py", "1"))
}

func TestOctaveAgrees(t *testing.T) {
	testkit.Needs(t, "Octave")
	agreeWithPeer(t, testkit.Run(t, "octave-cli", "--norc", "testdata/peers.m", "1"))
}

func agreeWithPeer(t *testing.T, answer string) {
	t.Helper()
	var problems []peer
	if err := json.Unmarshal([]byte(answer), &problems); err != nil {
		t.Fatal(err)
	}
	if len(problems) != 10 {
		t.Fatalf("%d problems, want 10", len(problems))
	}
	worst := 0.0
	near := func(what string, got, want []float64, scale, by float64) {
		if len(got) != len(want) {
			t.Errorf("%s: %d numbers, want %d", what, len(got), len(want))
			return
		}
		for i := range got {
			off := math.Abs(got[i]-want[i]) / scale
			if worst = max(worst, off); !(off <= by) {
				t.Errorf("%s %d: %g, want %g", what, i, got[i], want[i])
			}
		}
	}
	for _, p := range problems {
		b, err := PCA(dense(p.X), Components(1))
		if err != nil {
			t.Fatal(err)
		}
		near("variance", b.Variances, p.Variances, p.Variances[0], 1e-12)
		cos := mat.Dot(b.Vectors.ColView(0), mat.NewVecDense(len(p.First), p.First))
		near("cosine of the first components", []float64{math.Abs(cos)}, []float64{1}, 1, 1e-9)
		angles, err := PrincipalAngles(dense(p.A), dense(p.B))
		if err != nil {
			t.Fatal(err)
		}
		near("angle", angles, p.Angles, 1, 1e-7) // where cosines near 1 hold no more
		var conditions []*mat.Dense
		for _, c := range p.Conditions {
			conditions = append(conditions, dense(c))
		}
		r, err := JPCA(conditions, JPCAConfig{Dt: 0.01, Components: p.Components})
		if err != nil {
			t.Fatal(err)
		}
		var hz []float64
		for _, plane := range r.Planes {
			hz = append(hz, plane.Frequency)
		}
		near("frequency", hz, p.Hz, p.Hz[0], 1e-6)
		near("R²", []float64{r.SkewR2, r.FreeR2}, p.R2, 1, 1e-8)
	}
	t.Logf("at most %.2g apart", worst)
}
