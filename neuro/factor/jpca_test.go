package factor

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestLeadingPlane(t *testing.T) {
	r := &Rotations{Planes: []Plane{{Frequency: 3, Variance: 0.2}, {Frequency: 2, Variance: 0.5}, {Frequency: 1, Variance: 0.1}}}
	if got := r.Leading().Frequency; got != 2 {
		t.Errorf("the plane with most of the variance is that of %g Hz, want 2", got)
	}
	if got := new(Rotations).Leading(); got.Vectors != nil || got.Variance != 0 {
		t.Errorf("of no planes %+v leads", got)
	}
}

// latent returns conditions of t steps of dt of x(t) = x(0) e^{tM} in the
// planes of the given frequencies (Hz), each from its own initial state, seen
// by n units through orthonormal weights.
func latent(conditions, t, n int, dt float64, growth float64, hz ...float64) []*mat.Dense {
	rng := neuro.Stream(3, "jpca test")
	var qr mat.QR
	weights := mat.NewDense(n, 2*len(hz), nil)
	weights.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, weights)
	qr.Factorize(weights)
	var q mat.Dense
	qr.QTo(&q)
	out := make([]*mat.Dense, conditions)
	for c := range out {
		x := mat.NewDense(t, 2*len(hz), nil)
		for p, f := range hz {
			radius, phase := 0.5+rng.Float64(), 2*math.Pi*rng.Float64()
			for i := range t {
				s := float64(i) * dt
				sin, cos := math.Sincos(2*math.Pi*f*s + phase)
				x.Set(i, 2*p, radius*math.Exp(growth*s)*cos)
				x.Set(i, 2*p+1, radius*math.Exp(growth*s)*sin)
			}
		}
		out[c] = new(mat.Dense)
		out[c].Mul(x, q.Slice(0, n, 0, 2*len(hz)).T())
	}
	return out
}

// bare is jPCA without preprocessing.
func bare(k int) JPCAConfig { return JPCAConfig{Dt: 0.01, Components: k} }

func TestJPCARecoversRotations(t *testing.T) {
	hz := []float64{2.5, 1.1, 0.4}
	// Whole periods of all, so that the time mean, which PCA takes off, is 0.
	r, err := JPCA(latent(9, 1000, 30, 0.01, 0, hz...), bare(6))
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(r.SkewR2-1) > 1e-9 || math.Abs(r.Ratio()-1) > 1e-9 {
		t.Errorf("R² of rotations is %g, ratio %g, want 1", r.SkewR2, r.Ratio())
	}
	var variance float64
	for p, plane := range r.Planes {
		if math.Abs(plane.Frequency-hz[p]) > 1e-6 {
			t.Errorf("plane %d: %g Hz, want %g", p, plane.Frequency, hz[p])
		}
		variance += plane.Variance
		checkPlane(t, plane)
	}
	if math.Abs(variance-1) > 1e-9 {
		t.Errorf("the planes hold %g of the variance, want all", variance)
	}
}

// checkPlane looks for orthonormal axes, counterclockwise motion, and a first
// axis along which the initial states are spread most.
func checkPlane(t *testing.T, plane Plane) {
	t.Helper()
	var gram mat.Dense
	gram.Mul(plane.Vectors.T(), plane.Vectors)
	if !mat.EqualApprox(&gram, mat.NewDiagDense(2, []float64{1, 1}), 1e-9) {
		t.Errorf("axes are not orthonormal: %v", mat.Formatted(&gram))
	}
	var turned, xx, xy, yy float64
	for _, y := range plane.Projections {
		steps, _ := y.Dims()
		for i := 1; i < steps; i++ {
			turned += y.At(i-1, 0)*y.At(i, 1) - y.At(i-1, 1)*y.At(i, 0)
		}
		a, b := y.At(0, 0), y.At(0, 1)
		xx, xy, yy = xx+a*a, xy+a*b, yy+b*b
	}
	if turned <= 0 {
		t.Error("the activity rotates clockwise")
	}
	if math.Abs(xy) > 1e-9*(xx+yy) || xx < yy {
		t.Errorf("initial states have moments %g, %g, %g", xx, xy, yy)
	}
}

