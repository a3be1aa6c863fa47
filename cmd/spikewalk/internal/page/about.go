package page

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// About is what the index tells of a notebook.
type About struct {
	// Name is the file's name without ending.
	Name string
	// Title is the first heading, Question the paragraph in which the
	// notebook asks it, both in Markdown.
	Title, Question string
	// Minutes is an estimate of the time it takes to read the prose.
	Minutes int
	// Takes is how long it takes to run from nothing, as the notebook says, ""
	// where it does not.
	Takes string
	// Picture is the figure that stands for it, a PNG in base64, "" if there is
	// none.
	Picture string
	// State says what is wrong with the outputs, "" if nothing is.
	State string
}

// thumbnailOf is the figure that the notebook names, or its first.
func thumbnailOf(n *notebook.Notebook) (first string) {
	for _, c := range n.Code() {
		for _, o := range c.Outputs {
			image := bare(o.Data[mimePNG])
			if image == "" {
				continue
			}
			if n.Thumbnail == "" || figureName(o) == n.Thumbnail {
				return image
			}
			if first == "" {
				first = image
			}
		}
	}
	return first
}

// question is the paragraph by which a notebook says what it asks.
var question = regexp.MustCompile(`(?s)\*\*The question\.\*\*\s*(.*?)\s*(\n\n|$)`)

// Describe finds out about a notebook.
func Describe(n *notebook.Notebook) About {
	a := About{Name: n.Name, Title: n.Name, Minutes: minutes(n), Takes: takes(n.Seconds.First), State: state(n)}
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
	a.Picture = thumbnailOf(n)
	return a
}

// notProse is what a text has that is not read word by word: code and formulas
// that stand by themselves, and tags.
var notProse = regexp.MustCompile("(?s)```.*?```|\\$\\$.*?\\$\\$|<[^>]*>")

// minutes estimates the time for reading the prose, 200 words in a minute.
func minutes(n *notebook.Notebook) int {
	words := 0
	for _, c := range n.Cells {
		if c.Type == "markdown" {
			words += len(strings.Fields(notProse.ReplaceAllString(c.Source, " ")))
		}
	}
	return max(1, (words+100)/200)
}

// takes says a time in words, in half minutes.
func takes(seconds float64) string {
	switch halves := math.Round(seconds / 30); {
	case seconds <= 0:
		return ""
	case seconds < 75:
		return fmt.Sprintf("%.0f s", seconds)
	default:
		return fmt.Sprintf("%g min", halves/2)
	}
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
