package player

import (
	"errors"
	"fmt"
	"math"
)

// Scene is a box with paths in it, ready to be projected: where what is in the
// box is given in the box's coordinates (x, y and z from -Half to Half, the
// origin in its middle), and all else in pixels of 1/96 inch of the figure.
// Package plotting makes it, and draws from it too.
//
// Seen from an azimuth a and an elevation e a point p of the box is at
//
//	Middle + Scale (p·right, -p·up),  right = (-sin a, cos a, 0),  up = (-sin e cos a, -sin e sin a, cos e)
//
// and the nearer, the larger p·eye is, eye = (cos e cos a, cos e sin a, sin e).
type Scene struct {
	Azimuth   float64    `json:"azimuth"` // at first, in degrees
	Elevation float64    `json:"elevation"`
	Half      [3]float64 `json:"half"`
	Scale     float64    `json:"scale"`
	Middle    [2]float64 `json:"middle"`
	// Walls are the box's six sides: 2k is the side at the lower end of axis k,
	// 2k+1 that at the upper end.
	Walls [6][4][3]float64 `json:"walls"`
	// Edges say along which edges the axes are drawn: for an eye in octant o (bit
	// k set: on the lower side of axis k) a point on each; of the two for z the
	// one further to the left.
	Edges [8][4][3]float64 `json:"edges"`
	Axes  [3]SceneAxis     `json:"axes"`
	Paths []ScenePath      `json:"paths"`
	Style SceneStyle       `json:"style"`
}

// SceneAxis is an axis of the box.
type SceneAxis struct {
	Label SceneText   `json:"label"`
	Ticks []SceneTick `json:"ticks,omitempty"`
}

// SceneTick is a mark at a coordinate of the box.
type SceneTick struct {
	At    float64   `json:"at"`
	Label SceneText `json:"label"`
}

// SceneText is a line of text in runs of one size and height, such as the "s"
// and the raised "−1" of a unit.
type SceneText struct {
	Width float64    `json:"width"`
	Runs  []SceneRun `json:"runs"`
}

// SceneRun is a run of a text: its left end and its baseline, which lies Y above
// that of the text.
type SceneRun struct {
	Text string  `json:"text"`
	X    float64 `json:"x"`
	Y    float64 `json:"y,omitempty"`
	Size float64 `json:"size"`
	// Path are the letters as shapes, an SVG path from the left end of the
	// baseline, so that no font is needed.
	Path string `json:"path"`
}

// ScenePath is a path.
type ScenePath struct {
	Name string `json:"name,omitempty"`
	// Shades are its colours from far to near, as many as the style has Widths.
	Shades []string `json:"shades"`
	// Ends is the colour of the ring at its start and of the arrow at its end.
	Ends   string       `json:"ends"`
	Points [][3]float64 `json:"points"`
	// Shadow is the path on the box's floor, if it throws one.
	Shadow bool `json:"shadow,omitempty"`
}

// SceneStyle is what lines and words look like.
type SceneStyle struct {
	Ink         string     `json:"ink"`
	TickSize    float64    `json:"tickSize"`
	LabelSize   float64    `json:"labelSize"`
	AxisWidth   float64    `json:"axisWidth"`
	TickLength  float64    `json:"tickLength"`
	TickGap     float64    `json:"tickGap"`
	LabelGap    float64    `json:"labelGap"`
	Wall        string     `json:"wall"`
	WallEdge    string     `json:"wallEdge"`
	Shadow      string     `json:"shadow"`
	ShadowWidth float64    `json:"shadowWidth"`
	Widths      []float64  `json:"widths"`  // of paths, from far to near
	Ring        [2]float64 `json:"ring"`    // its outer and inner radius
	Arrow       [3]float64 `json:"arrow"`   // its length, half its width, how far it stands out
	Heading     float64    `json:"heading"` // the length over which the arrow's direction is taken
}

func (s *Scene) check() error {
	numbers := append(s.Half[:], s.Middle[0], s.Middle[1], s.Azimuth, s.Elevation, s.Scale)
	for _, v := range numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e6 {
			return fmt.Errorf("it has the number %g", v)
		}
	}
	if len(s.Paths) == 0 || len(s.Paths) > maxFrames || len(s.Style.Widths) == 0 {
		return errors.New("it has no paths, or too many")
	}
	for k, p := range s.Paths {
		if len(p.Points) == 0 || len(p.Shades) != len(s.Style.Widths) {
			return fmt.Errorf("path %d has %d points and %d shades for %d widths", k+1, len(p.Points), len(p.Shades), len(s.Style.Widths))
		}
	}
	return nil
}
