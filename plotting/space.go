package plotting

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
)

// SpacePanel shows paths in three dimensions of state space; see [Space].
type SpacePanel struct {
	options[*SpacePanel]
	columns   [3]int
	zLabel    string
	zLim      *limits
	dt        *float64
	equal     bool
	azimuth   float64 // degrees
	elevation float64
	paths     []namedPath
}

// Space draws columns i, j and k of x (T x N) against each other in a box,
// projected in parallel onto the page: i and j span its floor, k points up.
// What is nearer to the eye is wider and darker and hides what is behind; a
// grey shadow on the floor, for up to three paths, tells where above it each
// runs. A ring marks the start, an arrow the end. Seven paths can be told apart
// by their colours. XLim, YLim and [SpacePanel.ZLim] set the sides of
// the box, which must hold all data.
//
// In a notebook, nb.Turn shows the same paths so that they can be turned.
func Space(x mat.Matrix, i, j, k int) *SpacePanel {
	p := &SpacePanel{columns: [3]int{i, j, k}, azimuth: -60, elevation: 25, paths: []namedPath{{"", x}}}
	p.self = p
	return p
}

// Name names the first trajectory in the legend.
func (p *SpacePanel) Name(name string) *SpacePanel {
	if len(p.paths) > 0 {
		p.paths[0].name = name
	}
	return p
}

// Add draws the same three columns of another matrix, in another colour.
func (p *SpacePanel) Add(name string, x mat.Matrix) *SpacePanel {
	p.paths = append(p.paths, namedPath{name, x})
	return p
}

// Dt sets the time step in seconds, so that the legend can say how long a
// trajectory lasts.
func (p *SpacePanel) Dt(seconds float64) *SpacePanel {
	p.dt = &seconds
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

// Equal gives the three axes one scale. Without it each fills the box.
func (p *SpacePanel) Equal() *SpacePanel {
	p.equal = true
	return p
}

// From sets where the eye is, in degrees: at azimuth 0 in the direction of x,
// at 90 in that of y, and lifted above the floor by the elevation, from -90 to
// 90. Without it the eye is at -60 and 25.
func (p *SpacePanel) From(azimuth, elevation float64) *SpacePanel {
	p.azimuth, p.elevation = azimuth, elevation
	return p
}

// Content implements [Panel].
func (p *SpacePanel) Content() (Content, error) {
	c := Content{Title: p.title}
	scene, err := p.Scene()
	if err != nil {
		return c, err
	}
	f := Frame{Height: p.heightOr(8)}
	// The box has axes of its own; those of the frame stay empty.
	f.X = Axis{Min: -1, Max: 1, Bare: true, Ticks: []plot.Tick{}}
	f.Y = f.X
	f.Marks = append(f.Marks, &spaceBox{scene})
	for k, path := range scene.Paths {
		m := &spacePath{path: path, color: Color(k)}
		f.Marks = append(f.Marks, m)
		if path.Name != "" {
			c.Legend = append(c.Legend, LegendEntry{path.Name, m})
		}
	}
	c.Legend = append(c.Legend, LegendEntry{"start", &ring{color: ink}})
	c.Frames = []Frame{f}
	return c, nil
}
