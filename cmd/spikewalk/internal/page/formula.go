package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wyatt915/treeblood"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formula typesets TeX as MathML, which browsers show by themselves: neither
// a script nor a font has to come from anywhere.
func formula(tex string, display bool) (string, error) {
	typeset := treeblood.InlineStyle
	if display {
		typeset = treeblood.DisplayStyle
	}
	mathml, err := typeset(tex, nil)
	if err != nil {
		reason, _, _ := strings.Cut(err.Error(), "<pre>")
		return "", fmt.Errorf("the formula %s cannot be typeset: %s", quoted(tex), strings.TrimSpace(reason))
	}
	math, err := parseElement(mathml)
	if err != nil {
		return "", fmt.Errorf("the formula %s cannot be typeset: %w", quoted(tex), err)
	}
	if name, bad := merror(math); bad {
		return "", fmt.Errorf("the formula %s cannot be typeset: \\%s is not known", quoted(tex), name)
	}
	settle(math)
	var b strings.Builder
	err = html.Render(&b, math)
	return b.String(), err
}

func quoted(tex string) string { return "$" + strings.TrimSpace(tex) + "$" }

// parseElement parses HTML that consists of one element.
func parseElement(text string) (*html.Node, error) {
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		if n.Type == html.ElementNode {
			return n, nil
		}
	}
	return nil, fmt.Errorf("it is empty")
}

// merror finds what the library marks as unknown.
func merror(n *html.Node) (name string, found bool) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "merror" {
			if d.FirstChild != nil {
				name = d.FirstChild.Data
			}
			return name, true
		}
	}
	return "", false
}

// settle orders the attributes, which the library writes in another order
// every time, and removes what no reader sees: the indentation, and the TeX,
// which is in the notebook.
func settle(n *html.Node) {
	if bar(n) {
		n.Data, n.Attr = "mo", []html.Attribute{{Key: "lspace", Val: "0"}, {Key: "rspace", Val: "0"}, {Key: "stretchy", Val: "false"}}
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "xmlns" })
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		blank := c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" && !slices.Contains(textual, n.Data)
		if blank || c.Data == "annotation" {
			n.RemoveChild(c)
		} else {
			settle(c)
		}
		c = next
	}
}

// bar tells whether an element is a bar that the library takes for a variable,
// or stretches though there is no \left before it.
func bar(n *html.Node) bool {
	if n.Data != "mi" && n.Data != "mo" || n.FirstChild == nil || !strings.Contains("|‖∥", n.FirstChild.Data) {
		return false
	}
	return !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "fence" })
}

// textual are the elements whose content is text, in which blanks count.
var textual = []string{"mtext", "mi", "mo", "mn", "ms"}
