package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/regular"
)

// text is a string that nbformat may have split into lines.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var lines []string
	if err := json.Unmarshal(b, &lines); err == nil {
		*t = text(strings.Join(lines, ""))
		return nil
	}
	var whole string
	err := json.Unmarshal(b, &whole)
	*t = text(whole)
	return err
}

// value is a parameter's value as Go text, written in JSON as a string or,
// since that is what one would write, as the number itself.
type value string

func (v *value) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		s = string(b)
	}
	*v = value(s)
	return nil
}

type rawCell struct {
	Type     string `json:"cell_type"`
	Source   text   `json:"source"`
	Count    *int   `json:"execution_count"`
	Metadata struct {
		Tags []string `json:"tags"`
	} `json:"metadata"`
	Outputs     []rawOutput     `json:"outputs"`
	Attachments json.RawMessage `json:"attachments"`
}

type rawOutput struct {
	Type      string                     `json:"output_type"`
	Name      string                     `json:"name"`
	Text      text                       `json:"text"`
	Data      map[string]json.RawMessage `json:"data"`
	EName     string                     `json:"ename"`
	EValue    string                     `json:"evalue"`
	Traceback []string                   `json:"traceback"`
}

// Read reads a notebook.
func Read(path string) (*Notebook, error) {
	content, err := regular.ReadFile(path)
	if err != nil {
		return nil, err
	}
	n := &Notebook{Path: path, Name: strings.TrimSuffix(filepath.Base(path), Ending)}
	if err := n.parse(content); err != nil {
		return nil, fmt.Errorf("%s is no Jupyter notebook: %w", path, err)
	}
	return n, nil
}

// unmarshal reads JSON, and says in words of its own what stands in the wrong
// place.
func unmarshal(content []byte, to any) error {
	err := json.Unmarshal(content, to)
	var wrong *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &wrong):
		return err
	case wrong.Field == "":
		return fmt.Errorf("a JSON object is wanted, and it is: %s", wrong.Value)
	}
	return fmt.Errorf("%q cannot be: %s", wrong.Field, wrong.Value)
}

func (n *Notebook) parse(content []byte) error {
	if err := unmarshal(content, &n.rest); err != nil {
		return err
	}
	var head struct {
		Format   int `json:"nbformat"`
		Metadata struct {
			Spikewalk struct {
				Quick     map[string]value `json:"quick"`
				Ranges    map[string]Range `json:"ranges"`
				Seconds   Seconds          `json:"seconds"`
				Thumbnail string           `json:"thumbnail"`
			} `json:"spikewalk"`
		} `json:"metadata"`
		Cells []json.RawMessage `json:"cells"`
	}
	if err := unmarshal(content, &head); err != nil {
		return err
	}
	if head.Format != 4 {
		return fmt.Errorf("its format is %d, want 4", head.Format)
	}
	n.Ranges, n.Seconds = head.Metadata.Spikewalk.Ranges, head.Metadata.Spikewalk.Seconds
	n.Thumbnail = head.Metadata.Spikewalk.Thumbnail
	n.Quick = map[string]string{}
	for name, v := range head.Metadata.Spikewalk.Quick {
		n.Quick[name] = string(v)
	}
	number := 0
	for i, raw := range head.Cells {
		cell, err := parseCell(raw)
		if err != nil {
			return fmt.Errorf("cell %d of all: %w", i+1, err)
		}
		if cell.Type == "code" {
			number++
			cell.Number = number
		}
		n.Cells = append(n.Cells, cell)
	}
	return nil
}

func parseCell(raw json.RawMessage) (*Cell, error) {
	var r rawCell
	if err := unmarshal(raw, &r); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"code", "markdown", "raw"}, r.Type) {
		return nil, fmt.Errorf("its type is %q, want code, markdown or raw", r.Type)
	}
	cell := &Cell{Type: r.Type, Source: string(r.Source), Tags: r.Metadata.Tags, Run: r.Count != nil}
	if err := unmarshal(raw, &cell.rest); err != nil {
		return nil, err
	}
	cell.Attachments = parseAttachments(r.Attachments)
	for _, o := range r.Outputs {
		out := Output{Type: o.Type, Text: string(o.Text), Name: o.EName, Value: o.EValue, Traceback: o.Traceback}
		if o.Type == "stream" {
			out.Stream = o.Name
		}
		for mime, content := range o.Data {
			if out.Data == nil {
				out.Data = map[string]string{}
			}
			var t text
			if err := json.Unmarshal(content, &t); err != nil {
				t = text(content) // JSON of its own
			}
			out.Data[mime] = string(t)
		}
		cell.Outputs = append(cell.Outputs, out)
	}
	return cell, nil
}

// parseAttachments reads what is attached to a cell; what has another form than
// that is no image.
func parseAttachments(raw json.RawMessage) map[string]map[string]string {
	var attached map[string]map[string]text
	if json.Unmarshal(raw, &attached) != nil {
		return nil
	}
	all := map[string]map[string]string{}
	for name, content := range attached {
		all[name] = map[string]string{}
		for mime, t := range content {
			all[name][mime] = string(t)
		}
	}
	return all
}
