package plotting

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// stroke draws a line clipped to the canvas. In images it draws a line that
// crosses the canvas many times over piece by piece: the rasteriser's time
// grows with the square of the edges that cross a row of pixels, and a noisy
// trace would take it 20 s at once.
func stroke(c draw.Canvas, style draw.LineStyle, line []vg.Point) {
	lines := c.ClipLinesXY(line)
	if _, ok := c.Canvas.(*vgimg.Canvas); !ok {
		c.StrokeLines(style, lines...)
		return
	}
	const piece = 16
	for _, l := range lines {
		if pathLength(l) < 8*c.Size().X {
			c.StrokeLines(style, l)
			continue
		}
		for begin := 0; begin < len(l)-1; begin += piece {
			// One segment more than its share closes the joint.
			end := min(begin+piece+2, len(l))
			c.StrokeLines(style, l[begin:end])
			if len(style.Dashes) > 0 {
				style.DashOffs += pathLength(l[begin:min(begin+piece+1, len(l))])
			}
		}
	}
}

func pathLength(l []vg.Point) vg.Length {
	var sum float64
	for i := 1; i < len(l); i++ {
		d := l[i].Sub(l[i-1])
		sum += math.Hypot(float64(d.X), float64(d.Y))
	}
	return vg.Length(sum)
}

// decimate keeps, of all points that fall into one pixel column, the first,
// the lowest, the highest and the last. A line drawn through these covers the
// same pixels as one drawn through all (Jugel et al., M4: a visualization-
// oriented time series data aggregation, PVLDB 7(10), 2014), and its length is
// bounded by the width of the figure, not by the number of samples.
func decimate(points []vg.Point) []vg.Point {
	var out []vg.Point
	column := func(i int) int { return int(points[i].X / pixel) }
	for begin := 0; begin < len(points); {
		low, high, end := begin, begin, begin+1
		for ; end < len(points) && column(end) == column(begin); end++ {
			if points[end].Y < points[low].Y {
				low = end
			}
			if points[end].Y > points[high].Y {
				high = end
			}
		}
		last := -1
		for _, i := range [...]int{begin, min(low, high), max(low, high), end - 1} {
			if i > last {
				out, last = append(out, points[i]), i
			}
		}
		begin = end
	}
	return out
}

// thin leaves out points closer than half a pixel to the last one kept. It is
// for paths, whose x does not ascend.
func thin(points []vg.Point) []vg.Point {
	var out []vg.Point
	for i, pt := range points {
		if last := len(out) - 1; i > 0 && i < len(points)-1 {
			d := pt.Sub(out[last])
			if d.Dot(d) < pixel*pixel/4 {
				continue
			}
		}
		out = append(out, pt)
	}
	return out
}
