// Package page turns notebooks into pages of HTML that stand for themselves:
// one file each, with its images and formulas in it, which loads nothing and
// runs nothing, wherever it is opened from.
//
// nbconvert's pages are not used: they fetch the programs that typeset
// formulas from the network, are white at night, and differ from one version
// to the next.
package page

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"image"
	"net/url"
	"strings"

	"github.com/yuin/goldmark"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// Ending is the extension of pages' file names.
const Ending = ".html"

const mimePNG = "image/png"

// Link leads from a figure to one of its files.
type Link struct{ Text, To string }

// Files finds the files of a figure by its PNG; nil finds none.
type Files func(png []byte) []Link

//go:embed style.css
var style string

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// cell is what the page shows of a cell.
type cell struct {
	Number  int
	Prose   template.HTML
	Code    template.HTML
	Outputs []output
}

// Render makes the page of a notebook. The error tells all that could not be
// shown as it should (a formula, an image); the page is there all the same.
func Render(n *notebook.Notebook, files Files) ([]byte, error) {
	var problems []error
	at := 0
	md := newMarkdown(func(err error) { problems = append(problems, fmt.Errorf("cell %d of all: %w", at, err)) })
	about := Describe(n)
	var cells []cell
	for i, c := range n.Cells {
		at = i + 1
		shown, err := show(c, md, files)
		if err != nil {
			problems = append(problems, fmt.Errorf("cell %d of all: %w", at, err))
		}
		cells = append(cells, shown)
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{
		"About": about, "Title": plain(about.Title), "Cells": cells,
		"Style": template.CSS(style), "Notebook": Address(n.Name + notebook.Ending), "Index": IndexFile,
	})
	return b.Bytes(), errors.Join(append(problems, err)...)
}

// Address is how a page links to a file: its path may hold any character, and
// some mean something in an address.
func Address(path string) string { return (&url.URL{Path: path}).String() }

func show(c *notebook.Cell, md goldmark.Markdown, files Files) (cell, error) {
	switch c.Type {
	case "markdown":
		prose, err := markdown(md, c.Source)
		return cell{Prose: prose}, err
	case "code":
		shown := cell{Number: c.Number, Code: code(c.Source)}
		for _, o := range c.Outputs {
			out, err := newOutput(o, files)
			if err != nil {
				return shown, err
			}
			shown.Outputs = append(shown.Outputs, out)
		}
		return shown, nil
	}
	return cell{}, nil
}

// output is what the page shows of an output: a figure, HTML or text.
type output struct {
	Figure *figure
	HTML   template.HTML
	Text   string
	Class  string
}

type figure struct {
	Name          string
	Source        template.URL
	Width, Height int
	Links         []Link
}

func newOutput(o notebook.Output, files Files) (output, error) {
	switch {
	case o.Type == "error":
		text := strings.Join(o.Traceback, "\n")
		if text == "" {
			text = o.Name + ": " + o.Value
		}
		return output{Text: notebook.PlainText(text), Class: "error"}, nil
	case o.Type == "stream":
		return output{Text: notebook.PlainText(o.Text), Class: o.Stream}, nil
	case o.Data[mimePNG] != "":
		f, err := newFigure(o.Data[mimePNG], files)
		return output{Figure: f}, err
	case o.Data["text/html"] != "":
		return output{HTML: template.HTML(o.Data["text/html"])}, nil
	}
	return output{Text: o.Data["text/plain"], Class: "stdout"}, nil
}

// pixelRatio is how many pixels a figure has for one of its nominal size.
const pixelRatio = 2

func newFigure(encoded string, files Files) (*figure, error) {
	encoded = bare(encoded)
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("a figure cannot be read: %w", err)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("a figure cannot be read: %w", err)
	}
	f := &figure{Name: "figure", Source: dataURL(encoded), Width: size.Width / pixelRatio, Height: size.Height / pixelRatio}
	if files != nil {
		f.Links = files(content)
	}
	if len(f.Links) > 0 {
		f.Name = nameOf(f.Links[0].To)
	}
	return f, nil
}

// nameOf makes "drift traces" of figures/05_integrator-drift-traces.png.
func nameOf(path string) string {
	_, name, _ := strings.Cut(path, "-")
	name, _, _ = strings.Cut(name, ".")
	return strings.ReplaceAll(name, "-", " ")
}

func dataURL(encoded string) template.URL {
	return template.URL("data:" + mimePNG + ";base64," + encoded)
}

// bare is base64 without the line breaks that nbformat may put into it.
func bare(encoded string) string { return strings.Join(strings.Fields(encoded), "") }

// plain is a title without Markdown's signs.
func plain(title string) string { return strings.NewReplacer("*", "", "`", "", "$", "").Replace(title) }
