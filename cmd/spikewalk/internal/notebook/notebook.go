// Package notebook reads Jupyter notebooks (nbformat 4), sets their
// parameters, finds what failed in them, and compares their outputs.
package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Ending is the extension of notebooks' file names.
const Ending = ".ipynb"

// Notebook is a notebook in memory. What this package does not know of it is
// kept as it was read.
type Notebook struct {
	// Path is the file and Name its base without ending.
	Path, Name string
	// Cells are all cells in order.
	Cells []*Cell
	// Quick holds the parameters for a quick run, from the metadata
	// {"spikewalk": {"quick": {"Trials": "3"}}}.
	Quick map[string]string
	// Ranges are where parameters may be, from the metadata
	// {"spikewalk": {"ranges": {"Trials": [1, null], "Factors": [1, "Units"]}}}.
	Ranges map[string]Range
	// Seconds are how long it takes on two cores, from the metadata
	// {"spikewalk": {"seconds": {"first": 90, "again": 12, "quick": 10}}}; 0
	// where it is not known.
	Seconds Seconds
	// Thumbnail is the name of the figure that stands for it in the index, from
	// the metadata {"spikewalk": {"thumbnail": "spikes"}}; "" for the first.
	Thumbnail string

	rest map[string]json.RawMessage
}

// Seconds tell how long a notebook takes beside another one: at first, again
// with the results that were kept, and with the parameters of a quick run.
type Seconds struct{ First, Again, Quick float64 }

// Cell is one cell.
type Cell struct {
	// Type is "code", "markdown" or "raw".
	Type string
	// Number counts the code cells from 1; it is 0 for others.
	Number int
	// Source is the cell's text and Tags its tags.
	Source string
	Tags   []string
	// Run tells whether the cell has been executed, and Outputs what came.
	Run     bool
	Outputs []Output
	// Attachments are the images in a Markdown cell, by name and MIME type.
	Attachments map[string]map[string]string

	rest map[string]json.RawMessage
}

// Output is one output of a code cell.
type Output struct {
	// Type is "stream", "display_data", "execute_result" or "error".
	Type string
	// Stream is "stdout" or "stderr", and Text what was written there.
	Stream, Text string
	// Data holds displayed content by MIME type: texts joined, images in
	// base64, JSON as it is.
	Data map[string]string
	// Name, Value and Traceback describe an error.
	Name, Value string
	Traceback   []string
}

// Write writes the notebook, whole or not at all, with the sources its cells have now, laid out as
// Jupyter does it, so that the versions of a notebook compare line by line.
func (n *Notebook) Write(path string) error {
	cells := []map[string]json.RawMessage{} // Jupyter reads an empty list, and no null
	for _, c := range n.Cells {
		source, err := marshal(slices.AppendSeq([]string{}, strings.Lines(c.Source)))
		if err != nil {
			return err
		}
		c.rest["source"] = source
		orElse(c.rest, "metadata", `{}`)
		if c.Type == "code" {
			orElse(c.rest, "outputs", `[]`)
			orElse(c.rest, "execution_count", `null`)
		}
		cells = append(cells, c.rest)
	}
	raw, err := marshal(cells)
	if err != nil {
		return err
	}
	n.rest["cells"] = raw
	orElse(n.rest, "metadata", `{}`)
	orElse(n.rest, "nbformat_minor", `0`)
	content, err := marshal(n.rest)
	if err != nil {
		return err
	}
	return scratch.WriteFile(path, content, scratch.Public)
}

// orElse gives what lacks a field, without which Jupyter reads nothing, an empty
// one.
func orElse(fields map[string]json.RawMessage, name, empty string) {
	if fields[name] == nil {
		fields[name] = json.RawMessage(empty)
	}
}

// TakeOutputs gives the notebook the outputs of an executed one, and changes
// nothing else in it, nor outputs that are equal but for how a text is cut or
// an image compressed. Both must have the same code.
func (n *Notebook) TakeOutputs(executed *Notebook) error {
	from, to := executed.Code(), n.Code()
	if len(from) != len(to) {
		return fmt.Errorf("it has %d code cells, the executed one %d", len(to), len(from))
	}
	for i, c := range to {
		if c.Source != from[i].Source {
			return fmt.Errorf("cell %d (%s) is not the one that was executed", c.Number, c.FirstLine())
		}
	}
	for i, c := range to {
		if c.Run && compareOutputs(merged(c.Outputs), merged(from[i].Outputs)) == "" {
			continue
		}
		c.Run, c.Outputs = from[i].Run, from[i].Outputs
		for _, field := range []string{"execution_count", "outputs"} {
			c.rest[field] = from[i].rest[field]
		}
	}
	return nil
}

// marshal leaves <, > and & as they are, unlike json.Marshal, and ends the
// text with a new line.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// Code returns the code cells.
func (n *Notebook) Code() []*Cell {
	var code []*Cell
	for _, c := range n.Cells {
		if c.Type == "code" {
			code = append(code, c)
		}
	}
	return code
}

// FirstLine is the line by which a reader knows the cell: its first one that
// is neither empty nor GoNB's nor an import, unless there is nothing else.
func (c *Cell) FirstLine() string {
	first, importing := "", false
	for line := range strings.Lines(c.Source) {
		line = strings.TrimSpace(line)
		if first == "" {
			first = line
		}
		switch {
		case importing:
			importing = line != ")"
		case line == "import (":
			importing = true
		case line != "" && !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "import "):
			return line
		}
	}
	return first
}

// Tagged tells whether the cell has a tag.
func (c *Cell) Tagged(tag string) bool { return slices.Contains(c.Tags, tag) }
