package plotting

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
)

// TrajectoryPanel shows paths in a plane of state space; see [Trajectory].
type TrajectoryPanel struct {
	options[*TrajectoryPanel]
	i, j  int
	dt    *float64
	equal bool
	paths []namedPath
}

type namedPath struct {
	name string
	data mat.Matrix
}

// Trajectory draws column j of x (T x N) against column i. The line darkens
// with time, from a ring at its start. In SVG a trajectory of more than 20,000
// points is embedded as an image of 384 dots per inch, 192 in figures
// beyond A2.
func Trajectory(x mat.Matrix, i, j int) *TrajectoryPanel {
	p := &TrajectoryPanel{i: i, j: j, paths: []namedPath{{"", x}}}
	p.self = p
	return p
}

// Name names the first trajectory in the legend.
func (p *TrajectoryPanel) Name(name string) *TrajectoryPanel {
	if len(p.paths) > 0 {
		p.paths[0].name = name
	}
	return p
}

// Add draws the same two columns of another matrix, in another colour.
func (p *TrajectoryPanel) Add(name string, x mat.Matrix) *TrajectoryPanel {
	p.paths = append(p.paths, namedPath{name, x})
	return p
}

// Dt sets the time step in seconds, so that the legend can say how long a
// trajectory lasts.
func (p *TrajectoryPanel) Dt(seconds float64) *TrajectoryPanel {
	p.dt = &seconds
	return p
}

// Equal gives both axes one scale, as rotations need.
func (p *TrajectoryPanel) Equal() *TrajectoryPanel {
	p.equal = true
	return p
}

// Content implements [Panel].
func (p *TrajectoryPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	if len(p.paths) == 0 {
		return c, fmt.Errorf("trajectory: there are no data: make the panel with Trajectory")
	}
	f := Frame{Height: p.heightOr(6), Equal: p.equal}
	x, y := newSpan(), newSpan()
	var starts []plot.Plotter
	for k, path := range p.paths {
		px, py, err := p.read(k)
		if err != nil {
			return c, fmt.Errorf("trajectory: %w", err)
		}
		x.add(px...)
		y.add(py...)
		line := &timedLine{px, py, Color(k)}
		f.Marks = append(f.Marks, line)
		starts = append(starts, &ring{px[0], py[0], shade(Color(k), 1)})
		name, err := p.legendName(path.name, len(px))
		if err != nil {
			return c, fmt.Errorf("trajectory: %w", err)
		}
		c.Legend = append(c.Legend, LegendEntry{name, line})
	}
	f.Marks = append(f.Marks, starts...)
	c.Legend = append(c.Legend, LegendEntry{"start", &ring{color: ink}})
	f.X = axis(or(p.xLabel, fmt.Sprintf("component %d", p.i+1)), x, 0.06, p.xLim)
	f.Y = axis(or(p.yLabel, fmt.Sprintf("component %d", p.j+1)), y, 0.06, p.yLim)
	c.Frames = []Frame{f}
	return c, nil
}

// legendName joins a trajectory's name and duration.
func (p *TrajectoryPanel) legendName(name string, n int) (string, error) {
	name, err := lasting(name, p.dt, n)
	return or(name, "time"), err
}

// lasting adds to a trajectory's name how long its n samples last, if the time
// step is known.
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

// read returns the two columns of trajectory k.
func (p *TrajectoryPanel) read(k int) (x, y []float64, err error) {
	what := "the data"
	if len(p.paths) > 1 {
		what = "trajectory " + nameOr(p.paths[k].name, k)
	}
	all, err := columns(what, p.paths[k].data)
	if err != nil {
		return nil, nil, err
	}
	for _, j := range []int{p.i, p.j} {
		if j < 0 || j >= len(all) {
			return nil, nil, fmt.Errorf("column %d does not exist: %s has columns 0 to %d", j, what, len(all)-1)
		}
	}
	return all[p.i], all[p.j], nil
}
