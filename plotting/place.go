package plotting

import (
	"gonum.org/v1/plot/vg"
)

// place sets the data areas of all cells: equally wide and flush in each
// column, flush in each row.
func (d *Drawing) place(p *page) error {
	rows := p.cells[len(p.cells)-1].row + 1
	lefts, width, err := d.placeColumns(p)
	if err != nil {
		return err
	}
	tops, heights, err := d.placeRows(p, rows)
	if err != nil {
		return err
	}
	for _, c := range p.cells {
		left, _ := p.column(c.column)
		last := c.column + c.span - 1
		lastLeft, _ := p.column(last)
		x0, x1 := snap(lefts[c.column]+left), snap(lefts[last]+lastLeft)
		c.x, c.y = lefts[c.column], tops[c.row]
		head, _ := p.row(c.row)
		c.stack(x0, snap(x1+width), tops[c.row]-head, heights[c.row])
		for _, f := range c.frames {
			f.left = left // y labels of a column stand on one line
		}
	}
	return nil
}

// column returns the largest rooms left and right of the data in a column.
func (p *page) column(k int) (left, right vg.Length) {
	for _, c := range p.cells {
		if c.column == k {
			left = max(left, c.left)
		}
		if c.column+c.span-1 == k {
			right = max(right, c.right)
		}
	}
	return left, right
}

// row returns the largest rooms above and below the data in a row.
func (p *page) row(k int) (top, bottom vg.Length) {
	for _, c := range p.cells {
		if c.row == k {
			top, bottom = max(top, c.top), max(bottom, c.bottom)
		}
	}
	return top, bottom
}

// placeColumns returns the left edge of each column and the width of the data
// areas, which is the same in all.
func (d *Drawing) placeColumns(p *page) (lefts []vg.Length, data vg.Length, err error) {
	columns := d.columnsFor(len(p.cells))
	free := p.width - 2*outerMargin - columnGap*vg.Length(columns-1)
	for k := range columns {
		left, right := p.column(k)
		free -= left + right
	}
	data = free / vg.Length(columns)
	if data < 2*minimumData {
		return nil, 0, errTooSmall("wide", p.width, p.width+vg.Length(columns)*(2*minimumData-data))
	}
	x := outerMargin
	for k := range columns {
		lefts = append(lefts, x)
		left, right := p.column(k)
		x += left + data + right + columnGap
	}
	return lefts, data, nil
}

// placeRows returns the top edge of each row and the height of its data part,
// and sets the height of the page.
func (d *Drawing) placeRows(p *page, rows int) (tops, data []vg.Length, err error) {
	fixed := p.headHeight() + outerMargin + rowGap*vg.Length(rows-1)
	var asked, least vg.Length
	data = make([]vg.Length, rows)
	for k := range rows {
		top, bottom := p.row(k)
		fixed += top + bottom
		for _, c := range p.cells {
			if c.row == k {
				data[k] = max(data[k], c.asks())
				least = max(least, minimumData*vg.Length(len(c.frames)))
			}
		}
		asked += data[k]
	}
	p.height = snap(fixed + asked)
	if d.height != nil {
		p.height = snap(cm(*d.height))
		stretch := (p.height - fixed) / asked
		if stretch*asked < least*vg.Length(rows) {
			return nil, nil, errTooSmall("high", p.height, fixed+least*vg.Length(rows))
		}
		for k := range data {
			data[k] *= stretch
		}
	}
	y := p.height - p.headHeight()
	for k := range rows {
		top, bottom := p.row(k)
		tops = append(tops, y)
		y -= top + data[k] + bottom + rowGap
	}
	return tops, data, nil
}

// headHeight is the height of the tag and the title of the figure.
func (p *page) headHeight() vg.Length {
	h := outerMargin
	if n := len(p.tag); n > 0 {
		h += tagStyle.height(n) + tagGap
	}
	if n := len(p.title); n > 0 {
		h += figureStyle.height(n) + rowGap
	}
	return h
}

// asks is the height of the cell's data part as its frames wish.
func (c *cell) asks() vg.Length {
	h := frameGap * vg.Length(len(c.frames)-1)
	for _, f := range c.frames {
		h += cm(f.frame.Height)
	}
	return h
}

// stack puts the frames on top of each other from y downwards, dividing the
// height as they ask for it.
func (c *cell) stack(x0, x1, y, height vg.Length) {
	gaps := frameGap * vg.Length(len(c.frames)-1)
	stretch := (height - gaps) / (c.asks() - gaps)
	for _, f := range c.frames {
		bottom := y - stretch*cm(f.frame.Height)
		f.data = vg.Rectangle{
			Min: vg.Point{X: x0, Y: snap(bottom)},
			Max: vg.Point{X: x1, Y: snap(y)},
		}
		y = bottom - frameGap
	}
}
