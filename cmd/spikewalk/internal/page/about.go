package page

import (
	"regexp"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// About is what the index tells of a notebook.
type About struct {
	// Name is the file's name without ending.
	Name string
	// Title is the first heading, Question the paragraph in which the
	// notebook asks it, both in Markdown.
	Title, Question string
	// Minutes is an estimate of the time it takes to read.
	Minutes int
	// Picture is the first figure, a PNG in base64, "" if there is none.
	Picture string
	// State says what is wrong with the outputs, "" if nothing is.
	State string
}

// question is the paragraph by which a notebook says what it asks.
var question = regexp.MustCompile(`(?s)\*\*The question\.\*\*\s*(.*?)\s*(\n\n|$)`)

// Describe finds out about a notebook.
func Describe(n *notebook.Notebook) About {
	a := About{Name: n.Name, Title: n.Name, Minutes: minutes(n), State: state(n)}
	for _, c := range n.Cells {
		if c.Type != "markdown" {
			continue
		}
		for line := range strings.Lines(c.Source) {
			if title, ok := strings.CutPrefix(line, "# "); ok && a.Title == n.Name {
				a.Title = strings.TrimSpace(title)
			}
		}
		if m := question.FindStringSubmatch(c.Source); m != nil && a.Question == "" {
			a.Question = m[1]
		}
	}
	for _, c := range n.Code() {
		for _, o := range c.Outputs {
			if image := o.Data[mimePNG]; image != "" && a.Picture == "" {
				a.Picture = bare(image)
			}
		}
	}
	return a
}

// minutes estimates the time for reading: 200 words in a minute, some seconds
// for a line of code and for a figure.
func minutes(n *notebook.Notebook) int {
	const (
		word   = time.Minute / 200
		line   = 3 * time.Second
		figure = 15 * time.Second
	)
	var t time.Duration
	for _, c := range n.Cells {
		switch c.Type {
		case "markdown":
			t += word * time.Duration(len(strings.Fields(c.Source)))
		case "code":
			t += line * time.Duration(strings.Count(strings.TrimSpace(c.Source), "\n")+1)
		}
		for _, o := range c.Outputs {
			if o.Data[mimePNG] != "" {
				t += figure
			}
		}
	}
	return max(1, int(t.Round(time.Minute).Minutes()))
}

func state(n *notebook.Notebook) string {
	run := false
	for _, c := range n.Code() {
		run = run || c.Run
	}
	switch {
	case !run:
		return "not executed yet"
	case len(n.Failures()) > 0:
		return "a cell failed"
	}
	return ""
}
