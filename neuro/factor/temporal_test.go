package factor

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// seen returns time courses (T × p) seen by n units through orthonormal
// weights of the given lengths.
func seen(courses *mat.Dense, n int, lengths ...float64) *mat.Dense {
	_, p := courses.Dims()
	var qr mat.QR
	qr.Factorize(random(n, p))
	var q, x mat.Dense
	qr.QTo(&q)
	weights := q.Slice(0, n, 0, p).(*mat.Dense)
	weights.Apply(func(_, j int, v float64) float64 { return v * lengths[j] }, weights)
	x.Mul(courses, weights.T())
	return &x
}

// waves returns orthonormal time courses without a mean.
func waves(t int, cycles ...int) *mat.Dense {
	x := mat.NewDense(t, len(cycles), nil)
	x.Apply(func(i, j int, _ float64) float64 {
		return math.Sqrt(2/float64(t)) * math.Sin(2*math.Pi*float64(cycles[j]*i)/float64(t))
	}, x)
	return x
}

func TestCompareNetworksOfDifferentSizes(t *testing.T) {
	a := seen(waves(200, 1, 2), 12, 2, 1)
	for name, find := range map[string]Finder{"PCA": PCA, "CentredPCA": CentredPCA} {
		same, err := Compare(a, seen(waves(200, 2, 1), 30, 5, 0.1), 2, find)
		if err != nil {
			t.Fatal(err)
		}
		if same.Angles[1] > 1e-7 || math.Abs(same.AByB.OfBest()-1) > 1e-9 || math.Abs(same.BByA.Fraction-1) > 1e-9 {
			t.Errorf("%s: the same time courses: %+v", name, same)
		}
		// One course of two shared: variances 4 and 1 against 9 and 16.
		half, err := Compare(a, seen(waves(200, 1, 3), 7, 3, 4), 2, find)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(half.Angles[0]) > 1e-7 || math.Abs(half.Angles[1]-math.Pi/2) > 1e-7 || math.Abs(half.MedianAngle()-math.Pi/4) > 1e-7 {
			t.Errorf("%s: angles %v, want 0 and π/2", name, half.Angles)
		}
		if math.Abs(half.AByB.Fraction-0.8) > 1e-9 || math.Abs(half.BByA.Fraction-0.36) > 1e-9 {
			t.Errorf("%s: explained %g and %g, want 0.8 and 0.36", name, half.AByB.Fraction, half.BByA.Fraction)
		}
		// With one component each: a's first is shared, b's is not; a's own best is 0.8.
		one, err := Compare(a, seen(waves(200, 1, 3), 7, 4, 3), 1, find)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(one.AByB.Best-0.8) > 1e-9 || math.Abs(one.AByB.OfBest()-1) > 1e-9 || math.Abs(one.BByA.Best-0.64) > 1e-9 {
			t.Errorf("%s: one component: %+v", name, one)
		}
	}
}

// A mean counts as a time course like any other, unless centred.
func TestCompareCentred(t *testing.T) {
	a, b := seen(waves(100, 1), 5, 1), seen(waves(100, 1), 8, 1)
	b.Apply(func(_, _ int, v float64) float64 { return v + 3 }, b)
	raw, err := Compare(a, b, 1, PCA)
	if err != nil {
		t.Fatal(err)
	}
	centred, err := Compare(a, b, 1, CentredPCA)
	if err != nil {
		t.Fatal(err)
	}
	if raw.Angles[0] < 1 || centred.Angles[0] > 1e-7 {
		t.Errorf("angles %g uncentred and %g centred", raw.Angles[0], centred.Angles[0])
	}
}

func TestAlignment(t *testing.T) {
	courses := waves(100, 1, 2, 3)
	x := mat.NewDense(100, 3, nil)
	x.Apply(func(i, j int, _ float64) float64 { return courses.At(i, j) * float64(3-j) }, x)
	basis, err := CentredPCA(x, Components(1))
	if err != nil {
		t.Fatal(err)
	}
	y := mat.DenseCopyOf(x)
	y.Apply(func(i, j int, _ float64) float64 { return courses.At(i, j) * float64(1+j) }, y)
	got, err := basis.Alignment(y)
	if err != nil {
		t.Fatal(err)
	}
	// The first unit has 1 of y's 1 + 4 + 9, the last one 9.
	if math.Abs(got.Fraction-1.0/14) > 1e-9 || math.Abs(got.Best-9.0/14) > 1e-9 {
		t.Errorf("alignment %+v, want 1/14 of 9/14", got)
	}
	if own, err := basis.Alignment(x); err != nil || math.Abs(own.OfBest()-1) > 1e-9 {
		t.Errorf("alignment of a basis with its own activity: %+v, %v", own, err)
	}
}

func TestFilterIsAnExponential(t *testing.T) {
	const dt, tau = 0.001, 0.1
	step := mat.NewDense(300, 1, nil)
	step.Apply(func(_, _ int, _ float64) float64 { return 2 }, step)
	y, err := Filter(step, dt, tau)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		if want := 2 * (1 - math.Exp(-float64(i+1)*dt/tau)); math.Abs(y.At(i, 0)-want) > 1e-12 {
			t.Fatalf("step %d: %g, want %g", i, y.At(i, 0), want)
		}
	}
	if step.At(5, 0) != 2 {
		t.Error("the input was changed")
	}
}

func TestAllIsEveryUnit(t *testing.T) {
	x := random(20, 4)
	b, err := All(4)
	if err != nil {
		t.Fatal(err)
	}
	y, err := b.Project(x)
	if err != nil || !mat.Equal(x, y) || b.Dim() != 4 {
		t.Errorf("the factors of all units are not the units: %v", err)
	}
	if each, total := b.Explained(); len(each) != 0 || len(total) != 0 || b.ParticipationRatio() != 0 {
		t.Error("variances appeared where none are known")
	}
}

func TestTemporalBadInput(t *testing.T) {
	all, _ := All(3)
	flat := seen(waves(50, 1), 3, 1)
	basis, err := PCA(flat, Components(2))
	if err != nil {
		t.Fatal(err)
	}
	_, tooMany := basis.Temporal(flat)
	_, bareUnits := all.Temporal(flat)
	_, lengths := Compare(random(10, 3), random(11, 3), 2, PCA)
	_, second := Compare(random(10, 3), mat.NewDense(10, 2, nil), 2, PCA)
	_, units := basis.Alignment(random(50, 4))
	_, time := Filter(flat, 0, 1)
	_, none := All(0)
	for want, err := range map[string]error{
		"at most 1":       tooMany,
		"bare units":      bareUnits,
		"10 and 11":       lengths,
		"second activity": second,
		"activity of 4":   units,
		"time step of 0":  time,
		"at least one":    none,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
