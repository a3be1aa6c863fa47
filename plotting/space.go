package plotting

import (
	"fmt"
	"image/color"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpacePanel shows paths in three dimensions of state space; see [Space].
type SpacePanel struct {
	paths[*SpacePanel]
	zLabel    string
	zLim      *limits
	azimuth   float64 // degrees
	elevation float64
}

// Space draws columns i, j and k of x (T × N) against each other in a box,
// projected in parallel onto the page: i and j span its floor, k points up.
// What is nearer to the eye is wider and darker and hides what is behind; a
// grey shadow on the floor, for up to three paths, tells where above it each
// runs. A ring marks the start, an arrow the end. XLim, YLim and [SpacePanel.ZLim] set the sides of
// the box, which must hold all data.
//
// In a notebook, nb.Turn shows the same paths so that they can be turned.
func Space(x mat.Matrix, i, j, k int) *SpacePanel {
	p := &SpacePanel{azimuth: -60, elevation: 25}
	p.self, p.kind = p, "space"
	p.columns, p.paths.paths = []int{i, j, k}, []namedPath{{"", x}}
	return p
}

// ZLabel names the upright axis and its unit.
func (p *SpacePanel) ZLabel(label string) *SpacePanel {
	p.zLabel = label
	return p
}

// ZLim fixes the ends of the upright axis.
func (p *SpacePanel) ZLim(lo, hi float64) *SpacePanel {
	p.zLim = &limits{lo, hi}
	return p
}

// From sets where the eye is, in degrees: at azimuth 0 in the direction of x,
// at 90 in that of y, and lifted above the floor by the elevation, from -90 to
// 90. Without it the eye is at -60 and 25.
func (p *SpacePanel) From(azimuth, elevation float64) *SpacePanel {
	p.azimuth, p.elevation = azimuth, elevation
	return p
}

func (p *SpacePanel) frames() ([]Frame, error) {
	scene, err := p.scene()
	if err != nil {
		return nil, err
	}
	if len(p.hLines)+len(p.vLines) > 0 {
		return nil, fmt.Errorf("a box in three dimensions has no reference lines: leave HLine and VLine out")
	}
	f := Frame{Height: p.heightOr(8), box: &spaceBox{scene: scene}}
	// The box has axes of its own; those of the frame stay empty.
	f.X = Axis{Min: -1, Max: 1, Bare: true, Ticks: []plot.Tick{}}
	f.Y = f.X
	for _, path := range scene.Paths {
		f.Marks = append(f.Marks, Mark{
			Name: or(path.Name, "path"), Kind: "path", Legend: path.Name, Thumb: farToNear(path.tone),
			Data: Data{X: path.data[0], Y: path.data[1], Z: path.data[2]},
		})
	}
	f.Marks = append(f.Marks, startKey)
	return []Frame{f}, nil
}

// farToNear is a path's picture in the legend.
type farToNear color.NRGBA

// Thumbnail draws the line from far to near.
func (n farToNear) Thumbnail(c *draw.Canvas) {
	gradient(c, 6, func(t float64) draw.LineStyle { return nearness(color.NRGBA(n), t) })
}

// nearness is the style of a path at depth t, 0 the farthest and 1 the nearest.
func nearness(c color.NRGBA, t float64) draw.LineStyle {
	return draw.LineStyle{Color: tint(c, 0.6*(1-t)), Width: vg.Length(0.8 + 1.2*t)}
}
