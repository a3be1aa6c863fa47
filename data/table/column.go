package table

import (
	"fmt"
	"math"
	"strings"
)

// column is a column while it is read. As long as all its cells are missing it
// keeps them as texts.
type column struct {
	Column
	place, to int  // among the file's columns, among the table's
	is        what // missing: not known yet
	forced    bool // asked to be of texts

	first  string // a text above numbers
	line   int    // its line
	others int    // texts below the first
	some   int    // numbers below it
}

// The bytes that are counted for a number, a text, and a text that was not
// there before.
const (
	numberBytes = 8
	textBytes   = 16
	freshBytes  = 64
)

// add enters a cell.
func (d *decoder) add(c *column, cell []byte) error {
	x, is, err := parse(cell)
	if err != nil && c.is != text {
		return err
	}
	if is == missing {
		c.Missing++
	}
	switch {
	case c.is == missing && is == number:
		d.numbers(c)
	case c.is == missing && is == text:
		if decimalComma.Match(cell) {
			return commaError(cell)
		}
		c.is, c.first, c.line = text, string(cell), d.lines.number
		c.others = -1
	}
	if c.is != number {
		return d.addText(c, cell, is)
	}
	switch is {
	case missing:
		x = math.NaN()
	case text:
		return c.noNumber(cell)
	}
	c.Numbers = append(c.Numbers, x)
	d.held += numberBytes
	return nil
}

// noNumber is the error of a text in a column of numbers.
func (c *column) noNumber(cell []byte) error {
	if decimalComma.Match(cell) {
		return commaError(cell)
	}
	return fmt.Errorf("%q stands among numbers: make it one, leave the cell empty, or take the whole column as texts (Options.Texts)", shortened(string(cell)))
}

// numbers makes a column of missing cells one of numbers.
func (d *decoder) numbers(c *column) {
	c.is = number
	c.Numbers = make([]float64, len(c.Texts), max(len(c.Texts)+1, int(min(d.most, math.MaxInt32))))
	for i := range c.Numbers {
		c.Numbers[i] = math.NaN()
	}
	d.held += int64((numberBytes - textBytes) * len(c.Texts))
	c.Texts = nil
}

// addText enters a cell as a text.
func (d *decoder) addText(c *column, cell []byte, is what) error {
	switch is {
	case number:
		c.some++
	case text:
		c.others++
	}
	kept, known := d.texts[string(cell)]
	if !known {
		kept = strings.ToValidUTF8(string(cell), "�")
		d.texts[string(cell)] = kept
		d.held += freshBytes + int64(2*len(cell))
	}
	c.Texts = append(c.Texts, kept)
	d.held += textBytes
	return nil
}

// finish makes the last decision about a column.
func (d *decoder) finish(c *column) error {
	if c.is == missing && !c.forced {
		d.numbers(c)
	}
	if c.is == text && !c.forced && c.others == 0 && c.some > 0 {
		try := "if it is a name or a unit, let a header of one line stand above the numbers (Options.Header, Options.Skip)"
		if d.table.Named {
			try = "if it is a unit, put it into brackets behind the name in the header, or leave the lines above out (Options.Skip)"
		}
		return fmt.Errorf("line %d, column %d (%s): %q stands among numbers: %s", c.line, c.place+1, c.Name, shortened(c.first), try)
	}
	return nil
}
