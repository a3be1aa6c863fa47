package factor

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func normal(rng *rand.Rand, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, m)
	return m
}

// orthogonal is a random orthogonal n × n matrix.
func orthogonal(rng *rand.Rand, n int) *mat.Dense {
	var qr mat.QR
	qr.Factorize(normal(rng, n, n))
	var q mat.Dense
	qr.QTo(&q)
	return &q
}

// activity is of a random size, with means and components of different strengths.
func activity(rng *rand.Rand) *mat.Dense {
	t, n := 5+rng.IntN(120), 1+rng.IntN(25)
	var x mat.Dense
	x.Mul(normal(rng, t, n), normal(rng, n, n))
	mean := normal(rng, 1, n)
	x.Apply(func(_, j int, v float64) float64 { return v + 2*mean.At(0, j) }, &x)
	return &x
}

// Of activity of any size, components are the orthonormal eigenvectors of the second
// moments (of the covariance, where centred), and variances are the squared singular
// values of the activity over T.
func TestComponentsAreEigenvectors(t *testing.T) {
	rng := neuro.Stream(1, "components")
	for range 40 {
		x := activity(rng)
		steps, n := x.Dims()
		for _, centre := range []bool{false, true} {
			find, y := PCA, mat.DenseCopyOf(x)
			if centre {
				find = CentredPCA
				for j := range n {
					mean := mat.Sum(x.ColView(j)) / float64(steps)
					y.Apply(func(_, k int, v float64) float64 {
						if k == j {
							return v - mean
						}
						return v
					}, y)
				}
			}
			b, err := find(x, Components(n))
			if err != nil {
				t.Fatal(err)
			}
			var moments, turned, scaled, gram mat.Dense
			moments.Mul(y.T(), y)
			moments.Scale(1/float64(steps), &moments)
			turned.Mul(&moments, b.Vectors)
			scaled.Mul(b.Vectors, mat.NewDiagDense(n, b.Variances))
			gram.Mul(b.Vectors.T(), b.Vectors)
			if near := 1e-12 * float64(n) * b.Variances[0]; !mat.EqualApprox(&turned, &scaled, near) {
				t.Errorf("%d x %d, centred %v: C V is not V Λ", steps, n, centre)
			}
			if !mat.EqualApprox(&gram, eye(n), 1e-12*float64(n)) {
				t.Errorf("%d x %d, centred %v: vectors are not orthonormal", steps, n, centre)
			}
			var svd mat.SVD
			svd.Factorize(y, mat.SVDNone)
			values := svd.Values(nil)
			for i, v := range b.Variances {
				want := 0.0
				if i < len(values) {
					want = values[i] * values[i] / float64(steps)
				}
				if math.Abs(v-want) > 1e-12*float64(n)*b.Variances[0] {
					t.Errorf("%d x %d, centred %v: variance %d is %g, by singular values %g", steps, n, centre, i, v, want)
				}
			}
		}
	}
}

func eye(n int) *mat.DiagDense {
	d := mat.NewDiagDense(n, nil)
	for i := range n {
		d.SetDiag(i, 1)
	}
	return d
}

// Units have no order and no unit: renamed, so are the vectors' rows; c times as
// large, variances are c² times.
func TestUnitsHaveNoOrderAndNoUnit(t *testing.T) {
	rng := neuro.Stream(2, "components")
	for range 20 {
		x := activity(rng)
		steps, n := x.Dims()
		number := rng.Perm(n)
		renamed := mat.NewDense(steps, n, nil)
		for i, to := range number {
			renamed.SetCol(to, mat.Col(nil, i, x))
		}
		large := mat.DenseCopyOf(x)
		large.Scale(1000, large)
		k := 1 + rng.IntN(min(n, steps-1))
		for _, find := range []Finder{PCA, CentredPCA} {
			b, err := find(x, Components(k))
			if err != nil {
				t.Fatal(err)
			}
			other, err := find(renamed, Components(k))
			if err != nil {
				t.Fatal(err)
			}
			scaled, err := find(large, Components(k))
			if err != nil {
				t.Fatal(err)
			}
			back := mat.NewDense(n, k, nil)
			for i, to := range number {
				back.SetRow(i, other.Vectors.RawRowView(to))
			}
			for j := range k {
				same := math.Abs(mat.Dot(b.Vectors.ColView(j), back.ColView(j)))
				alike := math.Abs(mat.Dot(b.Vectors.ColView(j), scaled.Vectors.ColView(j)))
				gap := 1e-9 * b.Variances[0]
				if math.Abs(other.Variances[j]-b.Variances[j]) > gap || math.Abs(scaled.Variances[j]/1e6-b.Variances[j]) > gap {
					t.Errorf("%d x %d: variance %d is %g, renamed %g, scaled %g", steps, n, j, b.Variances[j], other.Variances[j], scaled.Variances[j])
				}
				if separate(b.Variances, j, n) && (same < 1-1e-6 || alike < 1-1e-6) {
					t.Errorf("%d x %d: |cos| of vector %d to the renamed one %g, to the scaled one %g", steps, n, j, same, alike)
				}
			}
		}
	}
}

