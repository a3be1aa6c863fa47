package bench

import (
	"image/color"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/plotting"
)

// drawings writes the figures for which there is something to draw and returns
// their names.
func (r *Result) drawings(folder string) (drawn []string, err error) {
	for _, f := range []struct {
		name   string
		panels []plotting.Panel
	}{{"ratios", r.ratioPanels()}, {"growth", r.growthPanels()}} {
		var paths []string
		for _, ending := range []string{".png", ".svg", ".pdf"} {
			paths = append(paths, filepath.Join(folder, f.name+ending))
		}
		if len(f.panels) > 0 {
			if err := plotting.Figure(f.panels...).Columns(len(f.panels)).Save(paths...); err != nil {
				return nil, err
			}
			drawn = append(drawn, f.name)
			continue
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				return nil, err
			}
		}
	}
	return drawn, nil
}

var (
	grey = color.NRGBA{110, 110, 110, 255}
	disc = draw.CircleGlyph{}
)

// ratioPanels is one panel: each row's ratios, their median, and its bar.
func (r *Result) ratioPanels() []plotting.Panel {
	var rows []Row
	for _, row := range r.Rows {
		if row.Ratio != nil {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []plotting.Panel{ratioPanel(rows)}
}

// ratioPanel draws ratios, on a logarithmic axis, one row of the benchmark
// beside the other. plotting.Comparison has thresholds for all groups alike;
// here each has its own.
type ratioPanel []Row

// Content implements plotting.Panel.
func (p ratioPanel) Content() (plotting.Content, error) {
	c := plotting.Content{Title: "Times faster than the peer, single pairs and median"}
	f := plotting.Frame{Height: 6, X: plotting.Axis{Min: -0.5, Max: float64(len(p)) - 0.5}}
	lo, hi := 1.0, 1.0
	var pairs, medians, bars plotter.XYs
	for i, row := range p {
		x := float64(i)
		for k, ratio := range row.Ratios {
			shift := 0.0
			if n := len(row.Ratios); n > 1 {
				shift = 0.3 * (float64(k)/float64(n-1) - 0.5)
			}
			pairs = append(pairs, plotter.XY{X: x + shift, Y: ratio})
		}
		medians = append(medians, plotter.XY{X: x, Y: *row.Ratio})
		for _, b := range row.Bars {
			if b.What == "ratio" {
				bars = append(bars, plotter.XY{X: x, Y: b.Limit})
			}
		}
		f.X.Ticks = append(f.X.Ticks, plot.Tick{Value: x, Label: strings.ReplaceAll(row.Name, "-", " ") + "\n" + times(row.Ratio)})
	}
	for _, set := range []plotter.XYs{pairs, medians, bars} {
		for _, xy := range set {
			lo, hi = min(lo, xy.Y), max(hi, xy.Y)
		}
	}
	f.Y = plotting.Axis{Label: "peer's time / ours", Min: lo / 1.5, Max: hi * 1.5, Log: true}
	dots, err := plotter.NewScatter(pairs)
	if err != nil {
		return c, err
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: plotting.Color(0), Radius: 2.2, Shape: disc}
	even := &dashes{xy: plotter.XYs{{X: (f.X.Min + f.X.Max) / 2, Y: 1}}, half: (f.X.Max - f.X.Min) / 2, style: draw.LineStyle{Color: grey, Width: 0.6}}
	median := &dashes{xy: medians, half: 0.3, style: draw.LineStyle{Color: plotting.Color(0), Width: 2}}
	bar := &dashes{xy: bars, half: 0.4, style: draw.LineStyle{Color: plotting.Color(1), Width: 1.2, Dashes: []vg.Length{4, 2}}}
	f.Marks = []plot.Plotter{even, bar, median, dots}
	c.Legend = []plotting.LegendEntry{{Name: "pair", Thumb: dots}, {Name: "median", Thumb: median}, {Name: "bar", Thumb: bar}, {Name: "as fast as the peer", Thumb: even}}
	c.Frames = []plotting.Frame{f}
	return c, nil
}

// dashes are short horizontal lines around points.
type dashes struct {
	xy    plotter.XYs
	half  float64
	style draw.LineStyle
}

// Plot draws the lines where they are inside the axes.
func (d *dashes) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for _, xy := range d.xy {
		line := []vg.Point{{X: toX(xy.X - d.half), Y: toY(xy.Y)}, {X: toX(xy.X + d.half), Y: toY(xy.Y)}}
		c.StrokeLines(d.style, c.ClipLinesXY(line)...)
	}
}

// Thumbnail draws a sample.
func (d *dashes) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(d.style, c.Min.X, y, c.Max.X, y)
}
