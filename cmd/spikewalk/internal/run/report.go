package run

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

const reportFile = "report.json"

// Report tells how each notebook fared, in the order in which they were
// asked for.
type Report []Entry

// Entry is the report on one notebook.
type Entry struct {
	Name string `json:"name"`
	// Seconds is the time of execution, without the conversion to HTML.
	Seconds float64 `json:"seconds"`
	// Cells counts the code cells.
	Cells int `json:"cells"`
	// Figures are the figures' PNG files, relative to the output folder.
	Figures []string `json:"figures"`
	// Parameters are those that were set for this run.
	Parameters map[string]string `json:"parameters,omitempty"`
	// Error is what went wrong, empty if nothing did.
	Error string `json:"error"`
}

// Failed counts the notebooks in which something went wrong.
func (r Report) Failed() int {
	n := 0
	for _, e := range r {
		if e.Error != "" {
			n++
		}
	}
	return n
}

func (e *Entry) add(wrong string) {
	if e.Error != "" {
		wrong = e.Error + "\n" + wrong
	}
	e.Error = wrong
}

// Line tells the user how a notebook fared, and in indented lines what went
// wrong.
func (e *Entry) Line() string {
	head := "ok    "
	if e.Error != "" {
		head = "FAILED"
	}
	head += fmt.Sprintf(" %s: %d cells, %d figures, %.1f s", e.Name, e.Cells, len(e.Figures), e.Seconds)
	if e.Error != "" {
		head += "\n    " + strings.ReplaceAll(e.Error, "\n", "\n    ")
	}
	return head
}

func (r Report) write(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return scratch.WriteFile(path, append(text, '\n'), scratch.Public)
}
