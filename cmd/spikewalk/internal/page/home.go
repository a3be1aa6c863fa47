package page

import (
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// ours is the module whose notebooks are the walk.
const ours = "github.com/spikewalk/spikewalk"

// home is what the index shows of the project that the notebooks belong to.
type home struct {
	// Pitch says what it is, and Rest what comes after the lessons.
	Pitch, Rest template.HTML
	// Walk tells that the lessons are those of the diagram.
	Walk bool
}

const readme = "README.md"

// marked are the parts of a README for the home page, which is that of its
// module's notebooks: what is said and measured stands in one place.
var marked = regexp.MustCompile(`(?s)<!-- home -->\n(.*?)<!-- /home -->`)

// pitch is what a README says between its title and its first picture or
// second heading.
var pitch = regexp.MustCompile(`(?s)^# [^\n]*\n+(.*?)\n\n(?:!\[|#)`)

// newHome reads the README of the module in which the folder of the notebooks
// lies. A module without one, or with nothing marked in it, has no home page.
func newHome(folder string, problem func(error)) (home, error) {
	beside := filesBeside(folder)
	if beside.module == "" {
		return home{}, nil
	}
	text, err := os.ReadFile(filepath.Join(beside.root, readme))
	if err != nil || !marked.Match(text) {
		return home{}, nil
	}
	beside.pages, beside.folder = beside.folder, beside.root
	c := &cleaner{anchors: anchors{"main": true, "lessons": true}, files: beside, problem: problem}
	md := newMarkdown(problem)
	h := home{Walk: beside.module == ours}
	if m := pitch.FindSubmatch(text); m != nil {
		if h.Pitch, err = c.prose(md, string(m[1])); err != nil {
			return home{}, err
		}
	}
	var rest strings.Builder
	for _, m := range marked.FindAllSubmatch(text, -1) {
		rest.Write(m[1])
		rest.WriteString("\n")
	}
	h.Rest, err = c.prose(md, rest.String())
	return h, err
}
