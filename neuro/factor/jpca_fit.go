package factor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// free solves dX = X M by least squares.
func free(states, slopes *mat.Dense) (*mat.Dense, error) {
	var m mat.Dense
	if err := m.Solve(states, slopes); err != nil {
		return nil, fmt.Errorf("factor: the states do not determine the dynamics (%w): use fewer components or more steps", err)
	}
	return &m, nil
}

// skew solves dX = X M by least squares among skew-symmetric M. With S = XᵀX
// and C = XᵀdX the sum of squares is least where the skew-symmetric part of
// S M - C vanishes,
//
//	S M + M S = C - Cᵀ,
//
// a Lyapunov equation, which in the eigenvectors of S (eigenvalues s) reads
// M_ij = (C - Cᵀ)_ij / (s_i + s_j). The authors' program minimises the same
// sum iteratively.
func skew(states, slopes *mat.Dense) (*mat.Dense, error) {
	_, k := states.Dims()
	var s mat.SymDense
	s.SymOuterK(1, states.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(&s, true) {
		return nil, errors.New("factor: the eigenvalues of the states' second moment did not converge")
	}
	var q, c, odd, m mat.Dense
	eigen.VectorsTo(&q)
	values := eigen.Values(nil)
	c.Mul(states.T(), slopes)
	odd.Sub(&c, c.T())
	m.Product(q.T(), &odd, &q)
	m.Apply(func(i, j int, v float64) float64 { return v / (values[i] + values[j]) }, &m)
	m.Product(&q, &m, q.T())
	// Exactly skew-symmetric, whatever the rounding.
	out := mat.NewDense(k, k, nil)
	out.Apply(func(i, j int, _ float64) float64 { return (m.At(i, j) - m.At(j, i)) / 2 }, out)
	return out, nil
}

func r2(states, slopes, m *mat.Dense) float64 {
	var rest mat.Dense
	rest.Mul(states, m)
	rest.Sub(slopes, &rest)
	left, all := mat.Norm(&rest, 2), mat.Norm(slopes, 2)
	return 1 - left*left/(all*all)
}

// findPlanes splits the components into the invariant planes of M_skew: the
// eigenvectors of MᵀM, whose eigenvalues ω² come in pairs. The plane of the
// largest is taken out before the next is looked for, so that planes are
// orthogonal even where two rotate equally fast.
func (r *Rotations) findPlanes(x []*mat.Dense, all *mat.Dense, cfg JPCAConfig) error {
	k := cfg.Components
	var product mat.Dense
	product.Mul(r.Skew.T(), r.Skew)
	squares := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			squares.SetSym(i, j, product.At(i, j))
		}
	}
	whole := mat.Norm(centred(all, r.Basis.Mean), 2)
	fastest := mat.Norm(r.Skew, 2)
	for range k / 2 {
		a, b, speed, err := fastestPlane(squares, r.Skew, fastest)
		if err != nil {
			return err
		}
		for _, v := range []*mat.VecDense{a, b} {
			// Below zero, so that what is taken out is not found again.
			squares.SymRankOne(squares, -speed*speed-fastest*fastest-1, v)
		}
		plane := Plane{Frequency: frequency(speed, cfg)}
		axes := mat.NewDense(k, 2, nil)
		axes.SetCol(0, a.RawVector().Data)
		axes.SetCol(1, b.RawVector().Data)
		if err := r.project(&plane, axes, x); err != nil {
			return err
		}
		for _, p := range plane.Projections {
			plane.Variance += mat.Norm(p, 2) * mat.Norm(p, 2) / (whole * whole)
		}
		r.Planes = append(r.Planes, plane)
	}
	return nil
}

// fastestPlane returns orthonormal a and b with a M = speed b, the pair of
// largest speed.
func fastestPlane(squares *mat.SymDense, m *mat.Dense, fastest float64) (a, b *mat.VecDense, speed float64, err error) {
	k, _ := m.Dims()
	var eigen mat.EigenSym
	if !eigen.Factorize(squares, true) {
		return nil, nil, 0, errors.New("factor: the planes of rotation did not converge")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	a = mat.VecDenseCopyOf(vectors.ColView(k - 1))
	b = mat.NewVecDense(k, nil)
	b.MulVec(m.T(), a)
	speed = mat.Norm(b, 2)
	if speed <= 1e-9*fastest || speed == 0 {
		// Nothing rotates in what is left: any two directions do.
		return a, mat.VecDenseCopyOf(vectors.ColView(k - 2)), 0, nil
	}
	b.ScaleVec(1/speed, b)
	return a, b, speed, nil
}

// frequency turns an eigenvalue's magnitude, in 1/s, into Hz. A rotation by φ
// per step has 2 tan(φ/2) in the midpoint rule.
func frequency(speed float64, cfg JPCAConfig) float64 {
	if cfg.Forward {
		return speed / (2 * math.Pi)
	}
	return math.Atan(speed*cfg.Dt/2) / (math.Pi * cfg.Dt)
}

// project turns the axes (k × 2) within their plane until the initial states
// lie furthest out along the first, and projects the conditions.
func (r *Rotations) project(plane *Plane, axes *mat.Dense, x []*mat.Dense) error {
	first := mat.NewDense(len(x), 2, nil)
	for c, a := range x {
		y, err := r.Basis.Project(a.Slice(0, 1, 0, len(r.Basis.Mean)))
		if err != nil {
			return err
		}
		var start mat.Dense
		start.Mul(y, axes)
		first.SetRow(c, start.RawRowView(0))
	}
	angle := spreadAngle(first)
	sin, cos := math.Sincos(angle)
	axes.Mul(axes, mat.NewDense(2, 2, []float64{cos, -sin, sin, cos}))
	plane.Vectors = new(mat.Dense)
	plane.Vectors.Mul(r.Basis.Vectors, axes)
	for _, a := range x {
		y := new(mat.Dense)
		y.Mul(centred(a, r.Basis.Mean), plane.Vectors)
		plane.Projections = append(plane.Projections, y)
	}
	return nil
}

// spreadAngle is the direction of the largest second moment of points, on the
// side of the outermost.
func spreadAngle(points *mat.Dense) float64 {
	var xx, xy, yy, far, side float64
	n, _ := points.Dims()
	for i := range n {
		x, y := points.At(i, 0), points.At(i, 1)
		xx, xy, yy = xx+x*x, xy+x*y, yy+y*y
	}
	angle := math.Atan2(2*xy, xx-yy) / 2
	for i := range n {
		along := points.At(i, 0)*math.Cos(angle) + points.At(i, 1)*math.Sin(angle)
		if math.Abs(along) > far {
			far, side = math.Abs(along), along
		}
	}
	if side < 0 {
		angle += math.Pi
	}
	return angle
}
