package plotting

import (
	"fmt"
	"image/color"
	"math"
)

// spaceScene is what a [SpacePanel] shows, in the coordinates of its box: x,
// y and z from -Half to Half of each axis, the origin in the middle.
type spaceScene struct {
	Title string
	// Azimuth and Elevation are where the eye is, in degrees; see
	// [SpacePanel.From].
	Azimuth, Elevation float64
	// Half are half the sides of the box; the longest is 1.
	Half  [3]float64
	Axes  [3]spaceAxis
	Paths []spacePath
}

// spaceAxis is one axis of a scene.
type spaceAxis struct {
	Label string
	// Min and Max are the ends of the axis in the data's units.
	Min, Max float64
	Ticks    []spaceTick
}

// spaceTick is a mark on an axis, at a coordinate of the box.
type spaceTick struct {
	At    float64
	Label string
}

// spacePath is one trajectory.
type spacePath struct {
	// Name stands in the legend.
	Name string
	// Points are the samples in the coordinates of the box.
	Points [][3]float64
	tone   color.NRGBA
	// data are the samples as given, one slice for each axis.
	data [3][]float64
}

// scene checks the panel's data and puts them into the box.
func (p *SpacePanel) scene() (spaceScene, error) {
	s := spaceScene{Title: p.title, Azimuth: p.azimuth, Elevation: p.elevation}
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
		path := spacePath{Name: name, tone: colors[k], data: [3][]float64(values)}
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
func (s *spaceScene) place(axes [3]Axis, equal bool) {
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
		s.Axes[k] = spaceAxis{Label: label, Min: a.Min, Max: a.Max}
		for _, t := range ticks {
			s.Axes[k].Ticks = append(s.Axes[k].Ticks, spaceTick{at(t.Value), t.Label})
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
