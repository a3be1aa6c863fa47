package kernel

import "fmt"

// Panels is a matrix that a vector is multiplied with again and again: sums
// over its rows. Panels of [PanelWidth] columns follow one another, each stored
// by rows, so that a product reads memory from one end to the other while its
// sums stay in registers; the second level of cache then gives half as much
// again as for rows that are cut, up to twice as much. Columns are padded with
// zeros to whole blocks of eight.
type Panels[T Real] struct {
	rows, columns int
	data          []T
}

const (
	// PanelWidth columns are whole tiles of every level, and their sums leave
	// registers free at every level. Who shares a product should cut it
	// between panels.
	PanelWidth = 48
	panelBlock = 8
)

// NewPanels is a matrix of zeros.
func NewPanels[T Real](rows, columns int) *Panels[T] {
	if rows < 0 || columns < 0 {
		panic(fmt.Sprintf("kernel.NewPanels: %d x %d", rows, columns))
	}
	padded := (columns + panelBlock - 1) &^ (panelBlock - 1)
	return &Panels[T]{rows: rows, columns: columns, data: make([]T, rows*padded)}
}

// panel is panel q: its elements by rows, and the padded length of a row.
func (p *Panels[T]) panel(q int) (elements []T, width int) {
	first := q * PanelWidth
	width = min(PanelWidth, (p.columns-first+panelBlock-1)&^(panelBlock-1))
	return p.data[first*p.rows:][:width*p.rows], width
}

func (p *Panels[T]) element(row, column int) *T {
	if row < 0 || row >= p.rows || column < 0 || column >= p.columns {
		panic(fmt.Sprintf("kernel.Panels: element (%d, %d) of %d x %d", row, column, p.rows, p.columns))
	}
	elements, width := p.panel(column / PanelWidth)
	return &elements[row*width+column%PanelWidth]
}

// At is an element.
func (p *Panels[T]) At(row, column int) T { return *p.element(row, column) }

// Set changes an element.
func (p *Panels[T]) Set(row, column int, v T) { *p.element(row, column) = v }

// Elements are all elements, in an order of their own.
func (p *Panels[T]) Elements() []T { return p.data }

// SetRow sets a row to scale·v, v of as many elements as there are columns.
func (p *Panels[T]) SetRow(row int, scale float64, v []float64) {
	if row < 0 || row >= p.rows || len(v) != p.columns {
		panic(fmt.Sprintf("kernel.Panels.SetRow: row %d of %d elements in %d x %d", row, len(v), p.rows, p.columns))
	}
	for first := 0; first < len(v); first += PanelWidth {
		elements, width := p.panel(first / PanelWidth)
		to := elements[row*width:][:width]
		for i, x := range v[first:min(first+PanelWidth, len(v))] {
			to[i] = T(float64(scale * x))
		}
	}
}

// ClearRow sets a row to zero.
func (p *Panels[T]) ClearRow(row int) {
	for q := range panels(p.columns, PanelWidth) {
		elements, width := p.panel(q)
		clear(elements[row*width:][:width])
	}
}

// Mul sets dst to the product of c with columns from the given first one on,
// as many as dst is long, over the first len(c) rows: dst_i starts at +0 and
// takes, in order of j,
//
//	dst_i = fma(c_j, p_j,first+i, dst_i).
func (p *Panels[T]) Mul(dst []float64, first int, c []float64) {
	clear(dst)
	p.multiply("Mul", dst, first, c, false)
}

// Sub subtracts the same product: in order of j,
//
//	dst_i = fma(-c_j, p_j,first+i, dst_i).
func (p *Panels[T]) Sub(dst []float64, first int, c []float64) {
	p.multiply("Sub", dst, first, c, true)
}

// multiply calls the kernel for every panel that dst meets: with sums in dst
// where it covers the panel, else in a buffer.
func (p *Panels[T]) multiply(who string, dst []float64, first int, c []float64, subtract bool) {
	if first < 0 || len(dst) > p.columns-first || len(c) > p.rows {
		panic(fmt.Sprintf("kernel.Panels.%s: columns from %d on and rows from 0 on, %d and %d of them, of %d x %d", who, first, len(dst), len(c), p.rows, p.columns))
	}
	if len(c) == 0 {
		return
	}
	for len(dst) > 0 {
		q, skip := first/PanelWidth, first%PanelWidth
		elements, width := p.panel(q)
		n := min(len(dst), PanelWidth-skip)
		if n == width {
			onePanel(dst[:n], c, elements, subtract)
		} else {
			var sums [PanelWidth]float64
			copy(sums[skip:], dst[:n])
			onePanel(sums[:width], c, elements, subtract)
			copy(dst[:n], sums[skip:])
		}
		dst, first = dst[n:], first+n
	}
}

func onePanel[T Real](sums, c []float64, panel []T, subtract bool) {
	if subtract {
		subPanel(sums, c, panel)
	} else {
		mulPanel(sums, c, panel)
	}
}

func mulPanelGo[T Real](sums, c []float64, panel []T) { fmaRows(sums, c, panel, len(sums), 1) }
func subPanelGo[T Real](sums, c []float64, panel []T) { fmaRows(sums, c, panel, len(sums), -1) }
