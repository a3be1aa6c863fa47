package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// headerSize is how far a line endheader is looked for.
const headerSize = 1 << 16

// endHeader is the place behind the line endheader, 0 where there is none.
func endHeader(r io.ReaderAt, from, size int64) (int, error) {
	head := make([]byte, min(headerSize, size-from))
	n, err := r.ReadAt(head, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	at := 0
	for line := range bytes.Lines(head[:n]) {
		at += len(line)
		if strings.EqualFold(string(bytes.TrimSpace(line)), "endheader") {
			return at, nil
		}
	}
	return 0, nil
}

// IsOpenSim tells whether a text that begins with head has a header of OpenSim's.
func IsOpenSim(head []byte) bool {
	at, _ := endHeader(bytes.NewReader(head), 0, int64(len(head)))
	return at > 0
}

// openSim reads the header of a .sto or .mot file, if the file has one.
func (d *decoder) openSim(r io.ReaderAt, from, size int64) error {
	at, err := endHeader(r, from, size)
	if err != nil || at == 0 {
		return err
	}
	d.opensim = true
	d.table.Header = make(map[string]string)
	for read := 0; ; {
		line, err := d.lines.next()
		if err != nil {
			return err
		}
		if read++; strings.EqualFold(string(bytes.TrimSpace(line)), "endheader") {
			break
		}
		key, value := headerLine(string(line))
		if key == "" {
			continue
		}
		if _, again := d.table.Header[key]; again {
			return fmt.Errorf("line %d: the header says %s for the second time", d.lines.number, key)
		}
		d.table.Header[key] = value
	}
	if kind := d.table.Header["DataType"]; kind != "" && kind != "double" {
		return fmt.Errorf("this OpenSim file holds %s, of which each cell is several numbers: write it with table.flatten() in OpenSim's Python or MATLAB, then each has a column", kind)
	}
	return nil
}

// headerLine is key=value, or SIMM's "datarows 101"; a line without a value is the
// file's name.
func headerLine(line string) (key, value string) {
	line = strings.TrimSpace(line)
	if key, value, ok := strings.Cut(line, "="); ok {
		return strings.TrimSpace(key), strings.TrimSpace(value)
	}
	first, rest, _ := strings.Cut(line, " ")
	switch first {
	case "datarows", "datacolumns", "range", "name", "otherdata":
		return first, strings.TrimSpace(rest)
	}
	return "", ""
}

// checkOpenSim compares the table with what the header promises, and names the
// unit of time.
func (d *decoder) checkOpenSim() error {
	for _, promise := range []struct {
		keys []string
		got  int
		what string
	}{
		{[]string{"nRows", "datarows"}, d.table.Rows, "rows"},
		{[]string{"nColumns", "datacolumns"}, d.width, "columns"},
	} {
		for _, key := range promise.keys {
			value, ok := d.table.Header[key]
			if !ok {
				continue
			}
			n, err := strconv.Atoi(value)
			if err != nil {
				return fmt.Errorf("the header says %s=%s, which is no number of %s", key, value, promise.what)
			}
			if n != promise.got {
				return fmt.Errorf("the header says %s=%d, and the file has %d %s: it was cut short or changed", key, n, promise.got, promise.what)
			}
		}
	}
	for i := range d.table.Columns {
		if c := &d.table.Columns[i]; c.Unit == "" && strings.EqualFold(c.Name, "time") {
			c.Unit = "s"
		}
	}
	return nil
}
