package plotting

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"

	"github.com/spikewalk/spikewalk/internal/player"
)

// Still returns what a page needs to know of the figure beside its picture: its
// caption and its description.
func (d *Drawing) Still() (*player.Figure, error) {
	description, err := d.Description()
	if err != nil {
		return nil, err
	}
	return &player.Figure{Kind: player.Still, Caption: oneLine(d.caption), Alt: description}, nil
}

// drawingBytes is how large a figure's compressed drawing may become in a page.
// Beyond that (very many marks) its image is smaller and faster to show.
const drawingBytes = 150 << 10

// Frame returns the figure as one of those among which a page's controls choose,
// and its drawing, SVG with outlined text. A figure of very many marks comes as
// an image, and the drawing is "".
func (d *Drawing) Frame() (player.Frame, string, error) {
	f := player.Frame{}
	words, err := d.Still()
	if err != nil {
		return f, "", err
	}
	p, err := d.page()
	if err != nil {
		return f, "", err
	}
	drawing, err := p.outlined()
	if err != nil {
		return f, "", err
	}
	f.Width, f.Height, f.Alt = inPixels(p.width), inPixels(p.height), words.Alt
	if small := compact(string(drawing)); packedSize(small) <= drawingBytes {
		return f, small, nil
	}
	image, err := d.IndexedPNG()
	f.PNG = base64.StdEncoding.EncodeToString(image)
	return f, "", err
}

func packedSize(text string) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.Len()
}

// Turning returns the figure in the form in which a page shows it so that it
// can be turned: everything but the box as a drawing, and the box as data that
// the page projects. The figure must have one panel, made by [Space]. Long paths
// are thinned to 3000 points.
func (d *Drawing) Turning() (*player.Figure, error) {
	p, err := d.page()
	if err != nil {
		return nil, err
	}
	box, area := p.box()
	if box == nil || len(p.cells) > 1 {
		return nil, errors.New("plotting: only a figure of one panel can be turned, and that one must be made by Space")
	}
	f, err := d.Still()
	if err != nil {
		return nil, err
	}
	f.Kind, f.Scene = player.Turn, box.turning(area, p.height)
	p.cells[0].frames[0].frame.box = nil
	back, err := p.outlined()
	f.Pack([]player.Frame{{Width: inPixels(p.width), Height: inPixels(p.height)}}, []string{string(back)})
	return f, err
}

// box is the page's first box in three dimensions, and its room.
func (p *page) box() (*spaceBox, vg.Rectangle) {
	for _, c := range p.cells {
		for _, f := range c.frames {
			if f.frame.box != nil {
				return f.frame.box, f.data
			}
		}
	}
	return nil, vg.Rectangle{}
}

// inPixels is a length in pixels of 1/96 inch, to a hundredth.
func inPixels(x vg.Length) float64 { return math.Round(float64(x/vg.Inch)*96*100) / 100 }

// turning is the box as a page draws it, in an area of a page of a height.
func (b *spaceBox) turning(area vg.Rectangle, height vg.Length) *player.Scene {
	b.fixed = b.fitFromAnywhere(area)
	s := &player.Scene{
		Azimuth: b.scene.Azimuth, Elevation: b.scene.Elevation, Half: b.scene.Half,
		Scale:  inPixels(b.fixed.scale),
		Middle: [2]float64{inPixels(b.fixed.origin.X), inPixels(height - b.fixed.origin.Y)},
		Style:  sceneStyle(),
	}
	for k := range 3 {
		s.Walls[2*k], s.Walls[2*k+1] = b.scene.side(k, false), b.scene.side(k, true)
		axis := b.scene.Axes[k]
		s.Axes[k].Label = sceneText(labelStyle, axis.Label)
		for _, t := range axis.Ticks {
			s.Axes[k].Ticks = append(s.Axes[k].Ticks, player.SceneTick{At: t.At, Label: sceneText(tickStyle, t.Label)})
		}
	}
	for o := range s.Edges {
		eye := [3]float64{1, 1, 1}
		for k := range eye {
			if o>>k&1 == 1 {
				eye[k] = -1
			}
		}
		s.Edges[o] = b.scene.edges(eye)
	}
	for _, path := range b.scene.Paths {
		out := player.ScenePath{
			Name: path.Name, Ends: css(path.ends()), Points: thinned(path.Points), Shadow: len(b.scene.Paths) <= mostShadows,
		}
		for step := range depths {
			out.Shades = append(out.Shades, css(nearness(path.tone, (float64(step)+0.5)/depths).Color))
		}
		s.Paths = append(s.Paths, out)
	}
	return s
}