func TestJPCAOfTwoEquallyFastPlanes(t *testing.T) {
	r, err := JPCA(latent(7, 500, 12, 0.01, 0, 1, 1), bare(4))
	if err != nil {
		t.Fatal(err)
	}
	var cross mat.Dense
	cross.Mul(r.Planes[0].Vectors.T(), r.Planes[1].Vectors)
	if mat.Norm(&cross, 2) > 1e-9 {
		t.Error("the planes are not orthogonal")
	}
	for _, p := range r.Planes {
		if math.Abs(p.Frequency-1) > 1e-6 {
			t.Errorf("%g Hz, want 1", p.Frequency)
		}
	}
}

func TestJPCAOfExpansionFindsNoRotation(t *testing.T) {
	r, err := JPCA(latent(8, 100, 20, 0.01, 1.5, 0, 0), JPCAConfig{Dt: 0.01, Components: 4, RemoveMean: true})
	if err != nil {
		t.Fatal(err)
	}
	// PCA takes the mean over time and conditions off, which is zero here, so
	// that dx/dt = 1.5 x but for the midpoint rule's 2 tanh(0.0075)/0.01.
	if math.Abs(r.FreeR2-1) > 1e-9 || math.Abs(r.SkewR2) > 1e-9 {
		t.Errorf("R² %g unconstrained and %g skew-symmetric, want 1 and 0", r.FreeR2, r.SkewR2)
	}
	if got, want := r.Free.At(0, 0), 2*math.Tanh(0.0075)/0.01; math.Abs(got-want) > 1e-9 {
		t.Errorf("growth of %g /s, want %g", got, want)
	}
	for _, p := range r.Planes {
		if p.Frequency > 1e-6 {
			t.Errorf("a plane rotates at %g Hz", p.Frequency)
		}
	}
}

