package plotting

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fit is a view of a box at a place and a scale on the page.
type fit struct {
	view
	half   [3]float64
	scale  vg.Length
	origin vg.Point
}

// at is where a point of the box is on the page.
func (f fit) at(p [3]float64) vg.Point {
	x, y := f.flat(p)
	return vg.Point{X: f.origin.X + vg.Length(x)*f.scale, Y: f.origin.Y + vg.Length(y)*f.scale}
}

// fixedFit is a place and a scale on the page.
type fixedFit struct {
	scale  vg.Length
	origin vg.Point
}

// fit finds the largest scale at which box and labels fit into the canvas.
func (b *spaceBox) fit(v view, c draw.Canvas, texts []spaceText) fit {
	f := b.fixed
	if f == nil {
		f = largest(b.items(v, texts), c.Rectangle)
	}
	return fit{v, b.scene.Half, f.scale, f.origin}
}

// largest finds the largest scale at which all items fit, by bisection.
func largest(items []spaceItem, area vg.Rectangle) *fixedFit {
	low, high := vg.Length(1), max(area.Size().X, area.Size().Y)
	for range 40 {
		middle := (low + high) / 2
		if _, ok := room(items, area, middle); ok {
			low = middle
		} else {
			high = middle
		}
	}
	origin, _ := room(items, area, low)
	return &fixedFit{low, origin}
}

// hasRoom tells whether the labels leave any for a box in three dimensions.
func (f *frameBox) hasRoom() bool {
	b := f.frame.box
	if b == nil {
		return true
	}
	const least = vg.Length(15)
	v := newView(b.scene.Azimuth, b.scene.Elevation)
	_, ok := room(b.items(v, b.texts(v)), f.data, least)
	return ok
}

// spaceItem is something that needs room: from low to high, in x and in y,
// about a point of the box.
type spaceItem struct {
	at        [2]float64
	low, high [2]vg.Length
}

// items are the corners of the box and its labels.
func (b *spaceBox) items(v view, texts []spaceText) []spaceItem {
	var items []spaceItem
	for i := range 8 {
		var corner [3]float64
		for k := range corner {
			corner[k] = b.scene.Half[k] * float64(2*(i>>k&1)-1)
		}
		x, y := v.flat(corner)
		items = append(items, spaceItem{at: [2]float64{x, y}})
	}
	for _, t := range texts {
		x, y := v.flat(t.at)
		w := t.style.width(t.text)
		left, base := t.offset.X-t.anchor*w, t.offset.Y
		items = append(items, spaceItem{
			at:   [2]float64{x, y},
			low:  [2]vg.Length{left, base - 0.25*t.style.size},
			high: [2]vg.Length{left + w, base + 0.8*t.style.size},
		})
	}
	return items
}

// room tells whether all items fit at a scale, and where the box's middle must
// be: each item asks for origin + scale at + [low, high] within the canvas.
func room(items []spaceItem, canvas vg.Rectangle, scale vg.Length) (origin vg.Point, ok bool) {
	var middle [2]vg.Length
	ok = true
	for d, side := range [][2]vg.Length{{canvas.Min.X, canvas.Max.X}, {canvas.Min.Y, canvas.Max.Y}} {
		low, high := vg.Length(math.Inf(-1)), vg.Length(math.Inf(1))
		for _, it := range items {
			low = max(low, side[0]-scale*vg.Length(it.at[d])-it.low[d])
			high = min(high, side[1]-scale*vg.Length(it.at[d])-it.high[d])
		}
		middle[d] = (low + high) / 2
		ok = ok && low <= high
	}
	return vg.Point{X: middle[0], Y: middle[1]}, ok
}
