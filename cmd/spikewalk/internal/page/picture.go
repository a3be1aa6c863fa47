package page

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// numbered makes a figure of a paragraph that is nothing but an image: with the
// next number, and with the paragraph after it for a caption, if that is all
// emphasis.
func (c *cleaner) numbered(n *html.Node) {
	img := only(n, "img")
	if img == nil || !c.numbers {
		return
	}
	n.RemoveChild(img)
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	c.figures++
	number := strconv.Itoa(c.figures)
	n.Data, n.DataAtom = "figure", atom.Figure
	n.Attr = []html.Attribute{{Key: "id", Val: "figure-" + number}, {Key: "data-name", Val: "figure-" + number}}
	give(img, "class", "spikewalk-still")
	nominal(img)
	around := newElement("div", "wide")
	around.AppendChild(img)
	n.AppendChild(around)

	caption, anchor := newElement("figcaption", ""), newElement("a", "number")
	give(anchor, "href", "#figure-"+number)
	anchor.AppendChild(&html.Node{Type: html.TextNode, Data: "Figure " + number + "."})
	caption.AppendChild(anchor)
	caption.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
	if said := c.caption(n); said != nil {
		for said.FirstChild != nil {
			child := said.FirstChild
			said.RemoveChild(child)
			caption.AppendChild(child)
		}
		caption.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
	}
	caption.AppendChild(newElement("span", "files"))
	n.AppendChild(caption)
}

// caption takes the paragraph after a figure away, if it is one, and returns what
// it says.
func (c *cleaner) caption(figure *html.Node) *html.Node {
	next := figure.NextSibling
	if next != nil && blank(next) {
		next = next.NextSibling
	}
	if next == nil || next.Data != "p" {
		return nil
	}
	said := only(next, "em")
	if said == nil {
		return nil
	}
	next.Parent.RemoveChild(next)
	c.children(said)
	return said
}

// only is the one element of a kind that is all there is in another, or nil.
func only(n *html.Node, name string) (one *html.Node) {
	for child := range n.ChildNodes() {
		switch {
		case blank(child):
		case child.Type == html.ElementNode && child.Data == name && one == nil:
			one = child
		default:
			return nil
		}
	}
	return one
}

func blank(n *html.Node) bool { return n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" }

// newElement makes an element of a class.
func newElement(name, class string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	if class != "" {
		give(n, "class", class)
	}
	return n
}

// nominal gives an image the size at which its resolution shows it on a screen.
func nominal(img *html.Node) {
	_, encoded, ok := strings.Cut(attribute(img, "src"), ";base64,")
	if !ok || has(img, "width") {
		return
	}
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return
	}
	ratio := pixelsPerPixel(content)
	give(img, "width", strconv.Itoa(int(math.Round(float64(size.Width)/ratio))))
	give(img, "height", strconv.Itoa(int(math.Round(float64(size.Height)/ratio))))
}

// pixelsPerPixel is how many pixels of a PNG are one of 1/96 inch: 1 unless it
// says otherwise in its chunk pHYs.
func pixelsPerPixel(content []byte) float64 {
	const metre, chunk = 96 / 0.0254, "\x00\x00\x00\x09pHYs"
	at := bytes.Index(content, []byte(chunk))
	if at < 0 || len(content) < at+len(chunk)+9 || content[at+len(chunk)+8] != 1 {
		return 1
	}
	if ratio := float64(binary.BigEndian.Uint32(content[at+len(chunk):])) / metre; ratio >= 1 && ratio <= 4 {
		return ratio
	}
	return 1
}
