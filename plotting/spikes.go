package plotting

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// spikes are the mark of a raster, or of one group in it: all ticks are one
// path.
type spikes struct {
	times, units []float64
	total        int // of all groups
	color        color.NRGBA
}

// manySpikes is how many spikes an SVG holds as vectors: about 60 kB.
const manySpikes = 2000

func (s *spikes) crowded() bool { return s.total > manySpikes }

// spikeTick is one tick in points: a rectangle of the raster's tick width
// about x from low to high.
type spikeTick struct{ x, low, high vg.Length }

// Plot draws the spikes inside the data area.
func (s *spikes) Plot(c draw.Canvas, p *plot.Plot) {
	width := tickWidth(s.total)
	var path vg.Path
	for _, t := range s.ticks(c, p, width) {
		path.Move(vg.Point{X: t.x, Y: t.low})
		path.Line(vg.Point{X: t.x, Y: t.high})
	}
	c.SetLineStyle(draw.LineStyle{Color: s.color, Width: width})
	for piece := range slices.Chunk(path, s.piece(c, len(path))) {
		c.Stroke(piece)
	}
}

// piece is how much of a path of n components is drawn at once: in images of
// busy rasters, whose ticks cover whole pixels, a little, since the
// rasteriser's time grows with the square of it; else all.
func (s *spikes) piece(c draw.Canvas, n int) int {
	if _, ok := c.Canvas.(*vgimg.Canvas); ok && s.crowded() {
		return 512
	}
	return max(n, 1)
}

// tickWidth thins the ticks of busy rasters.
func tickWidth(n int) vg.Length {
	switch {
	case n <= 500:
		return 1
	case n <= 8000:
		return 2 * pixel
	}
	return pixel
}

// ticks places the spikes. A tick fills its neuron's row but for a gap, and
// is never shorter than a pixel and a half.
func (s *spikes) ticks(c draw.Canvas, p *plot.Plot, width vg.Length) []spikeTick {
	toX, toY := p.Transforms(&c)
	half := max(0.4*(toY(1)-toY(0)), 0.75*pixel)
	half = min(half, 5)
	var out []spikeTick
	seen := map[spikeTick]bool{}
	for k, t := range s.times {
		at := spikeTick{x: toX(t)}
		y := toY(s.units[k])
		if !c.ContainsX(at.x) || !c.ContainsY(y) {
			continue
		}
		at.low, at.high = max(y-half, c.Min.Y), min(y+half, c.Max.Y)
		if s.crowded() {
			// On whole pixels a busy raster is crisper, and its PNG a third of
			// the size: left edge, top and bottom.
			at.x = snap(at.x-width/2) + width/2
			at.low, at.high = snap(at.low), max(snap(at.high), snap(at.low)+pixel)
			if seen[at] {
				continue // on the same pixels as another
			}
			seen[at] = true
		}
		out = append(out, at)
	}
	return out
}
