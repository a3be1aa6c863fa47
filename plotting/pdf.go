package plotting

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdfCanvas draws to a PDF. gonum's vgpdf, on the same library, is not used:
// it refuses bold Liberation, writes UTF-8 as if it were Windows-1252 (no
// Greek, no minus sign), draws images upside down, mitres the joins of noisy
// lines, dates the document, and orders fonts at random.
type pdfCanvas struct {
	doc   *fpdf.Fpdf
	w, h  vg.Length
	state pdfState
	stack []pdfState
	fonts map[string]bool
	image int
}

// pdfState is what Push keeps. The matrix maps a point (x, y) to
// (xx x + xy y + x0, yx x + yy y + y0), in points from the lower left.
type pdfState struct {
	xx, xy, x0 float64
	yx, yy, y0 float64
	color      color.Color
	width      vg.Length
	dashes     []vg.Length
	offset     vg.Length
}

func newPDFCanvas(w, h vg.Length) *pdfCanvas {
	doc := fpdf.NewCustom(&fpdf.InitType{
		UnitStr: "pt",
		Size:    fpdf.SizeType{Wd: w.Points(), Ht: h.Points()},
	})
	doc.SetCatalogSort(true)
	epoch := time.Unix(0, 0).UTC()
	doc.SetCreationDate(epoch)
	doc.SetModificationDate(epoch)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	c := &pdfCanvas{doc: doc, w: w, h: h, fonts: map[string]bool{}}
	c.state.xx, c.state.yy = 1, 1
	vg.Initialize(c)
	return c
}

func (c *pdfCanvas) Size() (w, h vg.Length)                  { return c.w, c.h }
func (c *pdfCanvas) SetLineWidth(w vg.Length)                { c.state.width = w }
func (c *pdfCanvas) SetLineDash(d []vg.Length, at vg.Length) { c.state.dashes, c.state.offset = d, at }
func (c *pdfCanvas) SetColor(clr color.Color)                { c.state.color = clr }
func (c *pdfCanvas) Push()                                   { c.stack = append(c.stack, c.state) }

func (c *pdfCanvas) Pop() {
	last := len(c.stack) - 1
	c.state, c.stack = c.stack[last], c.stack[:last]
}

func (c *pdfCanvas) Rotate(angle float64) {
	sin, cos := math.Sincos(angle)
	s := c.state
	c.state.xx, c.state.xy = s.xx*cos+s.xy*sin, s.xy*cos-s.xx*sin
	c.state.yx, c.state.yy = s.yx*cos+s.yy*sin, s.yy*cos-s.yx*sin
}

func (c *pdfCanvas) Translate(pt vg.Point) {
	x, y := pt.X.Points(), pt.Y.Points()
	s := &c.state
	s.x0, s.y0 = s.xx*x+s.xy*y+s.x0, s.yx*x+s.yy*y+s.y0
}

func (c *pdfCanvas) Scale(x, y float64) {
	s := &c.state
	s.xx, s.xy, s.yx, s.yy = s.xx*x, s.xy*y, s.yx*x, s.yy*y
}

// at maps a point of the drawing to one of the document, whose y runs down.
func (c *pdfCanvas) at(pt vg.Point) (x, y float64) {
	px, py := pt.X.Points(), pt.Y.Points()
	s := c.state
	return s.xx*px + s.xy*py + s.x0, c.h.Points() - (s.yx*px + s.yy*py + s.y0)
}

// grown is the factor by which the matrix enlarges lengths.
func (c *pdfCanvas) grown() float64 {
	s := c.state
	return math.Sqrt(math.Abs(s.xx*s.yy - s.xy*s.yx))
}

func (c *pdfCanvas) Stroke(p vg.Path) {
	if c.state.width <= 0 {
		return
	}
	r, g, b := c.opaque()
	c.doc.SetDrawColor(r, g, b)
	c.doc.SetLineWidth(c.state.width.Points() * c.grown())
	dashes := make([]float64, len(c.state.dashes))
	for i, d := range c.state.dashes {
		dashes[i] = d.Points() * c.grown()
	}
	c.doc.SetDashPattern(dashes, c.state.offset.Points()*c.grown())
	c.path(p)
	c.doc.DrawPath("D")
}

