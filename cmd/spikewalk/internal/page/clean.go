package page

import (
	"encoding/base64"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// cleaner makes HTML fit for the page: what is allowed stays, links lead from
// page to page, images are in it.
type cleaner struct {
	anchors anchors
	files   local
	// cell is where images may be attached.
	cell *notebook.Cell
	// problem is called with what cannot be shown.
	problem func(error)
	// headings are those that were met.
	headings []heading
	// figures counts those that were met; numbers tells whether images that
	// stand alone are among them.
	figures int
	numbers bool
}

// clean returns the HTML of a cell or an output as the page shows it.
func (c *cleaner) clean(text string) (string, error) {
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return "", err
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	c.children(root)
	return inner(root)
}

// inner is the HTML within an element.
func inner(n *html.Node) (string, error) {
	var b strings.Builder
	for child := range n.ChildNodes() {
		if err := html.Render(&b, child); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// children cleans what is within an element.
func (c *cleaner) children(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.Type == html.TextNode:
			if n.Data != "code" && n.Data != "pre" {
				child.Data = tie(child.Data)
			}
		case child.Type != html.ElementNode || dropped[child.Data]:
			n.RemoveChild(child)
		case child.Data == "svg":
			asImage(child)
		case !elements[child.Data] && !formulas[child.Data]:
			// Its content takes its place, and is cleaned there.
			first := child.FirstChild
			for child.FirstChild != nil {
				moved := child.FirstChild
				child.RemoveChild(moved)
				n.InsertBefore(moved, child)
			}
			n.RemoveChild(child)
			if first != nil {
				next = first
			}
		default:
			c.element(child)
		}
		child = next
	}
}

// asImage makes an image of a drawing: within one, nothing runs or loads.
func asImage(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "xmlns" })
	n.Attr = append(n.Attr, html.Attribute{Key: "xmlns", Val: "http://www.w3.org/2000/svg"})
	var b strings.Builder
	if html.Render(&b, n) != nil {
		b.Reset()
	}
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.Data, n.DataAtom, n.Namespace = "img", atom.Img, ""
	n.Attr = []html.Attribute{{Key: "src", Val: "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(b.String()))}, {Key: "alt", Val: "drawing"}}
}

// element cleans an element that stays.
func (c *cleaner) element(n *html.Node) {
	id, class := attribute(n, "id"), attribute(n, "class")
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Namespace != "" || !allowed(n.Data, a.Key, a.Val) })
	c.children(n)
	switch n.Data {
	case "a":
		c.link(n)
	case "img":
		c.image(n)
	case "input":
		give(n, "type", "checkbox")
		give(n, "disabled", "")
		give(n, "aria-label", "done")
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.heading(n)
		return
	case "code":
		switch {
		case class == goCode:
			highlightGo(n)
		case n.Parent.Data != "pre":
			unhyphened(n)
		}
	case "p":
		runIn(n)
		c.numbered(n)
	case "table":
		within(n, "div", "wide")
	}
	if id != "" && !c.anchors[id] {
		give(n, "id", c.anchors.take(id))
	}
}

// link leads from page to page where it led from notebook to notebook.
func (c *cleaner) link(n *html.Node) {
	to := strings.TrimSpace(attribute(n, "href"))
	if to == "" || !safe(to) {
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "href" })
		return
	}
	if !leadsOut(to) {
		give(n, "href", c.files.link(to))
	}
}

// image takes an image into the page.
func (c *cleaner) image(n *html.Node) {
	source := attribute(n, "src")
	if !pictureData.MatchString(source) {
		data, err := c.files.image(source, c.cell)
		if err != nil {
			c.problem(err)
			n.Data, n.DataAtom = "em", atom.Em
			text := attribute(n, "alt")
			if text == "" {
				text = path.Base(source)
			}
			n.Attr = nil
			n.AppendChild(&html.Node{Type: html.TextNode, Data: "(image: " + text + ")"})
			return
		}
		give(n, "src", data)
	}
	if !has(n, "alt") {
		give(n, "alt", "")
	}
}

// highlightGo colours Go that stands in a text.
func highlightGo(n *html.Node) {
	if n.Parent.Data != "pre" || n.FirstChild == nil || n.FirstChild != n.LastChild {
		return
	}
	coloured, err := html.ParseFragment(strings.NewReader(string(code(n.FirstChild.Data))), &html.Node{Type: html.ElementNode, Data: "code", DataAtom: atom.Code})
	if err != nil {
		return
	}
	n.RemoveChild(n.FirstChild)
	for _, child := range coloured {
		n.AppendChild(child)
	}
}

// unhyphened keeps words of code within a line whole, which browsers would break
// at hyphens: --set.
func unhyphened(n *html.Node) {
	if n.FirstChild == nil || n.FirstChild != n.LastChild || !strings.Contains(n.FirstChild.Data, "-") {
		return
	}
	text := n.FirstChild.Data
	n.RemoveChild(n.FirstChild)
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			n.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
		}
		next := &html.Node{Type: html.TextNode, Data: word}
		n.AppendChild(next)
		if strings.Contains(word, "-") && len(word) <= longestWhole {
			within(next, "span", "whole")
		}
	}
}

// longestWhole is how long a word may be that stays whole on a telephone.
const longestWhole = 30

// within puts an element into a new one of a class.
func within(n *html.Node, name, class string) {
	around := newElement(name, class)
	n.Parent.InsertBefore(around, n)
	n.Parent.RemoveChild(n)
	around.AppendChild(n)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// give sets an attribute.
func give(n *html.Node, name, value string) {
	for i, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}
