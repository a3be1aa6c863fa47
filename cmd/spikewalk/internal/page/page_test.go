package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// read makes a notebook of cells in JSON.
func read(t *testing.T, cells ...map[string]any) *notebook.Notebook {
	t.Helper()
	text, err := json.Marshal(map[string]any{"cells": cells, "metadata": map[string]any{}, "nbformat": 4, "nbformat_minor": 5})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "02_pca.ipynb")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func prose(text string) map[string]any {
	return map[string]any{"cell_type": "markdown", "metadata": map[string]any{}, "source": text}
}

func program(source string, outputs ...map[string]any) map[string]any {
	return map[string]any{
		"cell_type": "code", "metadata": map[string]any{}, "source": source,
		"execution_count": 1, "outputs": append([]map[string]any{}, outputs...),
	}
}

func display(mime, content string) map[string]any {
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{mime: content}}
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func example(t *testing.T) (n *notebook.Notebook, figure []byte) {
	figure = picture(t, 1285, 400)
	return read(t,
		prose("# 2 · The *dimensions*\n\n**The question.** In how many dimensions of $N$ do\nthey move?\n\n**Next.** See [notebook 3](03_spikes.ipynb#look)."),
		program("%%\n// a <comment>\nfor i := range 3 { fmt.Println(\"a & b\") }",
			map[string]any{"output_type": "stream", "name": "stdout", "text": "a < b\n"},
			display(mimePNG, base64.StdEncoding.EncodeToString(figure)),
			display("text/html", "<b>bold</b>"),
			display("text/plain", "plain")),
		program("fit()", map[string]any{"output_type": "error", "ename": "E", "evalue": "v", "traceback": []string{"\x1b[31mboom\x1b[0m"}}),
	), figure
}

