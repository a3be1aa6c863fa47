package nwb

import (
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Contents is what is in a file, found without reading spikes and samples.
type Contents struct {
	About
	// Units have Spikes in all.
	Units, Spikes int
	// Tables are all tables: units, trials and other intervals, electrodes.
	Tables []TableInfo
	Series []SeriesInfo
	// Left cannot be read as a series.
	Left []Left
}

// TableInfo is what is known of a table without reading it.
type TableInfo struct {
	Path, Description string
	Rows              int
	Columns           []ColumnInfo
}

// ColumnInfo is what is known of a column of a table.
type ColumnInfo struct {
	Name, Description, Unit string
	// Type of an entry: "float64", "string", "list of float64".
	Type string
}

// Contents returns what is in the file.
func (f *File) Contents() (*Contents, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	c := &Contents{About: f.about, Units: f.Units(), Spikes: f.Spikes(), Series: f.found.series, Left: f.found.left}
	for _, path := range f.found.tables {
		t, err := f.tableIf(path)
		if err != nil {
			return nil, f.in(err)
		}
		about, err := t.info()
		if err != nil {
			return nil, f.in(err)
		}
		c.Tables = append(c.Tables, about)
	}
	return c, nil
}

// Table reads the table at a path, such as "/intervals/epochs", or of a name in
// /intervals, whatever of it is not left in the file.
func (f *File) Table(name string) (*recording.Table, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	if name == "" {
		return nil, f.in(fmt.Errorf("name a table: there are %s", strings.Join(f.found.tables, ", ")))
	}
	t, err := f.trialsOf(name)
	if err != nil {
		return nil, f.in(err)
	}
	all, _, err := t.read(spikeTimes)
	return all, f.in(err)
}

// info says what columns a table has.
func (t *table) info() (TableInfo, error) {
	about := TableInfo{Path: t.path, Rows: t.rows}
	g, err := t.file.groupIf(t.path)
	if err != nil {
		return about, err
	}
	if about.Description, err = word(g, "description"); err != nil {
		return about, err
	}
	for _, d := range t.columns {
		c := ColumnInfo{Name: nameOf(d), Type: d.Type().String()}
		if c.Description, err = word(d, "description"); err != nil {
			return about, err
		}
		if c.Unit, err = word(d, "unit"); err != nil {
			return about, err
		}
		for _, n := range d.Dims()[min(1, len(d.Dims())):] {
			c.Type = fmt.Sprintf("%d × %s", n, c.Type)
		}
		for index := t.index[c.Name]; index != nil; index = t.index[nameOf(index)] {
			c.Type = "list of " + c.Type
		}
		about.Columns = append(about.Columns, c)
	}
	return about, nil
}
