package nef_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Sums over the points must be the integrals they stand for: of 1, the
// volume; of |x|², d/(d+2) r² times that in a ball.
func TestPointsIntegrate(t *testing.T) {
	const n = 40_000
	volume := []float64{0, 2, math.Pi, 4 * math.Pi / 3, math.Pi * math.Pi / 2} // of unit balls
	for d := 1; d <= 4; d++ {
		for name, c := range map[string]struct {
			points func() (nef.Points, error)
			one    float64 // ∫ 1
			square float64 // mean |x|²
			random float64 // standard deviation of |x|²/sqrt(n), at most
		}{
			"ball": {func() (nef.Points, error) { return nef.Ball(2, d, n, 1) }, volume[d] * math.Pow(2, float64(d)), 4 * float64(d) / float64(d+2), 4 / math.Sqrt(n)},
			"shell": {func() (nef.Points, error) { return nef.Shell(1, 2, d, n, 1) }, volume[d] * (math.Pow(2, float64(d)) - 1),
				float64(d) / float64(d+2) * (math.Pow(2, float64(d+2)) - 1) / (math.Pow(2, float64(d)) - 1), 3 / math.Sqrt(n)},
		} {
			p := must(t, c.points)
			rows, cols := p.X.Dims()
			if rows != n || cols != d {
				t.Fatalf("%s, D = %d: %d x %d points", name, d, rows, cols)
			}
			if got := p.Measure * n; math.Abs(got-c.one) > 1e-9*c.one {
				t.Errorf("%s, D = %d: its measure is %g, want %g", name, d, got, c.one)
			}
			square, sum := 0.0, make([]float64, d)
			for k := range n {
				x := p.X.RawRowView(k)
				square += floats.Dot(x, x) / n
				floats.AddScaled(sum, 1.0/n, x)
			}
			if math.Abs(square-c.square) > 5*c.random {
				t.Errorf("%s, D = %d: mean |x|² is %g, want %g", name, d, square, c.square)
			}
			if norm := floats.Norm(sum, math.Inf(1)); norm > 5*2/math.Sqrt(n) {
				t.Errorf("%s, D = %d: the mean is off 0 by %g", name, d, norm)
			}
		}
	}
}

func must(t *testing.T, f func() (nef.Points, error)) nef.Points {
	t.Helper()
	p, err := f()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRegularPoints(t *testing.T) {
	line := must(t, func() (nef.Points, error) { return nef.Line(1, 0.5) })
	if same := must(t, func() (nef.Points, error) { return nef.Grid(1, 0.5, 1) }); !mat.Equal(same.X, line.X) || same.Measure != 0.5 {
		t.Error("a grid of one dimension is no line")
	}
	grid := must(t, func() (nef.Points, error) { return nef.Grid(1, 0.5, 3) })
	if rows, _ := grid.X.Dims(); rows != 125 || grid.Measure != 0.125 || !floats.Equal(grid.X.RawRowView(1), []float64{-1, -1, -0.5}) {
		t.Errorf("a grid of %d points, %g each, the second at %v", rows, grid.Measure, grid.X.RawRowView(1))
	}
	circle := must(t, func() (nef.Points, error) { return nef.Circle(2, 4) })
	if want := mat.NewDense(4, 2, []float64{2, 0, 0, 2, -2, 0, 0, -2}); !mat.EqualApprox(circle.X, want, 1e-14) || math.Abs(circle.Measure-math.Pi) > 1e-14 {
		t.Errorf("circle %v, %g each", mat.Formatted(circle.X), circle.Measure)
	}
	torus := must(t, func() (nef.Points, error) { return nef.Product(circle, line) })
	if rows, cols := torus.X.Dims(); rows != 20 || cols != 3 || !floats.Equal(torus.X.RawRowView(6), []float64{circle.X.At(1, 0), 2, -0.5}) {
		t.Errorf("product %d x %d, row 6 is %v", rows, cols, torus.X.RawRowView(6))
	}
}

// Neurons that prefer directions of a plane can be asked for Fourier modes of
// the angle, fitted where the angle lives.
func TestDecodeOnTheCircle(t *testing.T) {
	pop := population(t, 3, func(c *nef.Config) { c.Neurons, c.Dimensions = 100, 2 })
	circle := must(t, func() (nef.Points, error) { return nef.Circle(1, 500) })
	double := func(x []float64) []float64 { return []float64{x[0]*x[0] - x[1]*x[1], 2 * x[0] * x[1]} } // cos 2φ, sin 2φ
	d, err := nef.Decoders(pop, double, circle, paperNoise)
	if err != nil {
		t.Fatal(err)
	}
	between := must(t, func() (nef.Points, error) { return nef.Shell(0.999, 1, 2, 300, 9) })
	rmse, err := nef.StaticRMSE(pop, double, d, between)
	if err != nil {
		t.Fatal(err)
	}
	if rmse > 0.03 {
		t.Errorf("the second mode has an error of %g of 1, want at most 0.03", rmse)
	}
}

func TestBadPoints(t *testing.T) {
	p := nef.Points{X: mat.NewDense(4000, 1, nil), Measure: 1}
	for name, call := range map[string]func() (nef.Points, error){
		"radius 0":      func() (nef.Points, error) { return nef.Ball(0, 2, 10, 1) },
		"radius NaN":    func() (nef.Points, error) { return nef.Ball(math.NaN(), 2, 10, 1) },
		"no dimensions": func() (nef.Points, error) { return nef.Ball(1, 0, 10, 1) },
		"no points":     func() (nef.Points, error) { return nef.Circle(1, 0) },
		"many points":   func() (nef.Points, error) { return nef.Circle(1, 1<<40) },
		"no shell":      func() (nef.Points, error) { return nef.Shell(1, 1, 2, 10, 1) },
		"inner NaN":     func() (nef.Points, error) { return nef.Shell(math.NaN(), 1, 2, 10, 1) },
		"no grid":       func() (nef.Points, error) { return nef.Grid(1, 0.1, 0) },
		"huge grid":     func() (nef.Points, error) { return nef.Grid(1, 0.001, 5) },
		"huge product":  func() (nef.Points, error) { return nef.Product(p, p) },
		"nil product":   func() (nef.Points, error) { return nef.Product(p, nef.Points{}) },
	} {
		if _, err := call(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
