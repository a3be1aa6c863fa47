package page

import (
	"bytes"
	"html/template"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// newMarkdown renders the Markdown of cells: CommonMark with tables, formulas
// and, since the notebooks fold their answers away with it, HTML.
func newMarkdown(problem func(error)) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, mathExtension{problem}),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(toPages{}, 100)),
		),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
}

func markdown(md goldmark.Markdown, source string) (template.HTML, error) {
	var b bytes.Buffer
	err := md.Convert([]byte(source), &b)
	return template.HTML(besideFormulas.ReplaceAllStringFunc(b.String(), func(s string) string {
		if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && strings.Count(s, "<math") == 1 {
			return s // nothing beside it
		}
		return `<span class="whole">` + s + "</span>"
	})), err
}

// besideFormulas finds formulas within a line and what touches them, brackets
// and commas and the rest of a word: browsers would break the line there.
var besideFormulas = regexp.MustCompile(`(?s)[^\s<>]*(?:<math display="inline".*?</math>[^\s<>]*)+`)

// toPages makes links from notebook to notebook lead from page to page.
type toPages struct{}

func (toPages) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			to, anchor, _ := strings.Cut(string(link.Destination), "#")
			if path.Base(to) == to && strings.HasSuffix(to, notebook.Ending) {
				to = strings.TrimSuffix(to, notebook.Ending) + Ending
				if anchor != "" {
					to += "#" + anchor
				}
				link.Destination = []byte(to)
			}
		}
		return ast.WalkContinue, nil
	})
}
