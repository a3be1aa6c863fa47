package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// module makes a module with a README and a folder for notebooks.
func module(t *testing.T, path, text string) (notebooks string) {
	t.Helper()
	root := t.TempDir()
	notebooks = filepath.Join(root, "lessons")
	if err := os.Mkdir(notebooks, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"go.mod": "module " + path + "\n", "README.md": text, "a.svg": "<svg/>", "b.md": ""} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return notebooks
}

const aReadme = "# Title\n\nThe pitch.\n\n* point\n\n![Not this](a.svg)\n\nNot this.\n\n<!-- home -->\n## Results\n\n![an a](a.svg) [b](b.md) [lesson](lessons/02_pca.ipynb#End-it)\n<!-- /home -->\n\nNor this.\n"

// The index of a module's notebooks shows what its README marks; one without
// marks, or of notebooks that belong to no module, is a list.
func TestHome(t *testing.T) {
	n, _ := example(t)
	all := []About{Describe(n)}
	for name, one := range map[string]struct {
		folder                string
		contains, containsNot []string
	}{
		"ours": {module(t, ours, aReadme), []string{
			"<h1>spikewalk</h1>", "<p>The pitch.</p>\n<ul>\n<li>point</li>", `<h2 id="results">Results</h2>`, `src="data:image/svg+xml;base64,`, `alt="an a"`,
			`href="https://` + ours + `/blob/HEAD/b.md"`, `href="02_pca.html#end-it"`, `<ol class="walk"`, `<a href="02_pca.html"><svg`, "<b>Firing rates</b>",
		}, []string{"Not this", "Nor this", "<!--"}},
		"somebody's": {module(t, "a.example/b", aReadme), []string{"The pitch.", "Results", `href="b.md"`}, []string{`class="walk"`, "<h1>spikewalk"}},
		"unmarked":   {module(t, ours, "# Title\n\nThe pitch.\n\nMore.\n"), []string{"<h1>Notebooks</h1>"}, []string{"The pitch.", `class="walk"`}},
		"a folder":   {t.TempDir(), []string{"<h1>Notebooks</h1>", `href="02_pca.html"`}, []string{`class="walk"`, "<h3"}},
	} {
		index, err := Index(all, one.folder)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range one.contains {
			if !strings.Contains(string(index), want) {
				t.Errorf("%s: the index does not contain %q", name, want)
			}
		}
		for _, not := range one.containsNot {
			if strings.Contains(string(index), not) {
				t.Errorf("%s: the index contains %q", name, not)
			}
		}
	}
	broken := module(t, ours, strings.ReplaceAll(aReadme, "a.svg", "gone.svg"))
	if index, err := Index(all, broken); err == nil || !strings.Contains(err.Error(), "README.md: the image gone.svg cannot be shown") || len(index) == 0 {
		t.Errorf("of a missing image: %v", err)
	}
}

// The ways from page to page are put in when all pages are there, and again
// when there are others.
func TestJoin(t *testing.T) {
	n, _ := example(t)
	content, err := Render(n, Surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	before, after := &About{Name: "01_a?", Title: "1 · *A*"}, &About{Name: "03_c", Title: "3"}
	both, err := Join(content, before, after)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`rel="prev" href="01_a%3F.html"><span>Previous</span>1 · A</a>`, `rel="next" href="03_c.html"><span>Next</span>3</a>`} {
		if !strings.Contains(string(both), want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
	one, _ := Join(both, nil, after)
	if s := string(one); strings.Contains(s, "01_a") || !strings.Contains(s, "03_c") || strings.Count(s, `class="neighbours"`) != 1 {
		t.Error("the way back is still there")
	}
	if other, err := Join([]byte("no page of ours"), before, after); err != nil || string(other) != "no page of ours" {
		t.Errorf("%q, %v", other, err)
	}
}

func TestTakes(t *testing.T) {
	for seconds, want := range map[float64]string{0: "", 50: "50 s", 75: "1.5 min", 90: "1.5 min", 150: "2.5 min", 180: "3 min"} {
		if got := takes(seconds); got != want {
			t.Errorf("%g s are %q, want %q", seconds, got, want)
		}
	}
}
