package page

import (
	"fmt"
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
	// Summary is the line that stands for the text at first, "" for none.
	Summary string
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
	text := o.Data["text/plain"]
	return output{Text: text, Class: "stdout", Summary: warned(text)}, nil
}

// warned is the line that stands for warnings, which say at length what to do:
// what is wrong in the first, and how many follow; "" for other texts.
func warned(text string) string {
	first, found := strings.CutPrefix(text, warning)
	if !found {
		return ""
	}
	first, _, _ = strings.Cut(first, ";")
	first, _, _ = strings.Cut(first, "\n")
	if more := strings.Count(text, "\n"+warning); more > 0 {
		return fmt.Sprintf("Warning: %s (and %d more)", first, more)
	}
	return "Warning: " + first
}

// warning begins what the package says of a network that does badly.
const warning = "warning: "

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
