package plotting

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// spikes are the marks of a raster: all ticks of a group are one path.
type spikes struct {
	times   []float64
	neurons []int
	group   []int // of each neuron; nil: all in the first
	colors  []color.NRGBA
}

// manySpikes is how many spikes an SVG holds as vectors: about 60 kB.
const manySpikes = 2000

// spikeTick is one tick in points: a rectangle of the raster's tick width
// about x from low to high.
type spikeTick struct {
	x, low, high vg.Length
	group        int
}

// Plot draws the spikes inside the data area.
func (s *spikes) Plot(c draw.Canvas, p *plot.Plot) {
	if len(s.times) > manySpikes && embed(c, p, s) {
		return
	}
	width := tickWidth(len(s.times))
	ticks := s.ticks(c, p, width)
	for g, clr := range s.colors {
		var path vg.Path
		for _, t := range ticks {
			if t.group == g {
				path.Move(vg.Point{X: t.x, Y: t.low})
				path.Line(vg.Point{X: t.x, Y: t.high})
			}
		}
		c.SetLineStyle(draw.LineStyle{Color: clr, Width: width})
		for piece := range slices.Chunk(path, s.piece(c, len(path))) {
			c.Stroke(piece)
		}
	}
}

// piece is how much of a path of n components is drawn at once: in images of
// busy rasters, whose ticks cover whole pixels, a little, since the
// rasteriser's time grows with the square of it; else all.
func (s *spikes) piece(c draw.Canvas, n int) int {
	if _, ok := c.Canvas.(*vgimg.Canvas); ok && len(s.times) > manySpikes {
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
		y := toY(float64(s.neurons[k]))
		if !c.ContainsX(at.x) || !c.ContainsY(y) {
			continue
		}
		at.low, at.high = max(y-half, c.Min.Y), min(y+half, c.Max.Y)
		if len(s.times) > manySpikes {
			// On whole pixels a busy raster is crisper, and its PNG a third of
			// the size: left edge, top and bottom.
			at.x = snap(at.x-width/2) + width/2
			at.low, at.high = snap(at.low), max(snap(at.high), snap(at.low)+pixel)
		}
		if s.group != nil {
			at.group = s.group[s.neurons[k]]
		}
		if len(s.times) > manySpikes {
			if seen[at] {
				continue // on the same pixels as another
			}
			seen[at] = true
		}
		out = append(out, at)
	}
	return out
}
