package bench

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/plotting"
)

// growthPanels are two: time and memory against the number of neurons.
func (r *Result) growthPanels() []plotting.Panel {
	seconds := growthPanel{title: "Time of a trial of 2 s", label: "time (s)"}
	memory := growthPanel{title: "Memory while training", label: "memory (MB)"}
	for _, row := range r.Rows {
		if row.Growth == nil || len(row.Growth.Points) < 2 {
			continue
		}
		var time, used, own plotter.XYs
		for _, p := range row.Growth.Points {
			n := float64(p.Neurons)
			time = append(time, plotter.XY{X: n, Y: p.Seconds})
			if p.Bytes > 0 {
				used = append(used, plotter.XY{X: n, Y: p.Bytes / 1e6})
				own = append(own, plotter.XY{X: n, Y: p.Matrices / 1e6})
			}
		}
		seconds.add(row.Unit+exponent(row.Growth.SecondsExponent), time, true)
		if row.Growth.BytesExponent != nil {
			memory.add("in use"+exponent(*row.Growth.BytesExponent), used, true)
			memory.add("the matrices alone", own, false)
		}
	}
	var panels []plotting.Panel
	for _, p := range []growthPanel{seconds, memory} {
		if len(p.curves) > 0 {
			panels = append(panels, p)
		}
	}
	return panels
}

func exponent(b float64) string { return ", exponent " + strconv.FormatFloat(b, 'f', 2, 64) }

// growthPanel draws curves against the number of neurons, both axes
// logarithmic, which no panel of package plotting has.
type growthPanel struct {
	title, label string
	curves       []curve
}

type curve struct {
	name     string
	xy       plotter.XYs
	measured bool
}

func (p *growthPanel) add(name string, xy plotter.XYs, measured bool) {
	p.curves = append(p.curves, curve{name, xy, measured})
}

// Content implements plotting.Panel.
func (p growthPanel) Content() (plotting.Content, error) {
	c := plotting.Content{Title: p.title}
	x, y := [2]float64{math.Inf(1), 0}, [2]float64{math.Inf(1), 0}
	f := plotting.Frame{Height: 6}
	for i, k := range p.curves {
		for _, xy := range k.xy {
			x = [2]float64{min(x[0], xy.X), max(x[1], xy.X)}
			y = [2]float64{min(y[0], xy.Y), max(y[1], xy.Y)}
		}
		line, points, err := plotter.NewLinePoints(k.xy)
		if err != nil {
			return c, err
		}
		line.LineStyle = draw.LineStyle{Color: plotting.Color(i), Width: 1.2}
		points.GlyphStyle = draw.GlyphStyle{Color: plotting.Color(i), Radius: 2.4, Shape: disc}
		f.Marks = append(f.Marks, line)
		if k.measured {
			f.Marks = append(f.Marks, points)
		} else {
			line.LineStyle = draw.LineStyle{Color: grey, Width: 1, Dashes: []vg.Length{4, 2}}
		}
		c.Legend = append(c.Legend, plotting.LegendEntry{Name: k.name, Thumb: line})
	}
	if guide, ok := p.guide(); ok {
		f.Marks = append(f.Marks, guide)
		y[0] = min(y[0], guide.XYs[0].Y)
		c.Legend = append(c.Legend, plotting.LegendEntry{Name: "slope of N²", Thumb: guide})
	}
	f.X = plotting.Axis{Label: "neurons N", Min: x[0] / 1.15, Max: x[1] * 1.15, Log: true}
	for _, xy := range p.curves[0].xy {
		f.X.Ticks = append(f.X.Ticks, plot.Tick{Value: xy.X, Label: strconv.Itoa(int(xy.X))})
	}
	f.Y = plotting.Axis{Label: p.label, Min: y[0] / 1.5, Max: y[1] * 1.5, Log: true}
	c.Frames = []plotting.Frame{f}
	return c, nil
}

// guide is a line of slope 2 that ends in the highest of the measured curves;
// where a curve of known slope is drawn there is none.
func (p growthPanel) guide() (*plotter.Line, bool) {
	if slices.ContainsFunc(p.curves, func(k curve) bool { return !k.measured }) {
		return nil, false
	}
	var top plotter.XY
	for _, k := range p.curves {
		if last := k.xy[len(k.xy)-1]; last.Y > top.Y {
			top = last
		}
	}
	first := p.curves[0].xy[0].X
	line, err := plotter.NewLine(plotter.XYs{{X: first, Y: top.Y * (first / top.X) * (first / top.X)}, top})
	if err != nil {
		return nil, false
	}
	line.LineStyle = draw.LineStyle{Color: grey, Width: 1, Dashes: []vg.Length{4, 2}}
	return line, true
}
