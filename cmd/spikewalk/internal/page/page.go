// Package page turns notebooks into pages of HTML that stand for themselves:
// one file each, with its images and formulas in it, which loads nothing,
// wherever it is opened from. The only programs that run in it are this
// project's own, allowed by their hash: what the notebook holds is shown, and
// never run.
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
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/player"
)

// Ending is the extension of pages' file names.
const Ending = ".html"

//go:embed style.css
var style string

// icon is what a browser shows beside the title of a page.
//
//go:embed icon.svg
var icon string

var iconURL = template.URL("data:" + mimeSVG + ";base64," + base64.StdEncoding.EncodeToString([]byte(icon)))

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// Surroundings are what a page is made with beside the notebook.
type Surroundings struct {
	// Folder is where the notebook's own images are, "" for nowhere.
	Folder string
	// Files finds the files of its figures.
	Files Files
	// Here stands beneath the cells that are tagged for it; the zero Program is
	// none.
	Here here.Program
}

// cell is what the page shows of a cell.
type cell struct {
	Number  int
	Prose   template.HTML
	Code    listing
	Outputs []output
	Here    template.HTML // a panel to run it in the page
}

// Render makes the page of a notebook. The error tells all that could not be
// shown as it should (a formula, an image); the page is there all the same.
func Render(n *notebook.Notebook, with Surroundings) ([]byte, error) {
	var problems []error
	at := 0
	problem := func(err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("cell %d of all: %w", at, err))
		}
	}
	c := &cleaner{anchors: anchors{}, files: filesBeside(with.Folder), problem: problem, numbers: true}
	c.reserve(n)
	md := newMarkdown(problem)
	var cells []cell
	scripts := []string{pageScript}
	for i, from := range n.Cells {
		at = i + 1
		shown := c.show(from, md, with.Files)
		for _, o := range shown.Outputs {
			if o.Figure != nil {
				c.figures++
				o.Figure.Number = c.figures
				if o.Figure.Data != "" && !slices.Contains(scripts, player.Script) {
					scripts = append(scripts, player.Script)
				}
			}
		}
		if from.Tagged(here.Tag) && with.Here.Script != "" {
			shown.Here = with.Here.Panel
		}
		cells = append(cells, shown)
	}
	about := Describe(n)
	allowed := policy(scripts...)
	if slices.ContainsFunc(cells, func(c cell) bool { return c.Here != "" }) {
		scripts = append(scripts, with.Here.Script)
		allowed = policy(scripts...) + " " + here.Policy
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{
		"About": about, "Title": plain(about.Title), "Cells": cells, "Contents": contents(c.headings),
		"Style": template.CSS(style), "Icon": iconURL, "Policy": allowed, "Script": script(scripts...),
		"Notebook": Address(n.Name + notebook.Ending), "Index": IndexFile,
	})
	return b.Bytes(), errors.Join(append(problems, err)...)
}

// Address is how a page links to a file: its path may hold any character, and
// some mean something in an address.
func Address(path string) string { return (&url.URL{Path: path}).String() }

// reserve keeps the anchors of cells and figures from headings.
func (c *cleaner) reserve(n *notebook.Notebook) {
	c.anchors.take("main")
	c.anchors.take("contents")
	figures := 0
	for _, cell := range n.Cells {
		if cell.Type == "code" {
			c.anchors.take("cell-" + strconv.Itoa(cell.Number))
		}
		// As many at most.
		figures += len(cell.Outputs) + strings.Count(cell.Source, "![") + strings.Count(cell.Source, "<img")
	}
	for i := range figures {
		c.anchors.take("figure-" + strconv.Itoa(i+1))
	}
}

func (c *cleaner) show(from *notebook.Cell, md goldmark.Markdown, files Files) cell {
	c.cell = from
	switch from.Type {
	case "markdown":
		prose, err := c.prose(md, from.Source)
		c.problem(err)
		return cell{Prose: prose}
	case "code":
		shown := cell{Number: from.Number, Code: newListing(from)}
		for _, o := range from.Outputs {
			if o.Data[player.ProgressMIME] != "" {
				continue // how far a run was, kept by a live notebook
			}
			out, err := c.output(o, md, files)
			c.problem(err)
			shown.Outputs = append(shown.Outputs, out)
		}
		return shown
	}
	return cell{}
}

// plain is a title without Markdown's signs.
func plain(title string) string { return strings.NewReplacer("*", "", "`", "", "$", "").Replace(title) }