// fitFromAnywhere is the largest scale at which box and labels fit, in one
// place, from wherever they are seen.
func (b *spaceBox) fitFromAnywhere(area vg.Rectangle) *fixedFit {
	var items []spaceItem
	for azimuth := -180.0; azimuth < 180; azimuth += 10 {
		for elevation := -90.0; elevation <= 90; elevation += 10 {
			v := newView(azimuth, elevation)
			items = append(items, b.items(v, b.texts(v))...)
		}
	}
	return largest(items, area)
}

func sceneStyle() player.SceneStyle {
	s := player.SceneStyle{
		Ink:      css(ink),
		TickSize: inPixels(tickSize), LabelSize: inPixels(labelSize), AxisWidth: inPixels(axisWidth),
		TickLength: inPixels(tickLength), TickGap: inPixels(tickGap), LabelGap: inPixels(labelGap),
		Wall: css(wallColor), WallEdge: css(wallEdge.Color), Shadow: css(floorShadow.Color), ShadowWidth: inPixels(floorShadow.Width),
		Ring:    [2]float64{inPixels(ringOuter), inPixels(ringInner)},
		Arrow:   [3]float64{inPixels(headLength), inPixels(headHalf), inPixels(headForward)},
		Heading: inPixels(headingLength),
	}
	for step := range depths {
		s.Widths = append(s.Widths, inPixels(nearness(ink, (float64(step)+0.5)/depths).Width))
	}
	return s
}

// sceneText is a text as it is set: runs of plain characters in their places.
func sceneText(style textStyle, text string) player.SceneText {
	var c runCanvas
	style.draw(&c, vg.Point{}, 0, 0, text)
	return player.SceneText{Width: inPixels(style.width(text)), Runs: c.runs}
}

// runCanvas is a canvas that keeps what is written on it.
type runCanvas struct {
	recorder.Canvas
	runs []player.SceneRun
}

// FillString keeps a run.
func (c *runCanvas) FillString(f font.Face, pt vg.Point, text string) {
	c.runs = append(c.runs, player.SceneRun{
		Text: text, X: inPixels(pt.X), Y: inPixels(pt.Y), Size: inPixels(f.Font.Size), Path: letterPath(f, text),
	})
}

// letterPath draws a text at the origin, as an SVG path in pixels.
func letterPath(f font.Face, text string) string {
	var r recorder.Canvas
	fillOutlines(&r, f, vg.Point{}, text)
	var b strings.Builder
	var at vg.Point
	write := func(command string, points ...vg.Point) {
		b.WriteString(command)
		for i, p := range points {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%g %g", inPixels(at.X+p.X), 0-inPixels(at.Y+p.Y)) // 0-0 has no sign
		}
	}
	for _, a := range r.Actions {
		switch a := a.(type) {
		case *recorder.Translate:
			at = a.Point
		case *recorder.Fill:
			for _, c := range a.Path {
				switch c.Type {
				case vg.MoveComp:
					write("M", c.Pos)
				case vg.LineComp:
					write("L", c.Pos)
				case vg.CurveComp:
					write([]string{"", "Q", "C"}[len(c.Control)], append(slices.Clone(c.Control), c.Pos)...)
				case vg.CloseComp:
					write("Z")
				}
			}
		}
	}
	return b.String()
}

func css(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// turnSamples bounds how many points of one path are turned.
const turnSamples = 3000

// thinned leaves out points of a long path, and rounds to what can be seen: the
// box is some hundred pixels wide, and its coordinates run from -1 to 1.
func thinned(points [][3]float64) [][3]float64 {
	stride := (len(points) + turnSamples - 1) / turnSamples
	var out [][3]float64
	for i := 0; i < len(points); i += stride {
		out = append(out, coarse(points[i]))
	}
	if last := len(points) - 1; last%stride != 0 { // the end is marked, and must be there
		out = append(out, coarse(points[last]))
	}
	return out
}

func coarse(p [3]float64) [3]float64 {
	for k := range p {
		p[k] = math.Round(p[k]*1e4) / 1e4
	}
	return p
}
