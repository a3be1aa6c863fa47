package nef

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Points are the values of x at which decoders are fitted or judged.
type Points struct {
	// X is T × D, one point a row.
	X *mat.Dense
	// Measure is the length (area, volume) that each point stands for in
	// integrals over x, such as the spacing of a grid.
	Measure float64
}

// maxIntervals keeps a slip of the pen in a grid's spacing from asking for
// all the memory there is.
const maxIntervals = 10_000_000

// Line returns the grid from -radius to radius with spacing dx, D = 1.
// MacNeil & Eliasmith (2011) use dx = 0.001.
func Line(radius, dx float64) (Points, error) {
	if !positive(radius) || !(dx > 0 && dx <= radius) {
		return Points{}, fmt.Errorf("nef: no grid of spacing %g within ±%g: want 0 < dx <= radius", dx, radius)
	}
	intervals := math.Round(2 * radius / dx)
	if intervals > maxIntervals {
		return Points{}, fmt.Errorf("nef: a grid of spacing %g within ±%g has more than %d points: want a wider one", dx, radius, maxIntervals)
	}
	n := int(intervals) + 1
	return Points{X: mat.NewDense(n, 1, floats.Span(make([]float64, n), -radius, radius)), Measure: dx}, nil
}

// Circle returns n points evenly spaced on the circle of the radius around the
// origin of a plane, D = 2, beginning at angle 0. Its measure is length.
func Circle(radius float64, n int) (Points, error) {
	if err := validCloud(radius, 2, n); err != nil {
		return Points{}, err
	}
	x := mat.NewDense(n, 2, nil)
	for k := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
		x.SetRow(k, []float64{radius * cos, radius * sin})
	}
	return measured(x, 2*math.Pi*radius/float64(n))
}

// Ball returns n random points, uniform in the ball of the radius in d
// dimensions.
func Ball(radius float64, d, n int, seed uint64) (Points, error) {
	return Shell(0, radius, d, n, seed)
}

// Shell returns n random points, uniform between the spheres of two radii in d
// dimensions, an annulus for d = 2: where the state of an attractor on a sphere
// lies after something has pushed it off. 0 <= inner < outer.
func Shell(inner, outer float64, d, n int, seed uint64) (Points, error) {
	if err := validCloud(outer, d, n); err != nil {
		return Points{}, err
	}
	if !(inner >= 0 && inner < outer) {
		return Points{}, fmt.Errorf("nef: no points between the radii %g and %g: want 0 <= inner < outer", inner, outer)
	}
	random := neuro.Stream(seed, pointsStream)
	x := unitVectors(random, n, d)
	dim := float64(d)
	// The volume within a radius grows as its d-th power.
	low, high := math.Pow(inner, dim), math.Pow(outer, dim)
	for k := range n {
		floats.Scale(math.Pow(low+(high-low)*random.Float64(), 1/dim), x.RawRowView(k))
	}
	return measured(x, unitBall(d)*(high-low)/float64(n))
}

// Grid returns the regular grid with spacing dx in the cube of ±radius in d
// dimensions; the last dimension varies fastest. Grid(r, dx, 1) is Line(r, dx).
func Grid(radius, dx float64, d int) (Points, error) {
	if d < 1 {
		return Points{}, fmt.Errorf("nef: a grid of %d dimensions: want at least 1", d)
	}
	axis, err := Line(radius, dx)
	if err != nil {
		return Points{}, err
	}
	if n := axis.X.RawMatrix().Rows; float64(d)*math.Log(float64(n)) > math.Log(maxIntervals) {
		return Points{}, fmt.Errorf("nef: a grid of %d points in each of %d dimensions has more than %d: want a wider one, or random points (Ball)", n, d, maxIntervals)
	}
	grid := axis
	for range d - 1 {
		if grid, err = Product(grid, axis); err != nil {
			return Points{}, err
		}
	}
	return grid, nil
}

// Product pairs every point of a with every point of b: states with control
// inputs, or one circle with another for a torus. Its D is the sum of theirs; b
// varies fastest.
func Product(a, b Points) (Points, error) {
	if a.X == nil || b.X == nil || a.X.IsEmpty() || b.X.IsEmpty() {
		return Points{}, fmt.Errorf("nef: the product of no points")
	}
	n, d := a.X.Dims()
	m, e := b.X.Dims()
	if float64(n)*float64(m) > maxIntervals {
		return Points{}, fmt.Errorf("nef: a product of %d and %d points has more than %d: want fewer", n, m, maxIntervals)
	}
	if err := bound.Array("nef: a product of points", n*m, d+e); err != nil {
		return Points{}, err
	}
	x := mat.NewDense(n*m, d+e, nil)
	for i := range n {
		for j := range m {
			row := x.RawRowView(i*m + j)
			copy(row, a.X.RawRowView(i))
			copy(row[d:], b.X.RawRowView(j))
		}
	}
	return measured(x, a.Measure*b.Measure)
}

// unitBall is the volume of the unit ball in d dimensions, π^(d/2)/Γ(d/2+1).
func unitBall(d int) float64 {
	half := float64(d) / 2
	log, _ := math.Lgamma(half + 1)
	return math.Exp(half*math.Log(math.Pi) - log)
}

func validCloud(radius float64, d, n int) error {
	if !positive(radius) || d < 1 || n < 1 || n > maxIntervals {
		return fmt.Errorf("nef: %d points within a radius of %g in %d dimensions: want at least one (and at most %d), a positive radius and at least one dimension", n, radius, d, maxIntervals)
	}
	return bound.Array("nef: points", n, d)
}

// measured is a cloud of points, if the volume that each stands for is a
// number: that of a ball in some hundred dimensions is not.
func measured(x *mat.Dense, measure float64) (Points, error) {
	if !positive(measure) {
		_, d := x.Dims()
		return Points{}, fmt.Errorf("nef: the volume for each point in %d dimensions is %g: want fewer dimensions, or a radius nearer to 1", d, measure)
	}
	return Points{X: x, Measure: measure}, nil
}
