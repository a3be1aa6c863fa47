package plotting

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
)

// Mark is one thing that a frame shows: how it is drawn, what it is called, how
// it looks in the legend, and its numbers. A figure's legend, its JSON and its
// description are made of its marks alone.
type Mark struct {
	// Name says what the numbers are: "output, hand x". Without it they are
	// called as in the legend.
	Name string
	// Kind is what the mark is: "line", "points", "spikes".
	Kind string
	// Legend is the mark's text in the legend; without it there is no entry, and
	// none where a frame above in the same panel has the same.
	Legend string
	// Plot draws the mark on a canvas that covers the data area. It must keep
	// inside it by itself, as gonum's plotters do, and on a logarithmic axis hold
	// positive values only, or gonum panics. A mark without a Plot only stands in
	// the legend, or for numbers that another mark draws.
	Plot plot.Plotter
	// Thumb is the small picture in the legend; without it Plot draws that, too,
	// if it can, as gonum's plotters do.
	Thumb plot.Thumbnailer
	// Data are the numbers that the mark shows.
	Data Data
	// Layer is where the mark is drawn: marks of higher layers lie over those of
	// lower ones, and of one layer the later over the earlier.
	Layer int
}

// Data are the numbers of a mark in the units of the axes, slices of one length
// each. Those that a mark does not need are nil.
type Data struct {
	X, Y, Z []float64
	// Low and High are the ends of error bars and the edges of bands.
	Low, High []float64
	// ToX and ToY are the tips of arrows that start at X and Y, and the ends of
	// stretches of an axis.
	ToX, ToY []float64
}

// Layers of the package's own marks; lines and dots are on layer 0.
const (
	behindAll = -3 + iota // what is shaded
	guiding               // reference lines
	behind                // bands
)

// empty tells whether a mark has no numbers, as one that repeats another's.
func (d Data) empty() bool {
	return d.X == nil && d.Y == nil && d.Z == nil && d.Low == nil && d.High == nil && d.ToX == nil && d.ToY == nil
}

// check finds numbers that do not belong together.
func (d Data) check() error {
	n := -1
	for _, v := range [][]float64{d.X, d.Y, d.Z, d.Low, d.High, d.ToX, d.ToY} {
		if v == nil {
			continue
		}
		if n >= 0 && len(v) != n {
			return fmt.Errorf("slices of %d and of %d numbers: all of one mark must have one length", n, len(v))
		}
		n = len(v)
	}
	return nil
}

// called is what the mark's numbers are called.
func (m Mark) called() string { return or(m.Name, m.Legend) }

// thumb is the mark's picture in the legend, nil if it has none.
func (m Mark) thumb() plot.Thumbnailer {
	if m.Thumb != nil {
		return m.Thumb
	}
	t, _ := m.Plot.(plot.Thumbnailer)
	return t
}

// legend are the marks with an entry in the legend.
func (c Content) legend() (entries []Mark) {
	for _, f := range c.Frames {
		above := entries
		for _, m := range f.Marks {
			if m.Legend != "" && !slices.ContainsFunc(above, func(a Mark) bool { return a.Legend == m.Legend }) {
				entries = append(entries, m)
			}
		}
	}
	return entries
}

// ordered are the frame's marks from back to front.
func (f Frame) ordered() []Mark {
	return slices.SortedStableFunc(slices.Values(f.Marks), func(a, b Mark) int { return a.Layer - b.Layer })
}
