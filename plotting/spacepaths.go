package plotting

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// view is a parallel projection: a point of the box goes to the right and up
// on the page by the products with right and up, and is nearer to the eye by
// that with eye.
type view struct{ right, up, eye [3]float64 }

func newView(azimuth, elevation float64) view {
	sa, ca := math.Sincos(azimuth * math.Pi / 180)
	se, ce := math.Sincos(elevation * math.Pi / 180)
	return view{
		right: [3]float64{-sa, ca, 0},
		up:    [3]float64{-se * ca, -se * sa, ce},
		eye:   [3]float64{ce * ca, ce * sa, se},
	}
}

func dot3(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// flat are the coordinates of a point on the page, in units of the box.
func (v view) flat(p [3]float64) (x, y float64) { return dot3(p, v.right), dot3(p, v.up) }

// spacePiece is a part of a path that lies at one depth.
type spacePiece struct {
	depth  float64
	points []vg.Point
	style  draw.LineStyle
}

// spacePaths draws the trajectories of a scene, fitted to the page.
type spacePaths struct {
	fit
	paths []spacePath
}

func (s *spacePaths) crowded() bool {
	n := 0
	for _, path := range s.paths {
		n += len(path.Points)
	}
	return n > manyPoints
}

// Plot draws the shadows, then the paths from far to near, then their starts
// and ends.
func (s *spacePaths) Plot(c draw.Canvas, _ *plot.Plot) {
	s.shadows(c)
	var pieces []spacePiece
	for _, path := range s.paths {
		pieces = append(pieces, s.pieces(path)...)
	}
	slices.SortStableFunc(pieces, func(a, b spacePiece) int { return cmp.Compare(a.depth, b.depth) })
	for _, piece := range pieces {
		stroke(c, piece.style, piece.points)
	}
	for _, path := range s.paths {
		points := s.points(path.Points)
		if dx, dy, ok := heading(points); ok {
			arrowHead(c, path.ends(), points[len(points)-1], dx, dy)
		}
		(&ring{color: path.ends()}).at(&c, points[0])
	}
}

// ends is the colour of the path's ring and arrow.
func (p spacePath) ends() color.NRGBA { return shade(p.tone, 0.8) }

// floorShadow is the line of a path's shadow.
var floorShadow = draw.LineStyle{Color: tint(grey, 0.55), Width: thinWidth}

// mostShadows is how many paths have shadows; those of more could not be told
// apart.
const mostShadows = 3

// shadows draws the paths on the floor, as light from above would.
func (s *spacePaths) shadows(c draw.Canvas) {
	if len(s.paths) > mostShadows {
		return
	}
	for _, path := range s.paths {
		floor := slices.Clone(path.Points)
		for i := range floor {
			floor[i][2] = -s.half[2]
		}
		stroke(c, floorShadow, thin(s.points(floor)))
	}
}

func (s *spacePaths) points(path [][3]float64) []vg.Point {
	out := make([]vg.Point, len(path))
	for i, p := range path {
		out[i] = s.at(p)
	}
	return out
}

// depths is how many steps of width and shade there are from far to near.
const depths = 16

// pieces cuts a path where it passes from one step of depth to the next.
func (s *spacePaths) pieces(path spacePath) []spacePiece {
	reach := math.Abs(s.eye[0])*s.half[0] + math.Abs(s.eye[1])*s.half[1] + math.Abs(s.eye[2])*s.half[2]
	step := func(i int) int {
		t := (dot3(path.Points[i], s.eye)/reach + 1) / 2
		return min(max(int(t*depths), 0), depths-1)
	}
	points := s.points(path.Points)
	var out []spacePiece
	for begin := 0; begin < len(points)-1; {
		end := begin + 1
		for end < len(points)-1 && step(end) == step(begin) && end-begin < 200 {
			end++
		}
		// One sample more than its share, so that no seam shows between pieces.
		last := min(end+1, len(points)-1)
		style := nearness(path.tone, (float64(step(begin))+0.5)/depths)
		out = append(out, spacePiece{dot3(path.Points[(begin+end)/2], s.eye), thin(points[begin : last+1]), style})
		begin = end
	}
	return out
}
