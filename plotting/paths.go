package plotting

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// paths are the options of panels that draw paths in state space: columns of
// one matrix or several against each other.
type paths[Self panel] struct {
	looks[Self]
	columns []int
	dt      *float64
	equal   bool
	paths   []namedPath
}

type namedPath struct {
	name string
	data mat.Matrix
}

// Name names the first path in the legend.
func (p *paths[Self]) Name(name string) Self {
	if len(p.paths) > 0 {
		p.paths[0].name = name
	}
	return p.self
}

// Add draws the same columns of another matrix, in another colour.
func (p *paths[Self]) Add(name string, x mat.Matrix) Self {
	p.paths = append(p.paths, namedPath{name, x})
	return p.self
}

// Dt sets the time step in seconds, so that the legend can say how long a path
// lasts. A [recording.Series] brings its own along.
func (p *paths[Self]) Dt(seconds float64) Self {
	p.dt = &seconds
	return p.self
}

// Equal gives all axes one scale, as rotations need. Without it each fills the
// panel.
func (p *paths[Self]) Equal() Self {
	p.equal = true
	return p.self
}

// read returns the columns of path k, and its name with how long it lasts.
func (p *paths[Self]) read(k int) (values [][]float64, name string, err error) {
	path, what := p.paths[k], "the data"
	if len(p.paths) > 1 {
		what = "trajectory " + nameOr(path.name, k)
	}
	all, err := columns(what, path.data)
	if err != nil {
		return nil, "", err
	}
	for _, j := range p.columns {
		if j < 0 || j >= len(all) {
			return nil, "", fmt.Errorf("column %d does not exist: %s has columns 0 to %d", j, what, len(all)-1)
		}
		values = append(values, all[j])
	}
	dt := p.dt
	if s, ok := path.data.(recording.Series); ok && dt == nil && s.Dt != 0 {
		dt = &s.Dt
	}
	name, err = lasting(path.name, dt, len(all[0]))
	return values, name, err
}

// lasting adds to a path's name how long its n samples last, if the time step
// is known.
func lasting(name string, dt *float64, n int) (string, error) {
	if dt == nil {
		return name, nil
	}
	if !(*dt > 0) || !finite(*dt) {
		return "", fmt.Errorf("the time step is %g s: it must be positive", *dt)
	}
	end := *dt * float64(n-1)
	if !finite(end) {
		return "", fmt.Errorf("%d steps of %g s last longer than a number can say: give the time step in seconds", n-1, *dt)
	}
	time := "0 to " + plainNumber(end) + " s"
	if name == "" {
		return time, nil
	}
	return name + ", " + time, nil
}

// label is what the axis of the a-th column is called.
func (p *paths[Self]) label(given string, a int) string {
	j := p.columns[a]
	if s, ok := p.paths[0].data.(recording.Series); ok && given == "" && j < len(s.Names) {
		return withUnit(s.Names[j], s.Unit)
	}
	return or(given, fmt.Sprintf("component %d", j+1))
}
