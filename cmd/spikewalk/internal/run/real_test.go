//go:build unix

package run

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// real returns options for executing the notebooks of testdata with the
// Jupyter of this machine. Cells keep their results in a folder of the test.
func real(t *testing.T, names ...string) Options {
	t.Helper()
	testkit.Needs(t, "Jupyter")
	cache, err := data.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	j, err := jupyter.Look(t.Context(), cache, jupyter.Convert)
	if err != nil {
		t.Fatal("there is no Jupyter on this machine (spikewalk notebooks installs one): ", err)
	}
	root, err := module.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(root, cache)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Ensure(t.Context(), t.Logf); err != nil {
		t.Fatal(err)
	}
	if err := k.Warm(t.Context(), []string{module.Path + "/notebooks/nb"}, t.Logf); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	paths, err := notebook.Select("testdata", names)
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, j, paths...)
	o.Kernel, o.JupyterPath = kernel.Name, k.JupyterPath()
	o.StartTimeout = 2 * time.Minute
	o.Quick = true
	return o
}

// TestRealNotebooks executes a good notebook twice, computing its result and
// finding it in the memo: both must come out equal, byte for byte, and so must
// the pages. Others fail in ways of which nbconvert reports none or not all.
func TestRealNotebooks(t *testing.T) {
	all := real(t)
	good := all
	good.Notebooks = []string{filepath.Join("testdata", "good.ipynb")}
	var contents [][]byte
	for _, o := range []Options{all, good} {
		report, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		checkReport(t, report)
		for _, ending := range []string{".ipynb", ".html"} {
			content, err := os.ReadFile(filepath.Join(o.Out, "good"+ending))
			if err != nil {
				t.Fatal(err)
			}
			contents = append(contents, content)
		}
	}
	for i := range 2 {
		if first, second := contents[i], contents[i+2]; !bytes.Equal(first, second) {
			t.Errorf("two executions differ:\n%s", cmp.Diff(string(first), string(second)))
		}
	}
	checkOutputs(t, filepath.Join(good.Out, "good.ipynb"))
	checkPage(t, filepath.Join(good.Out, "good.html"))
}

func checkReport(t *testing.T, report Report) {
	says := map[string][]string{
		"good":   nil,
		"broken": {"cell 1 (fmt.Println(undefinedName))", "undefined: undefinedName"},
		"exits":  {"cell 2 (nb.Check(", "emg: 81 samples, want 810", "exit status 1"},
		"panics": {"cell 2 (var weights []float64)", "panic: runtime error: index out of range"},
	}
	for _, e := range report {
		for _, s := range says[e.Name] {
			if !strings.Contains(e.Error, s) {
				t.Errorf("%s: error is %q, want it to say %q", e.Name, e.Error, s)
			}
		}
		switch {
		case e.Name == "good":
			if d := cmp.Diff([]string{"figures/good-01.png", "figures/good-fast.png"}, e.Figures); d != "" || e.Error != "" {
				t.Errorf("good: error %q, figures %s", e.Error, d)
			}
		case strings.Contains(e.Error, "cell 3") || strings.Contains(e.Error, "/gonb_"):
			t.Errorf("%s: error %q blames another cell or shows paths", e.Name, e.Error)
		}
	}
}

// checkOutputs looks at what the cells of good.ipynb put out, and in which
// order.
func checkOutputs(t *testing.T, path string) {
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range n.Code() {
		got = append(got, inShort(c.Outputs)...)
	}
	want := []string{
		"before 4\n", "image/png", "between\n", "image/png", "after\n",
		"sum 2.083333333333333\nseed 7; spikewalk",
	}
	if len(got) != len(want) {
		t.Fatalf("the outputs are %q, want %q", got, want)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("output %d is %q, want %q", i, got[i], want[i])
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var raw struct {
		Cells []struct {
			Outputs []struct {
				Metadata map[string]struct{ Width, Height int }
			}
		}
		Metadata struct{ Kernelspec struct{ Name string } }
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		t.Fatal(err)
	}
	if raw.Metadata.Kernelspec.Name != "gonb" {
		t.Errorf("the executed notebook names the kernel %q, want gonb", raw.Metadata.Kernelspec.Name)
	}
	size := raw.Cells[3].Outputs[1].Metadata["image/png"]
	if size.Width < 300 || size.Width > 1000 || size.Height < 50 {
		t.Errorf("the figure's nominal size is %+v", size)
	}
}

// inShort describes outputs: text as it is, displays by their types.
func inShort(outputs []notebook.Output) []string {
	var out []string
	for _, o := range outputs {
		var s string
		switch {
		case o.Type == "stream":
			s = o.Text
		case o.Data["image/png"] != "" && o.Data[player.MIME] != "" && len(o.Data) == 2:
			s = "image/png"
		default:
			s = o.Data["text/plain"]
		}
		out = append(out, s)
	}
	return out
}

// checkPage makes sure that the HTML holds its images, leads to their files,
// and needs no other.
func checkPage(t *testing.T, path string) {
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"file://", `src="figures`, "<script src", `<link rel="stylesheet"`} {
		if bytes.Contains(page, []byte(s)) {
			t.Errorf("the page contains %q", s)
		}
	}
	if !bytes.Contains(page, []byte(`<a href="figures/good-fast.json">data (JSON)</a>`)) {
		t.Error("the page does not lead to a figure's file")
	}
	if n := bytes.Count(page, []byte(`src="data:image/png;base64,`)); n != 2 {
		t.Errorf("the page holds %d images, want 2", n)
	}
}
