package plotting

import "gonum.org/v1/gonum/mat"

// TrajectoryPanel shows paths in a plane of state space; see [Trajectory].
type TrajectoryPanel struct{ paths[*TrajectoryPanel] }

// Trajectory draws column j of x (T × N) against column i. The line darkens
// with time, from a ring at its start. In SVG a trajectory of more than 20,000
// points is embedded as an image of 384 dots per inch, 192 in figures
// beyond A2.
func Trajectory(x mat.Matrix, i, j int) *TrajectoryPanel {
	p := &TrajectoryPanel{paths[*TrajectoryPanel]{columns: []int{i, j}, paths: []namedPath{{"", x}}}}
	p.self, p.kind = p, "trajectory"
	return p
}

func (p *TrajectoryPanel) frames() ([]Frame, error) {
	f := Frame{Height: p.heightOr(6), Equal: p.equal}
	x, y := newSpan(), newSpan()
	var starts []Mark
	colors, err := p.colors(len(p.paths.paths))
	if err != nil {
		return nil, err
	}
	for k := range p.paths.paths {
		v, name, err := p.read(k)
		if err != nil {
			return nil, err
		}
		x.add(v[0]...)
		y.add(v[1]...)
		line := &timedLine{v[0], v[1], colors[k], p.role(k) == Target}
		f.Marks = append(f.Marks, Mark{Kind: "path", Legend: or(name, "time"), Plot: line, Data: Data{X: v[0], Y: v[1]}})
		starts = append(starts, Mark{Plot: &ring{v[0][0], v[1][0], shade(colors[k], 1)}})
	}
	f.Marks = append(append(f.Marks, starts...), startKey)
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axis(p.label(p.xLabel, 0), x, 0.06, p.xLim)
	f.Y = axis(p.label(p.yLabel, 1), y, 0.06, p.yLim)
	return []Frame{f}, nil
}
