package factor

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

func random(rows, cols int) *mat.Dense {
	rng := neuro.Stream(7, "factor test", rows, cols)
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(_, j int, _ float64) float64 { return rng.NormFloat64()*float64(1+j) + 3 }, m)
	return m
}

func TestCentredPCAAgreesWithGonum(t *testing.T) {
	x := random(400, 6)
	var pc stat.PC
	if !pc.PrincipalComponents(x, nil) {
		t.Fatal("gonum's components did not converge")
	}
	var want mat.Dense
	pc.VectorsTo(&want)
	vars := pc.VarsTo(nil)
	b, err := CentredPCA(x, Components(6))
	if err != nil {
		t.Fatal(err)
	}
	for j := range 6 {
		dot := mat.Dot(want.ColView(j), b.Vectors.ColView(j))
		if math.Abs(math.Abs(dot)-1) > 1e-9 {
			t.Errorf("component %d: |cos| to gonum's is %g", j, dot)
		}
		// gonum divides by T-1.
		if got := b.Variances[j] * 400 / 399; math.Abs(got-vars[j]) > 1e-9*vars[j] {
			t.Errorf("variance %d: %g, gonum has %g", j, got, vars[j])
		}
	}
}

func TestUncentredPCAReconstructsAndKeepsTheMean(t *testing.T) {
	x := random(50, 5)
	b, err := PCA(x, Components(5))
	if err != nil {
		t.Fatal(err)
	}
	y, err := b.Project(x)
	if err != nil {
		t.Fatal(err)
	}
	var back mat.Dense
	back.Mul(y, b.Vectors.T())
	if !mat.EqualApprox(&back, x, 1e-10) {
		t.Error("all components together do not give the activity back")
	}
	// Σ variances is the mean square, mean included.
	var sum float64
	for _, v := range b.Variances {
		sum += v
	}
	if want := mat.Norm(x, 2) * mat.Norm(x, 2) / 50; math.Abs(sum-want) > 1e-9*want {
		t.Errorf("variances add up to %g, the mean square is %g", sum, want)
	}
	each, total := b.Explained()
	if math.Abs(total[4]-1) > 1e-12 || each[0] < each[1] {
		t.Errorf("explained variance %v, %v", each, total)
	}
}

// The first components of all are those that a choice of fewer finds.
func TestFirstComponentsAreThoseOfASmallerBasis(t *testing.T) {
	x := random(50, 5)
	for _, find := range []Finder{PCA, CentredPCA} {
		all, err := find(x, Components(5))
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k <= 5; k++ {
			want, err := find(x, Components(k))
			if err != nil {
				t.Fatal(err)
			}
			got, err := all.First(k)
			if err != nil {
				t.Fatal(err)
			}
			if !mat.Equal(got.Vectors, want.Vectors) || !slices.Equal(got.Variances, want.Variances) || !slices.Equal(got.Mean, want.Mean) {
				t.Errorf("the first %d components are others than those of a basis of %d", k, k)
			}
		}
		for _, k := range []int{0, -1, 6} {
			if _, err := all.First(k); err == nil {
				t.Errorf("the first %d of 5 components were given", k)
			}
		}
	}
}

func TestSelect(t *testing.T) {
	variances := []float64{6, 3, 1, 0}
	for fraction, want := range map[float64]int{0.5: 1, 0.6: 1, 0.61: 2, 0.9: 2, 0.99: 3, 1: 3} {
		if got, err := Variance(fraction)(variances); err != nil || got != want {
			t.Errorf("%g of the variance: %d components (%v), want %d", fraction, got, err, want)
		}
	}
	for _, bad := range []Select{Components(0), Components(5), Variance(0), Variance(1.1), Variance(math.NaN())} {
		if _, err := bad(variances); err == nil {
			t.Error("a bad choice was taken")
		}
	}
}

func TestParticipationRatio(t *testing.T) {
	if got := (&Basis{Variances: []float64{2, 2, 2}}).ParticipationRatio(); got != 3 {
		t.Errorf("three equal components: %g", got)
	}
	if got := (&Basis{Variances: []float64{2, 0, 0}}).ParticipationRatio(); got != 1 {
		t.Errorf("one component: %g", got)
	}
}

// Two planes of which one is the other turned by known angles.
func TestPrincipalAnglesAreThoseOfAKnownRotation(t *testing.T) {
	for _, want := range [][2]float64{{0, 1e-9}, {0.1, 0.5}, {math.Pi / 4, math.Pi / 2}, {1e-6, 1.5}} {
		a := mat.NewDense(4, 2, []float64{1, 0, 0, 1, 0, 0, 0, 0})
		b := mat.NewDense(4, 2, []float64{
			math.Cos(want[0]), 0,
			0, math.Cos(want[1]),
			math.Sin(want[0]), 0,
			0, math.Sin(want[1]),
		})
		// Any other basis of the same planes has the same angles.
		mix := mat.NewDense(2, 2, []float64{2, 1, -1, 3})
		b.Mul(b, mix)
		got, err := PrincipalAngles(a, b)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-12 {
				t.Errorf("angle %d: %g, want %g", i, got[i], want[i])
			}
		}
	}
	angles, err := PrincipalAngles(random(9, 2), random(9, 5))
	if err != nil || len(angles) != 2 || angles[0] > angles[1] {
		t.Errorf("angles of a plane to a five-dimensional space: %v, %v", angles, err)
	}
}

func TestBadInput(t *testing.T) {
	nan := mat.NewDense(3, 2, nil)
	nan.Set(2, 1, math.NaN())
	var none *mat.Dense
	cases := map[string]struct {
		x    mat.Matrix
		want string
	}{
		"NaN":     {nan, "step 2, unit 1"},
		"nothing": {none, "no activity"},
		"zero":    {mat.NewDense(3, 2, nil), "zero throughout"},
		"empty":   {&mat.Dense{}, "0 x 0"},
	}
	for name, c := range cases {
		for _, find := range []func(mat.Matrix, Select) (*Basis, error){PCA, CentredPCA} {
			if _, err := find(c.x, Components(1)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error %v, want %q", name, err, c.want)
			}
		}
	}
	b, err := PCA(random(10, 3), Components(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Project(random(10, 4)); err == nil {
		t.Error("activity of another size was projected")
	}
	if _, err := PrincipalAngles(random(5, 2), random(6, 2)); err == nil {
		t.Error("subspaces of different spaces were compared")
	}
	if _, err := PrincipalAngles(mat.NewDense(3, 2, []float64{1, 2, 1, 2, 1, 2}), random(3, 1)); err == nil {
		t.Error("dependent columns were taken for a basis")
	}
}
