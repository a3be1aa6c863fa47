package page

import (
	"html/template"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// heading is one of a page, as its list of contents has it.
type heading struct {
	Level int
	ID    string
	Text  template.HTML
}

// heading gives a heading an anchor and notes it.
func (c *cleaner) heading(n *html.Node) {
	id := c.anchors.take(slug(words(n)))
	give(n, "id", id)
	text, err := inner(unlinked(n))
	if err != nil {
		text = html.EscapeString(words(n))
	}
	c.headings = append(c.headings, heading{Level: int(n.Data[1] - '0'), ID: id, Text: template.HTML(text)})
}

// contents are the headings that a list of contents names: those of the second
// level, and those of the first after the title.
func contents(all []heading) []heading {
	titled := false
	return slices.DeleteFunc(slices.Clone(all), func(h heading) bool {
		title := h.Level == 1 && !titled
		titled = titled || title
		return title || h.Level > 2
	})
}

// words are the text within an element.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// unlinked is a copy of what is within an element, without links and anchors.
func unlinked(n *html.Node) *html.Node {
	copied := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace}
	copied.Attr = slices.DeleteFunc(slices.Clone(n.Attr), func(a html.Attribute) bool { return a.Key == "id" })
	if n.Data == "a" {
		copied.Data, copied.DataAtom, copied.Attr = "span", atom.Span, nil
	}
	for child := range n.ChildNodes() {
		copied.AppendChild(unlinked(child))
	}
	return copied
}

// runIn marks the paragraphs that a reader looks for by their first words in
// bold: what is asked, and what is to be predicted.
func runIn(n *html.Node) {
	first := n.FirstChild
	if first == nil || first.Data != "strong" {
		return
	}
	switch strings.TrimSpace(words(first)) {
	case "Predict.":
		give(n, "class", "predict")
	case "The question.":
		give(n, "class", "lead")
	}
}
