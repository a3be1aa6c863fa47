package mat

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// maxBlanks is the most text that is made out of nothing.
const maxBlanks = 1 << 12

// char reads the characters of a char array and checks that they are as many
// as the dimensions say.
func (c *cursor) char(a *Array) error {
	e, err := c.next()
	if err != nil {
		return fmt.Errorf("the text: %w", err)
	}
	size := e.kind.size()
	if e.kind == miSingle || e.kind == miDouble || size == 0 || len(e.data)%size != 0 {
		return fmt.Errorf("damaged at byte %d of the variable: %d bytes of type %d where text belongs", e.at, len(e.data), e.kind)
	}
	a.re = part{kind: e.kind, order: c.order, raw: e.data}
	if n := a.Len(); len(e.data) == 0 && n > 0 && n <= maxBlanks {
		// MATLAB has been seen to leave out the bytes of blank text.
		a.re = part{kind: miUTF8, order: c.order, raw: bytes.Repeat([]byte(" "), n)}
	}
	if !a.counted() {
		return fmt.Errorf("damaged: %d bytes of text of type %d do not make %s characters", len(e.data), e.kind, dimsString(a.dims))
	}
	return nil
}

// counted tells whether a char array has as many characters as its dimensions
// say. What they count depends on the writer: MATLAB counts UTF-16 code units,
// SciPy code points, Octave bytes of UTF-8.
func (a *Array) counted() bool {
	n := a.Len()
	if a.re.len() == n {
		return true
	}
	points, units := 0, 0
	for r := range a.re.characters() {
		points++
		units += utf16.RuneLen(r)
	}
	return points == n || units == n
}

// Text returns the text of a char array of one row; an empty array is the
// empty text. For several rows, see [Array.Texts].
//
// MATLAB stores text as Unicode since version 7. Before, and with save -v6, it
// stores what the writer's machine had, and no file says what that is: such
// text is taken as UTF-8 if it is valid as that, else as Windows-1252, Latin-1
// with more signs. What is no character becomes U+FFFD.
func (a *Array) Text() (string, error) {
	if a.class != Char || a.Len() > 0 && (len(a.dims) != 2 || a.dims[0] != 1) {
		return "", a.wrongClass("a char array of one row")
	}
	return a.re.text(), nil
}

// Texts returns the rows of a char matrix without the blanks that pad them,
// or the texts of a cell array that holds nothing but texts (a "cellstr").
func (a *Array) Texts() ([]string, error) {
	const want = "a char matrix or a cell array of texts"
	switch {
	case a.class == Char && len(a.dims) == 2:
		return a.rows(), nil
	case a.class != Cell:
		return nil, a.wrongClass(want)
	}
	texts := make([]string, len(a.items))
	for i := range texts {
		item, err := a.Cell(i)
		if err != nil {
			return nil, err
		}
		if texts[i], err = item.Text(); err != nil {
			return nil, fmt.Errorf("%s is no cell array of texts: %w", a.name, err)
		}
	}
	return texts, nil
}

// rows gathers the rows of a char matrix, which the file holds column by
// column.
func (a *Array) rows() []string {
	n := a.Len()
	if n == 0 {
		return nil
	}
	texts := make([]string, a.dims[0])
	if a.re.len() == n { // every number has its place
		for r := range texts {
			texts[r] = a.re.every(a.dims[0], r).text()
		}
	} else if points := []rune(a.re.text()); len(points) == n {
		for r := range texts {
			texts[r] = string(every(points, a.dims[0], r))
		}
	} else {
		units := utf16.Encode(points)
		for r := range texts {
			texts[r] = string(utf16.Decode(every(units, a.dims[0], r)))
		}
	}
	for r := range texts {
		texts[r] = strings.TrimRight(texts[r], " ")
	}
	return texts
}

// every returns the elements from first on, each step beyond the other: a row
// of a matrix in MATLAB's order.
func every[T any](all []T, step, first int) []T {
	row := make([]T, 0, len(all)/step)
	for i := first; i < len(all); i += step {
		row = append(row, all[i])
	}
	return row
}

// every does the same for stored numbers.
func (p part) every(step, first int) part {
	size := p.kind.size()
	row := make([]byte, 0, len(p.raw)/step)
	for at := first * size; at < len(p.raw); at += step * size {
		row = append(row, p.raw[at:at+size]...)
	}
	return part{kind: p.kind, order: p.order, raw: row}
}
