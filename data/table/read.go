package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spikewalk/spikewalk/internal/regular"
	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Open reads a file. Errors name it, with the line and the column where
// something is wrong.
func Open(path string, o Options) (*Table, error) {
	f, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := Decode(f, size, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

// Decode reads the size bytes of r, as [Open] does a file.
func Decode(r io.ReaderAt, size int64, o Options) (*Table, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("there is nothing to read from: the reader is nil")
	}
	if size <= 0 {
		return nil, errors.New("an empty file is no table: a copy or a download that broke off leaves such a file; get it again")
	}
	from, err := afterMark(r)
	if err != nil {
		return nil, err
	}
	rows, err := count(r, size)
	if err != nil {
		return nil, err
	}
	d := &decoder{Options: o, size: size, lines: newLines(io.NewSectionReader(r, from, size-from)), most: rows, table: new(Table)}
	for range o.Skip {
		if _, err := d.lines.next(); err != nil {
			return nil, fmt.Errorf("the file ends within the %d lines to skip", o.Skip)
		}
	}
	if o.Skip == 0 {
		if err := d.openSim(r, from, size); err != nil {
			return nil, err
		}
	}
	if err := d.read(); err != nil {
		return nil, err
	}
	return d.table, nil
}

// afterMark is where the text begins, behind a byte order mark.
func afterMark(r io.ReaderAt) (int64, error) {
	head := make([]byte, 3)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	switch head = head[:n]; {
	case string(head) == "\xef\xbb\xbf":
		return 3, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return 0, errors.New("a text in UTF-16 is not read: save it as UTF-8, in Excel as \"CSV UTF-8\"")
	}
	return 0, nil
}

// decoder reads one table.
type decoder struct {
	Options
	size    int64 // of the file
	lines   *lines
	most    int64 // rows that there can be
	table   *Table
	opensim bool

	separator rune
	cells     [][]byte
	first     int // line of the first row or header
	width     int // cells of each row
	columns   []*column
	held      int64 // bytes of memory
	texts     map[string]string
}

// read reads the header and the rows.
func (d *decoder) read() error {
	err := d.record()
	if errors.Is(err, io.EOF) {
		return errors.New("the file has no row: all its lines are empty or comments")
	}
	if err != nil {
		return err
	}
	if fields := bytes.Fields(d.lines.line); d.separator == ',' && len(fields) > 1 && allDecimal(fields) {
		return fmt.Errorf("line %d: %w", d.lines.number, commaError(fields[0]))
	}
	d.first, d.width = d.lines.number, len(d.cells)
	d.table.Named = d.isHeader()
	if err := d.begin(); err != nil {
		return err
	}
	if d.table.Named {
		err = d.record()
	}
	for ; err == nil; err = d.record() {
		if err := d.row(); err != nil {
			return err
		}
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	return d.end()
}

// record reads the cells of the next line that is not empty and no comment.
func (d *decoder) record() error {
	for {
		line, err := d.lines.next()
		if err != nil {
			return err
		}
		blank := " \t\f\v"
		if d.separator == '\t' && !d.opensim {
			blank = " " // tabs alone are a row of empty cells
		}
		if bare := bytes.Trim(line, blank); len(bare) == 0 || !d.opensim && bytes.HasPrefix(bare, []byte(d.comment())) {
			continue
		}
		if d.opensim {
			line = bytes.TrimRight(line, "\t ")
		}
		if d.separator == 0 {
			if d.separator = d.Separator; d.separator == 0 {
				d.separator = separatorOf(line)
			}
		}
		return d.split(line)
	}
}

// split cuts a line, and those that follow while a quote is open.
func (d *decoder) split(line []byte) (err error) {
	start := d.lines.number
	for {
		d.cells, err = split(line, d.separator, d.cells[:0])
		if !errors.Is(err, errOpen) {
			break
		}
		d.lines.line = append(line, '\n')
		if line, err = d.lines.more(); errors.Is(err, io.EOF) {
			return fmt.Errorf("line %d opens a quote that is never closed", start)
		} else if err != nil {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("line %d %w", start, err)
	}
	return nil
}

// isHeader tells whether the first row names the columns.
func (d *decoder) isHeader() bool {
	switch {
	case d.opensim || d.Options.Header == FirstRow:
		return true
	case d.Options.Header == NoHeader:
		return false
	}
	texts := 0
	for _, cell := range d.cells {
		switch _, is, err := parse(cell); {
		case is == number || is == missing && len(cell) > 0 || err != nil || decimalComma.Match(cell):
			return false
		case is == text:
			texts++
		}
	}
	return texts > 0
}

// begin makes the columns and chooses those that are asked for.
func (d *decoder) begin() error {
	all := columnsOf(d.cells, d.table.Named)
	d.texts = make(map[string]string)
	d.columns = make([]*column, len(all))
	kept := make([]*column, 0, len(all))
	if d.Options.Columns == nil {
		for i, c := range all {
			d.columns[i] = &column{Column: c, place: i}
			kept = append(kept, d.columns[i])
		}
	}
	for _, name := range d.Options.Columns {
		i, err := find(name, all)
		if err != nil {
			return err
		}
		if d.columns[i] != nil {
			return fmt.Errorf("column %q is asked for twice", name)
		}
		d.columns[i] = &column{Column: all[i], place: i}
		kept = append(kept, d.columns[i])
	}
	for _, name := range d.Options.Texts {
		i, err := find(name, all)
		if err != nil {
			return err
		}
		if d.columns[i] != nil {
			d.columns[i].is, d.columns[i].forced = text, true
		}
	}
	d.table.Columns = make([]Column, len(kept))
	for i, c := range kept {
		c.to = i
	}
	// Rows that the lines and the bytes of the file allow for: no column grows
	// while it is read, unless cells are empty.
	d.most = min(d.most, d.size/int64(2*max(1, d.width))+1)
	return nil
}

// row enters the cells of a row.
func (d *decoder) row() error {
	if len(d.cells) != d.width {
		return d.ragged()
	}
	if d.table.Rows == math.MaxInt32 {
		return fmt.Errorf("line %d: there are more than %d rows", d.lines.number, math.MaxInt32)
	}
	for i, c := range d.columns {
		if c == nil {
			continue
		}
		if err := d.add(c, d.cells[i]); err != nil {
			return fmt.Errorf("line %d, column %d (%s): %w", d.lines.number, i+1, c.Name, err)
		}
	}
	d.table.Rows++
	if d.table.Rows%1024 == 0 {
		return d.check()
	}
	return nil
}

// ragged is the error of a row with too few or too many cells.
func (d *decoder) ragged() error {
	if d.separator == ',' && allDecimal(bytes.Fields(d.lines.line)) {
		return fmt.Errorf("line %d: %w", d.lines.number, commaError(bytes.Fields(d.lines.line)[0]))
	}
	what := "row"
	if d.table.Named {
		what = "header"
	}
	return fmt.Errorf("line %d has %d cells, and the %s in line %d has %d: rows of a table are of one length; "+
		"lists of different lengths, such as the spikes of a unit in each line, become two columns, time and unit", d.lines.number, len(d.cells), what, d.first, d.width)
}

func allDecimal(fields [][]byte) bool {
	for _, f := range fields {
		if !decimalComma.Match(f) {
			return false
		}
	}
	return len(fields) > 0
}

func commaError(cell []byte) error {
	return fmt.Errorf("%s has a decimal comma: save the table with decimal points, or replace them, with sed 's/,/./g' where commas stand nowhere else, or in Python with pandas.read_csv(\"x.csv\", sep=None, engine=\"python\", decimal=\",\").to_csv(\"y.csv\", index=False)", shortened(string(cell)))
}

// check bounds the memory.
func (d *decoder) check() error {
	if err := unpack.Check(d.held, d.size); err != nil {
		return fmt.Errorf("line %d: as numbers, %w", d.lines.number, err)
	}
	return nil
}

// end checks what only the whole table shows.
func (d *decoder) end() error {
	if err := d.check(); err != nil {
		return err
	}
	for _, c := range d.columns {
		if c == nil {
			continue
		}
		if err := d.finish(c); err != nil {
			return err
		}
		d.table.Columns[c.to] = c.Column
	}
	if d.table.Rows == 0 {
		names := strings.Join(d.table.Names(), ", ")
		return fmt.Errorf("the table has a header (%s) and no row below it", shortened(names))
	}
	if d.opensim {
		return d.checkOpenSim()
	}
	return nil
}
