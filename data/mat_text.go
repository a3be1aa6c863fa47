package data

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
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
	if _, ok := a.units(); !ok {
		return fmt.Errorf("damaged: %d bytes of text of type %d do not make %s characters", len(e.data), e.kind, dimsString(a.dims))
	}
	return nil
}

// text is the characters of a char array in the file's order, as many as the
// array has elements.
//
// What the dimensions count depends on the writer: MATLAB counts UTF-16 code
// units, SciPy code points, Octave bytes of UTF-8. Which it was is found by
// counting all three; where two of them agree, so do the texts.
type text struct {
	units []rune // bytes, UTF-16 code units or code points
	join  func([]rune) string
}

// units decodes the characters; false when their number is wrong however they
// are counted.
func (a *Array) units() (text, bool) {
	n := a.Len()
	switch a.re.kind.size() {
	case 1:
		return byteText(a.re.raw, n)
	case 2:
		codes := make([]uint16, a.re.len())
		for i := range codes {
			codes[i] = a.re.order.Uint16(a.re.raw[2*i:])
		}
		if len(codes) == n {
			return text{widen(codes), joinUTF16}, true
		}
		return runeText(utf16.Decode(codes), n)
	}
	runes := make([]rune, a.re.len())
	for i := range runes {
		runes[i] = utf8.RuneError
		if code := a.re.code(i); code <= utf8.MaxRune {
			runes[i] = rune(code)
		}
	}
	return runeText(runes, n)
}

// byteText reads UTF-8, or, where it is not valid, the first 256 characters
// of Unicode, one a byte.
func byteText(raw []byte, n int) (text, bool) {
	switch {
	case len(raw) == n && utf8.Valid(raw):
		return text{widen(raw), joinBytes}, true
	case len(raw) == n:
		return text{widen(raw), joinRunes}, true
	}
	return runeText([]rune(string(raw)), n)
}

// runeText counts code points and UTF-16 code units.
func runeText(runes []rune, n int) (text, bool) {
	if len(runes) == n {
		return text{runes, joinRunes}, true
	}
	codes := utf16.Encode(runes)
	return text{widen(codes), joinUTF16}, len(codes) == n
}

func widen[T byte | uint16](codes []T) []rune {
	units := make([]rune, len(codes))
	for i, code := range codes {
		units[i] = rune(code)
	}
	return units
}

func joinRunes(units []rune) string { return string(units) }

func joinBytes(units []rune) string {
	raw := make([]byte, len(units))
	for i, unit := range units {
		raw[i] = byte(unit)
	}
	return string(raw)
}

func joinUTF16(units []rune) string {
	codes := make([]uint16, len(units))
	for i, unit := range units {
		codes[i] = uint16(unit)
	}
	return string(utf16.Decode(codes))
}

// code returns character code i of four- or eight-byte storage.
func (p part) code(i int) uint64 {
	if p.kind.size() == 4 {
		return uint64(p.order.Uint32(p.raw[4*i:]))
	}
	return p.order.Uint64(p.raw[8*i:])
}

// Text returns the text of a char array of one row; an empty array is the
// empty text. For several rows, see [Array.Texts].
func (a *Array) Text() (string, error) {
	if a.class != Char || a.Len() > 0 && (len(a.dims) != 2 || a.dims[0] != 1) {
		return "", a.wrongClass("a char array of one row")
	}
	t, _ := a.units()
	return t.join(t.units), nil
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
	t, _ := a.units()
	if len(t.units) == 0 {
		return nil
	}
	rows, columns := a.dims[0], a.dims[1]
	texts, row := make([]string, rows), make([]rune, columns)
	for r := range rows {
		for c := range columns {
			row[c] = t.units[c*rows+r]
		}
		texts[r] = strings.TrimRight(t.join(row), " ")
	}
	return texts
}