func TestRender(t *testing.T) {
	n, figure := example(t)
	content, err := Render(n, Surroundings{Files: func(png []byte) []Link {
		if !bytes.Equal(png, figure) {
			return nil
		}
		return []Link{{"PDF", "figures/02_pca-plane.pdf"}, {"PNG", "figures/02_pca-plane.png"}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>2 · The dimensions · spikewalk</title>",
		"<em>dimensions</em>",
		`href="03_spikes.html#look"`,
		`href="02_pca.ipynb"`, `href="index.html"`,
		`<span class="kernel">%%`, `<span class="comment">// a &lt;comment&gt;</span>`,
		`<span class="keyword">for</span> i := <span class="keyword">range</span> <span class="number">3</span>`,
		`<span class="string">&#34;a &amp; b&#34;</span>`,
		`<pre class="stdout">a &lt; b`,
		`width="642" height="200" alt="Figure: plane"`,
		`<a href="figures/02_pca-plane.pdf">PDF</a> <a href="figures/02_pca-plane.png">PNG</a>`,
		"<b>bold</b>", ">plain</pre>",
		`<pre class="error">boom</pre>`, "a cell failed",
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
	again, _ := Render(n, Surroundings{})
	if bytes.Contains(again, []byte(`href="figures/`)) {
		t.Error("a figure without files has links")
	}
}

// loading finds what a browser would fetch of its own accord.
var loading = regexp.MustCompile(`(?i)<link rel="[^i]|<(iframe|object|embed|video|audio)\b|@import|url\(|srcset=|\bsrc="([^d]|d[^a])`)

// policyOf is the policy of a page.
func policyOf(t *testing.T, content []byte) string {
	t.Helper()
	m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindSubmatch(content)
	if m == nil {
		t.Fatal("the page has no policy")
	}
	return html.UnescapeString(string(m[1]))
}

// A page loads nothing, and runs nothing but its own scripts.
func TestPagesLoadNothing(t *testing.T) {
	n, _ := example(t)
	one, err := Render(n, Surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := Index([]About{Describe(n)}, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"page": one, "index": index} {
		if found := loading.Find(content); found != nil {
			t.Errorf("the %s contains %q", name, found)
		}
		// What HTML might ask for all the same, this forbids.
		policy := policyOf(t, content)
		if !strings.HasPrefix(policy, "default-src 'none'; img-src data:; style-src 'unsafe-inline';") {
			t.Errorf("the %s does not forbid to load", name)
		}
		for _, script := range regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllSubmatch(content, -1) {
			hash := sha256.Sum256(script[1])
			if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'") {
				t.Errorf("the %s does not allow its own script", name)
			}
		}
	}
}

// Names of files may hold what means something in an address.
func TestLinksToAnyName(t *testing.T) {
	n, _ := example(t)
	n.Name = "50% a?b#c"
	index, err := Index([]About{Describe(n)}, "")
	if err != nil {
		t.Fatal(err)
	}
	one, _ := Render(n, Surroundings{Files: func([]byte) []Link { return nil }})
	for content, want := range map[string]string{string(index): `href="50%25%20a%3Fb%23c.html"`, string(one): `href="50%25%20a%3Fb%23c.ipynb"`} {
		if !strings.Contains(content, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestIndex(t *testing.T) {
	n, _ := example(t)
	index, err := Index([]About{Describe(n), {Name: "03_spikes", Title: "3", Minutes: 4, State: "not executed yet"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<a href="02_pca.html">2 · The dimensions</a>`, "In how many dimensions of <math", "do\nthey move?</p>", "1 min to read",
		`href="02_pca.ipynb"`, `src="data:image/png;base64,`, `href="03_spikes.html"`, "not executed yet",
	} {
		if !strings.Contains(string(index), want) {
			t.Errorf("the index does not contain %q", want)
		}
	}
	if strings.Contains(string(index), "Next.") {
		t.Error("the question does not end at the paragraph")
	}
}

func TestThumbnail(t *testing.T) {
	small := base64.StdEncoding.EncodeToString(picture(t, 400, 300))
	if thumbnail(small) != small {
		t.Error("a small picture was changed")
	}
	large := base64.StdEncoding.EncodeToString(picture(t, 960, 500))
	size, _, err := image.DecodeConfig(base64.NewDecoder(base64.StdEncoding, strings.NewReader(thumbnail(large))))
	if err != nil || size.Width != 640 || size.Height != 333 {
		t.Errorf("the thumbnail is %d x %d, %v", size.Width, size.Height, err)
	}
}

// A figure that is no PNG, and a formula that cannot be typeset, are told; the
// rest of the page is there.
func TestRenderTellsWhatItCannotShow(t *testing.T) {
	n := read(t,
		prose("Here $\\frac{a}{$ stands."),
		prose("And \\\\ $\\nosuchthing x$."),
		program("show()", display(mimePNG, "AAAA"), map[string]any{"output_type": "stream", "name": "stdout", "text": "later"}),
		prose("The end."),
	)
	content, err := Render(n, Surroundings{})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"cell 1 of all: the formula $\\frac{a}{$ cannot be typeset", "cell 2 of all", "\\nosuchthing is not known",
		"cell 3 of all: a figure cannot be read",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %q, want it to say %q", err, want)
		}
	}
	if s := string(content); !strings.Contains(s, "The end.") || !strings.Contains(s, `<code>\frac{a}{</code>`) {
		t.Error("the page is not complete")
	}
}

// Prose takes time to read; code, folded or not, and formulas that stand by
// themselves do not count.
func TestMinutesAreThoseOfProse(t *testing.T) {
	words := strings.Repeat("word ", 1000)
	for want, n := range map[int]*notebook.Notebook{
		5: read(t, prose(words+"$$\n"+words+"\n$$\n<details><summary>Answer</summary>\n\n```go\n"+words+"\n```\n</details>"), program(words)),
		1: read(t, prose("# Title")),
	} {
		if got := Describe(n).Minutes; got != want {
			t.Errorf("%d minutes, want %d", got, want)
		}
	}
}