func (c *pdfCanvas) Fill(p vg.Path) {
	r, g, b := c.opaque()
	c.doc.SetFillColor(r, g, b)
	c.path(p)
	c.doc.DrawPath("F")
}

// opaque sets the transparency and returns the colour without it.
func (c *pdfCanvas) opaque() (r, g, b int) {
	clr := c.state.color
	if clr == nil {
		clr = color.Black
	}
	n := color.NRGBAModel.Convert(clr).(color.NRGBA)
	c.doc.SetAlpha(float64(n.A)/0xff, "Normal")
	return int(n.R), int(n.G), int(n.B)
}

func (c *pdfCanvas) path(p vg.Path) {
	for _, comp := range p {
		x, y := c.at(comp.Pos)
		switch comp.Type {
		case vg.MoveComp:
			c.doc.MoveTo(x, y)
		case vg.LineComp:
			c.doc.LineTo(x, y)
		case vg.ArcComp:
			c.arc(comp)
		case vg.CurveComp:
			x1, y1 := c.at(comp.Control[0])
			if len(comp.Control) == 1 {
				c.doc.CurveTo(x1, y1, x, y)
				continue
			}
			x2, y2 := c.at(comp.Control[1])
			c.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
}

// arc approximates an arc by cubic curves of at most a quarter turn each, with
// control points at 4/3 tan(θ/4) radii along the tangents.
func (c *pdfCanvas) arc(a vg.PathComp) {
	n := int(math.Ceil(math.Abs(a.Angle) / (math.Pi / 2)))
	if n == 0 {
		return
	}
	theta := a.Angle / float64(n)
	k := 4.0 / 3 * math.Tan(theta/4)
	on := func(angle, tangent float64) (x, y float64) {
		sin, cos := math.Sincos(angle)
		return c.at(vg.Point{
			X: a.Pos.X + a.Radius*vg.Length(cos-tangent*sin),
			Y: a.Pos.Y + a.Radius*vg.Length(sin+tangent*cos),
		})
	}
	c.doc.LineTo(on(a.Start, 0))
	for i := range n {
		from := a.Start + float64(i)*theta
		x1, y1 := on(from, k)
		x2, y2 := on(from+theta, -k)
		x, y := on(from+theta, 0)
		c.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
	}
}

// FillString draws text in an embedded subset of the font. Characters beyond
// U+FFFF, which fpdf's fonts cannot hold, are drawn as shapes.
func (c *pdfCanvas) FillString(f font.Face, pt vg.Point, text string) {
	if strings.ContainsFunc(text, func(r rune) bool { return r > 0xffff }) {
		fillOutlines(c, f, pt, text)
		return
	}
	name := f.Name()
	if !c.fonts[name] {
		var ttf bytes.Buffer
		if _, err := f.Face.WriteSourceTo(nil, &ttf); err != nil {
			c.doc.SetError(fmt.Errorf("reading font %s: %w", name, err))
			return
		}
		c.doc.AddUTF8FontFromBytes(name, "", ttf.Bytes())
		c.fonts[name] = true
	}
	r, g, b := c.opaque()
	c.doc.SetTextColor(r, g, b)
	c.doc.SetFont(name, "", f.Font.Size.Points()*c.grown())
	x, y := c.at(pt)
	c.doc.TransformBegin()
	c.doc.TransformRotate(math.Atan2(c.state.yx, c.state.xx)*180/math.Pi, x, y)
	c.doc.Text(x, y, text)
	c.doc.TransformEnd()
}

// DrawImage draws an upright image into an unrotated rectangle.
func (c *pdfCanvas) DrawImage(r vg.Rectangle, img image.Image) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		c.doc.SetError(fmt.Errorf("embedding an image: %w", err))
		return
	}
	c.image++
	name := fmt.Sprintf("image%03d", c.image)
	options := fpdf.ImageOptions{ImageType: "png"}
	c.doc.RegisterImageOptionsReader(name, options, &b)
	x, y := c.at(vg.Point{X: r.Min.X, Y: r.Max.Y})
	size := r.Size()
	c.doc.ImageOptions(name, x, y, size.X.Points()*c.grown(), size.Y.Points()*c.grown(), false, options, 0, "")
}

func (c *pdfCanvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := c.doc.Output(&b); err != nil {
		return nil, fmt.Errorf("plotting: encoding PDF: %w", err)
	}
	return b.Bytes(), nil
}
