package page

import (
	"html/template"
	"strings"

	"github.com/yuin/goldmark"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// output is what the page shows of an output: a figure, HTML or text.
type output struct {
	Figure *figure
	HTML   template.HTML
	Text   string
	Class  string
}

// output takes the best that an output offers of what a page can show.
func (c *cleaner) output(o notebook.Output, md goldmark.Markdown, files Files) (output, error) {
	switch o.Type {
	case "error":
		text := strings.Join(o.Traceback, "\n")
		if text == "" {
			text = o.Name + ": " + o.Value
		}
		return output{Text: notebook.PlainText(text), Class: "error"}, nil
	case "stream":
		text := notebook.PlainText(o.Text)
		return output{Text: text, Class: o.Stream + tabular(text)}, nil
	}
	for _, mime := range []string{mimePNG, "image/jpeg", "image/gif", mimeSVG} {
		if o.Data[mime] != "" {
			f, err := newFigure(o, mime, files)
			return output{Figure: f}, err
		}
	}
	if text := o.Data["text/markdown"]; text != "" {
		shown, err := c.prose(md, text)
		return output{HTML: shown}, err
	}
	if text := o.Data["text/html"]; text != "" {
		clean, err := c.clean(text)
		if err != nil || strings.Contains(clean, "<img") || plainText(clean) != "" {
			return output{HTML: template.HTML(clean)}, err
		}
		// Nothing is left of it: it was a program.
	}
	return output{Text: o.Data["text/plain"], Class: "stdout"}, nil
}

// plainText is what there is to read in HTML.
func plainText(text string) string {
	return strings.TrimSpace(notProse.ReplaceAllString(text, ""))
}

// tabular is the class of a text in columns, which no line may break.
func tabular(text string) string {
	columns := 0
	for line := range strings.Lines(text) {
		if strings.Contains(strings.TrimSpace(line), "  ") {
			columns++
		}
	}
	if columns < 3 {
		return ""
	}
	return " table"
}
