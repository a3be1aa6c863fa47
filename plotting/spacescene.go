package plotting

import (
	"fmt"
	"image/color"
	"math"
)

// SpaceScene is what a [SpacePanel] shows, in the coordinates of its box: x,
// y and z from -Half to Half of each axis, the origin in the middle. It is all
// that another program needs to draw the paths from elsewhere.
type SpaceScene struct {
	Title string
	// Azimuth and Elevation are where the eye is, in degrees; see
	// [SpacePanel.From].
	Azimuth, Elevation float64
	// Half are half the sides of the box; the longest is 1.
	Half  [3]float64
	Axes  [3]SpaceAxis
	Paths []SpacePath
}

// SpaceAxis is one axis of a scene.
type SpaceAxis struct {
	Label string
	// Min and Max are the ends of the axis in the data's units.
	Min, Max float64
	Ticks    []SpaceTick
}

// SpaceTick is a mark on an axis, at a coordinate of the box.
type SpaceTick struct {
	At    float64
	Label string
}

// SpacePath is one trajectory.
type SpacePath struct {
	// Name stands in the legend.
	Name string
	// Color of the line, as in CSS: "#0072b2".
	Color string
	// Points are the samples in the coordinates of the box.
	Points [][3]float64
	tone   color.NRGBA
	// data are the samples as given, one slice for each axis.
	data [3][]float64
}

// Scene checks the panel's data and puts them into the box. Its errors are
// those of Content.
func (p *SpacePanel) Scene() (SpaceScene, error) {
	s, err := p.scene()
	if err != nil {
		return s, fmt.Errorf("space: %w", err)
	}
	return s, nil
}

func (p *SpacePanel) scene() (SpaceScene, error) {
	s := SpaceScene{Title: p.title, Azimuth: p.azimuth, Elevation: p.elevation}
	if !finite(p.azimuth) || !(p.elevation >= -90 && p.elevation <= 90) {
		return s, fmt.Errorf("the eye is at azimuth %g, elevation %g degrees: the azimuth must be finite and the elevation from -90 to 90", p.azimuth, p.elevation)
	}
	if len(p.paths.paths) == 0 {
		return s, fmt.Errorf("there are no data: make the panel with Space")
	}
	spans := [3]span{newSpan(), newSpan(), newSpan()}
	colors, err := p.colors(len(p.paths.paths))
	if err != nil {
		return s, err
	}
	for k := range p.paths.paths {
		values, name, err := p.read(k)
		if err != nil {
			return s, err
		}
		c := colors[k]
		path := SpacePath{Name: name, Color: fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B), tone: c, data: [3][]float64(values)}
		for a, v := range values {
			spans[a].add(v...)
		}
		s.Paths = append(s.Paths, path)
	}
	axes, err := p.axes(spans)
	if err != nil {
		return s, err
	}
	s.place(axes, p.equal)
	return s, nil
}

// axes are the sides of the box in the data's units.
func (p *SpacePanel) axes(spans [3]span) (out [3]Axis, err error) {
	for a, given := range []struct {
		name, label string
		lim         *limits
	}{{"x", p.xLabel, p.xLim}, {"y", p.yLabel, p.yLim}, {"z", p.zLabel, p.zLim}} {
		out[a] = axis(p.label(given.label, a), spans[a], 0.04, given.lim)
		if err := out[a].check(given.name); err != nil {
			return out, err
		}
		if spans[a].lo < out[a].Min || spans[a].hi > out[a].Max {
			return out, fmt.Errorf("the data run from %g to %g along %s, beyond its limits %g and %g: widen these",
				spans[a].lo, spans[a].hi, given.name, out[a].Min, out[a].Max)
		}
	}
	return out, nil
}

// place sets axes, ticks and points in the box.
func (s *SpaceScene) place(axes [3]Axis, equal bool) {
	longest := 0.0
	for _, a := range axes {
		longest = math.Max(longest, a.Max-a.Min)
	}
	for k, a := range axes {
		s.Half[k] = 1
		want := 4
		if equal {
			// No side so thin that its ticks could not be told apart.
			s.Half[k] = math.Max((a.Max-a.Min)/longest, 0.15)
			if want = int(4*s.Half[k] + 0.5); s.Half[k] > (a.Max-a.Min)/longest {
				middle, reach := (a.Min+a.Max)/2, 0.15*longest/2
				a.Min, a.Max = middle-reach, middle+reach
			}
		}
		at := func(v float64) float64 { return s.Half[k] * (2*(v-a.Min)/(a.Max-a.Min) - 1) }
		ticks, label := a.labelled(max(want, 2))
		s.Axes[k] = SpaceAxis{Label: label, Min: a.Min, Max: a.Max}
		for _, t := range ticks {
			s.Axes[k].Ticks = append(s.Axes[k].Ticks, SpaceTick{at(t.Value), t.Label})
		}
		for i := range s.Paths {
			path := &s.Paths[i]
			if k == 0 {
				path.Points = make([][3]float64, len(path.data[0]))
			}
			for n, v := range path.data[k] {
				path.Points[n][k] = at(v)
			}
		}
	}
}
