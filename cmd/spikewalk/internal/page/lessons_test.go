package page

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// lessons makes the pages of the lessons, as they are committed, and the index.
func lessons(t *testing.T) map[string][]byte {
	t.Helper()
	const folder = "../../../../notebooks"
	paths, err := notebook.List(folder)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]byte{}
	var all []About
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if pages[n.Name+Ending], err = Render(n, Surroundings{Folder: folder}); err != nil {
			t.Errorf("%s: %v", n.Name, err)
		}
		all = append(all, Describe(n))
	}
	for i, a := range all {
		var before, after *About
		if i > 0 {
			before = &all[i-1]
		}
		if i+1 < len(all) {
			after = &all[i+1]
		}
		if pages[a.Name+Ending], err = Join(pages[a.Name+Ending], before, after); err != nil {
			t.Error(err)
		}
	}
	if pages[IndexFile], err = Index(all, folder); err != nil {
		t.Error(err)
	}
	return pages
}

// checked is a page with the test that looks at it.
type checked struct {
	*testing.T
	name string
	root *html.Node
	ids  map[string]bool
}

func (c *checked) wrong(format string, args ...any) {
	c.Helper()
	c.Errorf("%s: %s", c.name, fmt.Sprintf(format, args...))
}

// all are the elements of a kind.
func (c *checked) all(name string) (found []*html.Node) {
	for n := range c.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			found = append(found, n)
		}
	}
	return found
}

// Every page of the lessons is in good order: whoever reads with a screen
// reader or a keyboard finds all, and every link leads somewhere. Whoever makes
// them again gets the same bytes.
func TestLessons(t *testing.T) {
	pages, again := lessons(t), lessons(t)
	parsed := map[string]*checked{}
	total := 0
	for name, content := range pages {
		root, err := html.Parse(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		c := &checked{T: t, name: name, root: root, ids: map[string]bool{}}
		parsed[name] = c
		for n := range root.Descendants() {
			if id := attribute(n, "id"); id != "" {
				if c.ids[id] {
					c.wrong("the id %s is there twice", id)
				}
				c.ids[id] = true
			}
		}
		total += len(content)
		if !bytes.Equal(content, again[name]) {
			t.Errorf("%s comes out in two ways", name)
		}
	}
	if total > 15<<20 {
		t.Errorf("the pages have %d bytes, more than 15 MB", total)
	}
	for _, c := range parsed {
		c.images()
		c.headings()
		c.names()
		c.links(parsed)
		c.landmarks()
	}
}

// images have a text each, but for thumbnails beside a title, and are in the page.
func (c *checked) images() {
	for _, img := range c.all("img") {
		decoration := img.Parent != nil && attribute(img.Parent, "aria-hidden") == "true"
		if !has(img, "alt") || strings.TrimSpace(attribute(img, "alt")) == "" && !decoration {
			c.wrong("an image says nothing to who does not see it")
		}
		if !pictureData.MatchString(attribute(img, "src")) {
			c.wrong("an image is elsewhere: %.60s", attribute(img, "src"))
		}
	}
}

// headings begin with one of the first level and leave none out.
func (c *checked) headings() {
	last := 0
	for n := range c.root.Descendants() {
		if n.Type != html.ElementNode || !regexp.MustCompile(`^h[1-6]$`).MatchString(n.Data) {
			continue
		}
		level := int(n.Data[1] - '0')
		if level > last+1 || level == 1 && last > 0 {
			c.wrong("the heading %q of level %d comes after one of level %d", words(n), level, last)
		}
		last = level
	}
}

// names: what can be pressed or unfolded says what it does.
func (c *checked) names() {
	for _, kind := range []string{"a", "button", "summary"} {
		for _, n := range c.all(kind) {
			if strings.TrimSpace(words(n)) == "" && attribute(n, "aria-label") == "" && attribute(n, "aria-hidden") != "true" {
				c.wrong("a %s has no name", kind)
			}
		}
	}
	for _, n := range c.all("details") {
		if first := n.FirstChild; !slices.ContainsFunc(c.all("summary"), func(s *html.Node) bool { return s.Parent == n }) {
			c.wrong("details without a summary: %v", first)
		}
	}
}

// links lead to a page that is there, and to an anchor on it; those out of the
// pages lead to the web or to the notebook beside the page.
func (c *checked) links(pages map[string]*checked) {
	for _, a := range c.all("a") {
		to := attribute(a, "href")
		file, anchor, _ := strings.Cut(to, "#")
		if file == "" {
			file = c.name
		}
		switch there := pages[file]; {
		case strings.HasPrefix(to, "https://"):
			const repository = "https://" + ours + "/blob/HEAD/"
			if path, ok := strings.CutPrefix(file, repository); ok {
				if _, err := os.Stat(filepath.Join("../../../..", path)); err != nil {
					c.wrong("the link %s leads to no file", to)
				}
			}
		case there != nil:
			if anchor != "" && !there.ids[unescaped(anchor)] {
				c.wrong("the link %s leads to no place on the page", to)
			}
		case strings.HasSuffix(file, notebook.Ending) && pages[pageOf(file)] != nil:
		default:
			c.wrong("the link %s leads nowhere", to)
		}
	}
}

// landmarks: one main part, the way past what comes before it, and a name for
// each of several ways through the page.
func (c *checked) landmarks() {
	if n := len(c.all("main")); n != 1 {
		c.wrong("%d main parts", n)
	}
	if first := c.all("a")[0]; attribute(first, "href") != "#main" {
		c.wrong("the first link does not lead to the text")
	}
	for _, n := range c.all("nav") {
		if attribute(n, "aria-label") == "" {
			c.wrong("a nav has no name")
		}
	}
	if len(c.all("html")) != 1 || attribute(c.all("html")[0], "lang") != "en" {
		c.wrong("it does not say its language")
	}
}
