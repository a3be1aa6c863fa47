package page

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed neighbours.html
var neighboursText string

var neighboursTemplate = template.Must(template.New("neighbours").Parse(neighboursText))

var neighboursBegin, neighboursEnd = []byte(`<nav class="neighbours"`), []byte("</nav>")

// Join puts the ways to the pages before and after into a page, nil for none:
// which pages there are is known when all are made. A page without a place for
// it stays as it is.
func Join(content []byte, before, after *About) ([]byte, error) {
	begin := bytes.LastIndex(content, neighboursBegin)
	if begin < 0 {
		return content, nil
	}
	length := bytes.Index(content[begin:], neighboursEnd)
	if length < 0 {
		return content, nil
	}
	var b bytes.Buffer
	b.Write(content[:begin])
	err := neighboursTemplate.Execute(&b, map[string]any{"Before": neighbour(before), "After": neighbour(after), "Index": IndexFile})
	b.Write(content[begin+length+len(neighboursEnd):])
	return b.Bytes(), err
}

// way leads to a page.
type way struct{ To, Title string }

func neighbour(a *About) *way {
	if a == nil {
		return nil
	}
	return &way{To: Address(a.Name + Ending), Title: plain(a.Title)}
}
