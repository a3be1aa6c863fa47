package plotting

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg/draw"
)

// RotationPanel shows how conditions rotate in a plane; see [Rotation].
type RotationPanel struct {
	named[*RotationPanel]
	conditions []mat.Matrix
}

// Rotation draws one path for each condition in a plane of state space, such
// as that of the first two jPCs: columns 0 and 1 of a matrix T × 2, from a ring
// at the start to an arrow at the end, on one scale. Colours go along the ramp by
// where a condition starts along x, as in Churchland et al. 2012; Names, Role and
// Ordered colour the conditions one by one instead.
func Rotation(conditions ...mat.Matrix) *RotationPanel {
	p := &RotationPanel{conditions: conditions}
	p.self, p.kind = p, "rotation"
	return p
}

func (p *RotationPanel) frames() ([]Frame, error) {
	paths, err := p.read()
	if err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(6), Equal: true}
	cross := draw.LineStyle{Color: tint(grey, 0.4), Width: axisWidth}
	f.Marks = append(f.Marks, hLine(0, "", cross), vLine(0, "", cross))
	x, y := newSpan(), newSpan()
	x.add(0)
	y.add(0)
	var starts []Mark
	for i, path := range paths {
		x.add(path.x...)
		y.add(path.y...)
		m := Mark{Name: fmt.Sprintf("condition %d", i+1), Kind: "path", Plot: path, Data: Data{X: path.x, Y: path.y}}
		if p.names != nil {
			m.Name, m.Legend = "", p.names[i]
		}
		f.Marks = append(f.Marks, m)
		starts = append(starts, Mark{Plot: &ring{path.x[0], path.y[0], path.color}})
	}
	f.Marks = append(f.Marks, starts...)
	if p.byStart() && len(paths) > 1 {
		f.Marks = append(f.Marks, Mark{Legend: "by start along x", Thumb: rampKey{}})
	}
	f.Marks = append(f.Marks, startKey)
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axis(or(p.xLabel, "jPC 1 (a.u.)"), x, 0.06, p.xLim)
	f.Y = axis(or(p.yLabel, "jPC 2 (a.u.)"), y, 0.06, p.yLim)
	return []Frame{f}, nil
}

// read checks the conditions and colours them.
func (p *RotationPanel) read() ([]*arrow, error) {
	if len(p.conditions) == 0 {
		return nil, fmt.Errorf("there are no conditions: give at least one")
	}
	if err := checkNames(p.names, len(p.conditions), "conditions"); err != nil {
		return nil, err
	}
	styles, err := p.styles(len(p.conditions), lineWidth)
	if err != nil {
		return nil, err
	}
	var paths []*arrow
	for i, m := range p.conditions {
		what := fmt.Sprintf("condition %d", i+1)
		if p.names != nil {
			what = "condition " + quoted(p.names[i])
		}
		all, err := columns(what, m)
		if err != nil {
			return nil, err
		}
		if len(all) < 2 {
			return nil, fmt.Errorf("%s has one column: give the two coordinates of a plane", what)
		}
		paths = append(paths, &arrow{x: all[0], y: all[1], color: styles[i].Color.(color.NRGBA), dashes: styles[i].Dashes})
	}
	if p.byStart() {
		colorByStart(paths)
	}
	return paths, nil
}

// byStart tells whether colours go by where conditions start.
func (p *RotationPanel) byStart() bool { return p.names == nil && p.roles == nil && !p.ordered }

// colorByStart spreads the colours evenly over the order of the starts.
func colorByStart(paths []*arrow) {
	order := slices.Clone(paths)
	slices.SortStableFunc(order, func(a, b *arrow) int { return cmp.Compare(a.x[0], b.x[0]) })
	for i, a := range order {
		a.color, a.dashes = onRamp(i, len(order)), nil
	}
}