// separate tells whether a variance is far enough from its neighbours for its vector
// to be determined.
func separate(v []float64, j, n int) bool {
	far := func(k int) bool { return k < 0 || k >= len(v) || math.Abs(v[k]-v[j]) > 1e-3*v[0] }
	return far(j-1) && far(j+1) && (j+1 < len(v) || len(v) == n)
}

// Angles of subspaces of any dimensions are the arc cosines of the singular values
// of Qaᵀ Qb (Björck & Golub 1973), and do not depend on the bases that stand for the
// subspaces, on a rotation of both, or on which comes first.
func TestPrincipalAnglesAreThoseOfSingularValues(t *testing.T) {
	rng := neuro.Stream(1, "angles")
	for range 60 {
		n := 2 + rng.IntN(30)
		p, q := 1+rng.IntN(n), 1+rng.IntN(n)
		a, b := normal(rng, n, p), normal(rng, n, q)
		got, err := PrincipalAngles(a, b)
		if err != nil {
			t.Fatal(err)
		}
		var product mat.Dense
		product.Mul(span(a).T(), span(b))
		var svd mat.SVD
		svd.Factorize(&product, mat.SVDNone)
		values := svd.Values(nil)
		if len(got) != min(p, q) || !slices.IsSorted(got) {
			t.Fatalf("%d and %d of %d: angles %v", p, q, n, got)
		}
		for i, angle := range got {
			// Cosines near 1 hold angles to the root of a rounding error only.
			if want := math.Acos(min(1, values[i])); math.Abs(angle-want) > 1e-7 {
				t.Errorf("%d and %d of %d: angle %d is %g, by singular values %g", p, q, n, i, angle, want)
			}
		}
		turn := orthogonal(rng, n)
		var mixed, ta, tb mat.Dense
		mixed.Mul(a, normal(rng, p, p))
		ta.Mul(turn, &mixed)
		tb.Mul(turn, b)
		for name, pair := range map[string][2]mat.Matrix{"exchanged": {b, a}, "of another basis": {&mixed, b}, "of both turned": {&ta, &tb}} {
			other, err := PrincipalAngles(pair[0], pair[1])
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if math.Abs(other[i]-got[i]) > 1e-6 {
					t.Errorf("%d and %d of %d, %s: angle %d is %g, was %g", p, q, n, name, i, other[i], got[i])
				}
			}
		}
	}
}

// span is an orthonormal basis of the columns.
func span(a *mat.Dense) mat.Matrix {
	n, p := a.Dims()
	var qr mat.QR
	qr.Factorize(a)
	var q mat.Dense
	qr.QTo(&q)
	return q.Slice(0, n, 0, p)
}

// Rotations of any frequencies, in any number of planes, units and conditions, are
// found; in another unit of time they are as much slower, in another order of the
// units the same.
func TestRotationsOfAnyFrequencyAreFound(t *testing.T) {
	rng := neuro.Stream(1, "rotations")
	for range 20 {
		const dt = 0.01
		planes := 1 + rng.IntN(3)
		var hz []float64
		for k := range planes { // whole periods in 10 s, so that means over time are zero
			hz = append(hz, float64(10*(planes-k)+rng.IntN(8))/10)
		}
		n := 2*planes + rng.IntN(20)
		x := latent(3+rng.IntN(9), 1000, n, dt, 0, hz...)
		number, renamed := rng.Perm(n), make([]*mat.Dense, len(x))
		for c, a := range x {
			renamed[c] = mat.NewDense(1000, n, nil)
			for i, to := range number {
				renamed[c].SetCol(to, mat.Col(nil, i, a))
			}
		}
		slow := bare(2 * planes)
		slow.Dt = 4 * dt
		for _, c := range []struct {
			x       []*mat.Dense
			cfg     JPCAConfig
			quicker float64
		}{{x, bare(2 * planes), 1}, {renamed, bare(2 * planes), 1}, {x, slow, 0.25}} {
			r, err := JPCA(c.x, c.cfg)
			if err != nil {
				t.Fatal(err)
			}
			for p, plane := range r.Planes {
				if want := c.quicker * hz[p]; math.Abs(plane.Frequency-want) > 1e-6 {
					t.Errorf("plane %d of %d: %g Hz, want %g", p, planes, plane.Frequency, want)
				}
			}
			if math.Abs(r.SkewR2-1) > 1e-9 {
				t.Errorf("%d planes: R² %g", planes, r.SkewR2)
			}
		}
	}
}
