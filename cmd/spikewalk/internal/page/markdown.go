package page

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// goCode is the class of Go code in Markdown.
const goCode = "language-go"

// newMarkdown renders the Markdown of cells: CommonMark with tables, formulas
// and, since the notebooks fold their answers away with it, HTML, which a
// cleaner has to go over.
func newMarkdown(problem func(error)) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.Linkify, extension.Strikethrough, extension.TaskList,
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			mathExtension{problem},
		),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
}

// prose is the Markdown of a cell as the page shows it.
func (c *cleaner) prose(md goldmark.Markdown, source string) (template.HTML, error) {
	var b bytes.Buffer
	if err := md.Convert([]byte(source), &b); err != nil {
		return "", err
	}
	clean, err := c.clean(unbroken(b.String()))
	return template.HTML(clean), err
}

// unbroken keeps formulas within a line together with what touches them.
func unbroken(text string) string {
	return besideFormulas.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && strings.Count(s, "<math") == 1 {
			return s // nothing beside it
		}
		return `<span class="whole">` + s + "</span>"
	})
}

// besideFormulas finds formulas within a line and what touches them, brackets
// and commas and the rest of a word: browsers would break the line there.
// So does the number that a formula equals.
var besideFormulas = regexp.MustCompile(`(?s)[^\s<>]*(?:<math display="inline".*?</math>[^\s<>]*)+(?: [=≈] [^\s<>]+(?: ` + unit + `[^\s<>]*)?)?`)

// unit is one that stands behind a number.
const unit = `(?:%|(?:°/s|ms|s|min|h|Hz|cm|kB|MB|GB)\b)`

// units finds the blank between a number and its unit, and tie keeps them on one
// line.
var units = regexp.MustCompile(`(\d) (` + unit + `)`)

func tie(text string) string { return units.ReplaceAllString(text, "$1\u00a0$2") }
