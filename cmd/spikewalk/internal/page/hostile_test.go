package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/player"
)

// hostileNotebook holds what a notebook could do to those who read its page: leave for
// another address, run, load, cover the page, or answer for parts of it. In the tests
// of a browser it is opened.
const hostileNotebook = "testdata/hostile.ipynb"

var webScheme = regexp.MustCompile(`^(https?|mailto):`)

// alive lists what a document would do by itself, or when it is clicked on, but for
// what the page's policy allows. It knows nothing of what the cleaner lets through.
func alive(root *html.Node) (found []string) {
	policy, styles := "", 0
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "meta" && strings.EqualFold(attribute(n, "http-equiv"), "Content-Security-Policy") {
			policy = attribute(n, "content")
		}
	}
	say := func(n *html.Node, what string) { found = append(found, fmt.Sprintf("<%s>: %s", n.Data, what)) }
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "iframe", "frame", "frameset", "object", "embed", "applet", "base", "form", "audio", "video", "source", "track", "portal", "template",
			"noscript", "foreignObject", "animate", "set", "use", "image", "annotation-xml", "textarea", "select", "marquee", "dialog", "plaintext", "xmp":
			say(n, "is there")
		case "meta":
			if e := attribute(n, "http-equiv"); e != "" && e != "Content-Security-Policy" {
				say(n, e)
			}
		case "link":
			if attribute(n, "rel") != "icon" || !strings.HasPrefix(attribute(n, "href"), "data:image/svg+xml;base64,") {
				say(n, attribute(n, "rel"))
			}
		case "style":
			if styles++; styles > 1 || words(n) != style {
				say(n, "is not the page's")
			}
		case "script":
			hash := sha256.Sum256([]byte(words(n)))
			if attribute(n, "type") != player.MIME && !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'") {
				say(n, "is not the page's")
			}
		}
		for _, a := range n.Attr {
			// Browsers take no notice of blanks and control characters.
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), slices.Contains([]string{"srcset", "action", "formaction", "ping", "background", "poster", "srcdoc", "target", "data", "http-equiv"}, a.Key) && n.Data != "meta":
				say(n, a.Key)
			case a.Key == "style" && !slices.Contains(formulaStyles, a.Val):
				say(n, "style="+a.Val)
			case a.Key == "src" && !strings.HasPrefix(value, "data:image/"):
				say(n, "src="+a.Val)
			case a.Key == "href" && n.Data != "link" && scheme.MatchString(value) && !webScheme.MatchString(value):
				say(n, "href="+a.Val)
			}
		}
	}
	if policy == "" {
		found = append(found, "there is no policy")
	}
	return found
}

// Nothing of a hostile notebook reaches its page, or the index, alive.
func TestNothingOfANotebookIsAlive(t *testing.T) {
	n, err := notebook.Read(filepath.FromSlash(hostileNotebook))
	if err != nil {
		t.Fatal(err)
	}
	n.Name = `a"><script>window.ran=1</script>`
	content, problems := Render(n, Surroundings{Folder: "testdata"})
	if problems == nil {
		t.Error("nothing was refused")
	}
	index, _ := Index([]About{Describe(n)}, "testdata")
	joined, err := Join(content, &About{Name: n.Name, Title: n.Name}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"page": joined, "index": index} {
		root, err := html.Parse(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if found := alive(root); len(found) > 0 {
			t.Errorf("the %s: %s", name, strings.Join(found, "\n"))
		}
		if len(words(root)) < 100 {
			t.Errorf("the %s is empty", name)
		}
	}
	for _, want := range []string{"link that stays", "<p>shown</p>", "&lt;meta http-equiv"} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// alive finds each of what it looks for.
func TestAlive(t *testing.T) {
	for _, text := range []string{
		`<meta http-equiv=refresh content=0>`, `<iframe>`, `<p onclick=x>`, `<a href="javascript:x">`, `<a href=" data:text/html,x">`, `<img src="http://a.test">`,
		`<script>x</script>`, `<style>p{}</style>`, `<link rel=stylesheet href=x>`, `<p style="color:red">`, `<svg><use>`, `<a href="java&#9;script:x">`, `<base href=x>`, `<img srcset=x>`,
	} {
		root, err := html.Parse(strings.NewReader(`<meta http-equiv="Content-Security-Policy" content="x">` + text))
		if err != nil || len(alive(root)) == 0 {
			t.Errorf("%s is not found (%v)", text, err)
		}
	}
}

// FuzzClean looks for HTML that is alive when it has been cleaned.
func FuzzClean(f *testing.F) {
	n, err := notebook.Read(filepath.FromSlash(hostileNotebook))
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range n.Cells {
		f.Add(c.Source)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := &cleaner{anchors: anchors{}, problem: func(error) {}}
		clean, err := c.clean(text)
		if err != nil {
			return
		}
		root, err := html.Parse(strings.NewReader(`<meta http-equiv="Content-Security-Policy" content="x"><body>` + clean))
		if err != nil {
			t.Fatal(err)
		}
		if found := alive(root); len(found) > 0 {
			t.Errorf("%q becomes %q: %v", text, clean, found)
		}
	})
}