// The forward rule's closed forms: R² = cos²(φ/2) of a rotation by φ, 1/2 of
// white noise.
func TestJPCAForward(t *testing.T) {
	cfg := bare(2)
	cfg.Forward = true
	r, err := JPCA(latent(9, 1000, 10, 0.01, 0, 2), cfg)
	if err != nil {
		t.Fatal(err)
	}
	φ := 2 * math.Pi * 2 * 0.01
	if want := math.Pow(math.Cos(φ/2), 2); math.Abs(r.SkewR2-want) > 1e-6 {
		t.Errorf("R² %g, want %g", r.SkewR2, want)
	}
	if got, want := r.Planes[0].Frequency, math.Sin(φ)/(2*math.Pi*0.01); math.Abs(got-want) > 1e-4 {
		t.Errorf("%g Hz, want %g", got, want)
	}
	noise := []*mat.Dense{random(4000, 6)}
	r, err = JPCA(noise, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(r.FreeR2-0.5) > 0.03 || r.SkewR2 > 0.01 {
		t.Errorf("white noise, forward: R² %g and %g, want 0.5 and 0", r.FreeR2, r.SkewR2)
	}
	r, err = JPCA(noise, bare(2))
	if err != nil {
		t.Fatal(err)
	}
	if r.FreeR2 > 0.01 || r.SkewR2 > 0.01 {
		t.Errorf("white noise: R² %g and %g, want 0", r.FreeR2, r.SkewR2)
	}
}

// Against least squares over the k(k-1)/2 free entries, one column each.
func TestSkewIsTheLeastSquaresSolution(t *testing.T) {
	const k = 5
	states, slopes := random(60, k), random(60, k+1).Slice(0, 60, 0, k).(*mat.Dense)
	got, err := skew(states, slopes)
	if err != nil {
		t.Fatal(err)
	}
	design := mat.NewDense(60*k, k*(k-1)/2, nil)
	target := mat.NewDense(60*k, 1, nil)
	var pairs [][2]int
	for i := range k {
		for j := i + 1; j < k; j++ {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	for row := range 60 {
		for c := range k {
			target.Set(row*k+c, 0, slopes.At(row, c))
		}
		for e, p := range pairs { // M_ij = m, M_ji = -m
			design.Set(row*k+p[1], e, states.At(row, p[0]))
			design.Set(row*k+p[0], e, -states.At(row, p[1]))
		}
	}
	var want mat.Dense
	if err := want.Solve(design, target); err != nil {
		t.Fatal(err)
	}
	for e, p := range pairs {
		m := want.At(e, 0)
		if math.Abs(got.At(p[0], p[1])-m) > 1e-9 || got.At(p[1], p[0]) != -got.At(p[0], p[1]) {
			t.Errorf("M[%d,%d] = %g, want %g", p[0], p[1], got.At(p[0], p[1]), m)
		}
	}
}

// With all preprocessing: rotations on top of rates and of a time course that
// all conditions share, in many units.
func TestJPCAAsInThePaper(t *testing.T) {
	x := latent(12, 100, 200, 0.01, 0, 2)
	for _, a := range x {
		a.Apply(func(i, j int, v float64) float64 {
			return 20 + 100*v + 40*math.Exp(-float64(i)/20)*math.Cos(float64(j))
		}, a)
	}
	cfg := Churchland2012(0.01)
	cfg.Components = 2
	r, err := JPCA(x, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Planes[0]; math.Abs(p.Frequency-2) > 0.05 || r.SkewR2 < 0.97 || p.Variance < 0.97 {
		t.Errorf("%g Hz, R² %g, variance %g", p.Frequency, r.SkewR2, p.Variance)
	}
}

func TestJPCABadInput(t *testing.T) {
	good := latent(3, 20, 8, 0.01, 0, 2, 3)
	constant := []*mat.Dense{mat.NewDense(5, 4, nil), mat.NewDense(5, 4, nil)}
	constant[0].Apply(func(_, j int, _ float64) float64 { return float64(j) }, constant[0])
	constant[1].Apply(func(_, j int, _ float64) float64 { return float64(j * j) }, constant[1])
	nan := mat.NewDense(20, 8, nil)
	nan.Set(3, 2, math.NaN())
	with := func(change func(*JPCAConfig)) JPCAConfig {
		cfg := bare(4)
		change(&cfg)
		return cfg
	}
	mean := with(func(c *JPCAConfig) { c.RemoveMean = true })
	cases := []struct {
		x    []*mat.Dense
		cfg  JPCAConfig
		want string
	}{
		{good, with(func(c *JPCAConfig) { c.Dt = 0 }), "Dt is"},
		{good, with(func(c *JPCAConfig) { c.Components = 3 }), "even"},
		{good, with(func(c *JPCAConfig) { c.Soften = -1 }), "negative"},
		{good, bare(10), "10 components of 8 units"},
		{good, bare(6), "no variance"},
		{nil, bare(4), "no conditions"},
		{good[:1], mean, "one condition"},
		{[]*mat.Dense{good[0], good[0]}, mean, "all the same"},
		{[]*mat.Dense{good[0], random(20, 7)}, bare(4), "condition 1 is 20 x 7"},
		{[]*mat.Dense{good[0], random(19, 8)}, mean, "condition 1 is 19 x 8"},
		{[]*mat.Dense{good[0], nan}, bare(4), "condition 1"},
		{[]*mat.Dense{random(2, 8)}, bare(4), "2 steps"},
		{constant, bare(2), "no variance"},
	}
	for _, c := range cases {
		if _, err := JPCA(c.x, c.cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	// Conditions that differ, but none of which changes.
	c := mat.DenseCopyOf(constant[0])
	c.Apply(func(_, j int, _ float64) float64 { return math.Sin(float64(j)) }, c)
	if _, err := JPCA(append(constant, c), bare(2)); err == nil || !strings.Contains(err.Error(), "does not change") {
		t.Errorf("constant activity: %v", err)
	}
}
