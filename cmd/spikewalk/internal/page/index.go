package page

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// IndexFile is the name of the index of all pages.
const IndexFile = "index" + Ending

//go:embed index.html
var indexText string

var indexTemplate = template.Must(template.New("index").Parse(indexText))

// entry is a notebook in the index.
type entry struct {
	About
	To       string
	Notebook string
	Title    string
	Question template.HTML
	Picture  template.URL
}

// Index makes the page that leads to all others. Notebooks of a module whose
// README marks parts for it (<!-- home -->) have a home page, others a list.
// folder is where the notebooks are. The error tells all that could not be
// shown as it should; the page is there all the same.
func Index(notebooks []About, folder string) ([]byte, error) {
	var problems []error
	problem := func(err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", readme, err))
		}
	}
	home, err := newHome(folder, problem)
	problem(err)
	entries, err := newEntries(notebooks)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = indexTemplate.Execute(&b, map[string]any{
		"Entries": entries, "Home": home, "Steps": steps(home, notebooks), "Style": template.CSS(style), "Icon": iconURL, "Policy": policy(pageScript), "Script": script(pageScript),
	})
	return b.Bytes(), errors.Join(append(problems, err)...)
}

func newEntries(notebooks []About) (entries []entry, err error) {
	// Render reports the formulas that cannot be typeset.
	silent := func(error) {}
	c, md := &cleaner{anchors: anchors{}, problem: silent}, newMarkdown(silent)
	for _, a := range notebooks {
		question, err := c.prose(md, a.Question)
		if err != nil {
			return nil, err
		}
		e := entry{About: a, To: Address(a.Name + Ending), Notebook: Address(a.Name + notebook.Ending), Title: plain(a.Title), Question: question}
		if a.Picture != "" {
			e.Picture = dataURL(mimePNG, thumbnail(a.Picture))
		}
		entries = append(entries, e)
	}
	return entries, nil
}
