package table

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxColumns is the most cells of a row that are read.
const maxColumns = 100_000

// what a cell is.
type what int

const (
	missing what = iota
	number
	text
)

// spellings of a number that is missing, in lower case.
var spellings = map[string]bool{"": true, "nan": true, "+nan": true, "-nan": true, "na": true, "n/a": true, "#n/a": true, "null": true}

// parse tells what a cell is, and its number.
func parse(cell []byte) (x float64, is what, err error) {
	const longest = 1200 // a number with all its digits
	if len(cell) > longest {
		return 0, text, nil
	}
	if len(cell) > 0 && plain(cell) {
		x, err := strconv.ParseFloat(string(cell), 64)
		if err == nil {
			return x, number, nil
		}
		if strings.Contains(err.Error(), "range") {
			return 0, text, fmt.Errorf("%s is beyond the largest number, 1.8e308", cell)
		}
		return 0, text, nil
	}
	switch lower := strings.ToLower(string(cell)); {
	case spellings[lower]:
		return 0, missing, nil
	case strings.Trim(lower, "+-") == "inf", strings.Trim(lower, "+-") == "infinity":
		if x, err := strconv.ParseFloat(lower, 64); err == nil {
			return x, number, nil
		}
	}
	return 0, text, nil
}

// plain tells whether a cell has only characters of decimal numbers.
func plain(cell []byte) bool {
	for _, c := range cell {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}

// decimalComma is a number with a comma for its decimal mark.
var decimalComma = regexp.MustCompile(`^[+-]?(\d{1,3}([. ]\d{3})+|\d*),\d+([eE][+-]?\d+)?$`)

// separatorOf is what stands between the cells of a row, by the rule of the
// package documentation. Quoted text does not count.
func separatorOf(line []byte) rune {
	bare, quoted := make([]byte, 0, len(line)), false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			bare = append(bare, c)
		}
	}
	for _, separator := range "\t;," {
		if bytes.ContainsRune(bytes.Trim(bare, " "), separator) {
			return separator
		}
	}
	return ' '
}

// errOpen says that a quoted cell goes on in the next line.
var errOpen = errors.New("the quote is not closed")

// split cuts a line into cells, which are parts of the line except where
// quotes are doubled. It appends them to cells.
func split(line []byte, separator rune, cells [][]byte) ([][]byte, error) {
	blanks := separator == ' '
	width := utf8.RuneLen(separator)
	for {
		for len(line) > 0 && line[0] == ' ' {
			line = line[1:]
		}
		if blanks {
			line = bytes.Trim(line, " \t")
			if len(line) == 0 {
				return cells, nil
			}
		}
		if len(cells) >= maxColumns {
			return cells, fmt.Errorf("has more than %d cells", maxColumns)
		}
		var cell []byte
		var err error
		if cell, line, err = cellOf(line, separator, blanks); err != nil {
			return cells, err
		}
		cells = append(cells, cell)
		if line == nil {
			return cells, nil
		}
		line = line[width:]
	}
}

// cellOf takes the first cell off a line. What is left begins with the separator; it is
// nil at the end of the line.
func cellOf(line []byte, separator rune, blanks bool) (cell, rest []byte, err error) {
	if len(line) == 0 || line[0] != '"' {
		end := bytes.IndexRune(line, separator)
		if blanks {
			if end = bytes.IndexAny(line, " \t"); end < 0 {
				return line, nil, nil
			}
		}
		if end < 0 {
			return trimmed(line), nil, nil
		}
		return trimmed(line[:end]), line[end:], nil
	}
	for at := 1; ; at++ {
		next := bytes.IndexByte(line[at:], '"')
		if next < 0 {
			return nil, nil, errOpen
		}
		at += next
		if at+1 < len(line) && line[at+1] == '"' {
			at++
			continue
		}
		cell = bytes.ReplaceAll(line[1:at], []byte(`""`), []byte(`"`))
		rest = line[at+1:]
		break
	}
	if !blanks {
		rest = bytes.TrimLeft(rest, " ")
	}
	switch {
	case len(rest) == 0:
		return trimmed(cell), nil, nil
	case bytes.HasPrefix(rest, []byte(string(separator))), blanks && rest[0] == '\t':
		return trimmed(cell), rest, nil
	}
	return nil, nil, fmt.Errorf("has text behind the quote that closes a cell: %q", shortened(string(rest)))
}

// trimmed is bytes.Trim of blanks and tabs, at a third of its time.
func trimmed(cell []byte) []byte {
	for len(cell) > 0 && (cell[0] == ' ' || cell[0] == '\t') {
		cell = cell[1:]
	}
	for n := len(cell); n > 0 && (cell[n-1] == ' ' || cell[n-1] == '\t'); n-- {
		cell = cell[:n-1]
	}
	return cell
}

// bracketed is a name with its unit in brackets.
var bracketed = regexp.MustCompile(`^(.*\S)\s*(?:\(([^()\[\]]+)\)|\[([^()\[\]]+)\])$`)

// columnsOf makes columns of a header's cells, nil where there is no header.
func columnsOf(cells [][]byte, named bool) []Column {
	columns := make([]Column, len(cells))
	seen := make(map[string]int, len(cells))
	for i, cell := range cells {
		c := &columns[i]
		if c.Name = fmt.Sprint("column", i+1); named && len(cell) > 0 {
			c.Name = strings.ToValidUTF8(string(cell), "�")
			if m := bracketed.FindStringSubmatch(c.Name); m != nil {
				c.Name, c.Unit = m[1], strings.TrimSpace(m[2]+m[3])
			}
		}
		seen[c.Name]++
	}
	for i := range columns {
		// "x (left)" and "x (right)" are two names.
		if c := &columns[i]; seen[c.Name] > 1 && c.Unit != "" {
			c.Name = string(cells[i])
		}
	}
	return columns
}
