package page

import (
	"bytes"
	_ "embed"
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

// Index makes the page that leads to all others.
func Index(notebooks []About) ([]byte, error) {
	// Render reports the formulas that cannot be typeset.
	silent := func(error) {}
	md := newMarkdown(silent)
	c := &cleaner{anchors: anchors{}, problem: silent}
	var entries []entry
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
	var b bytes.Buffer
	err := indexTemplate.Execute(&b, map[string]any{"Entries": entries, "Style": template.CSS(style), "Policy": policy()})
	return b.Bytes(), err
}
