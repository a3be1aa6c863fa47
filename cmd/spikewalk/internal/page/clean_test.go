package page

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// Whatever a notebook holds, its page runs nothing of it, loads nothing, and
// gives nobody's ids away.
func TestClean(t *testing.T) {
	for source, want := range map[string]string{
		`<b onclick="x()" style="position:fixed">bold</b>`:                                       `<b>bold</b>`,
		`<script>alert(1)</script>after`:                                                         `after`,
		`<meta http-equiv="refresh" content="0;url=x">`:                                          ``,
		`<iframe src="https://a.example"></iframe>`:                                              ``,
		`<style>body { display: none }</style>x`:                                                 `x`,
		`<a href="javascript:alert(1)">x</a>`:                                                    `<a>x</a>`,
		`<a href=" java&#x09;script:alert(1)">x</a>`:                                             `<a>x</a>`,
		`<a href="https://a.example/b#C-d">x</a>`:                                                `<a href="https://a.example/b#C-d">x</a>`,
		`<form action="x"><input type="text" value="y"></form>`:                                  `<input type="checkbox" disabled="" aria-label="done"/>`,
		`<center>in the <blink>middle</blink></center>`:                                          `in the middle`,
		`<details open><summary>s</summary>t</details>`:                                          `<details open=""><summary>s</summary>t</details>`,
		`<math><mi onclick="x()" style="color:red">a</mi><annotation>b</annotation></math>`:      `<math><mi>a</mi></math>`,
		`<math><mtext><img src=x onerror=alert(1)></mtext></math>`:                               `<math><mtext><em>(image: x)</em></mtext></math>`,
		`<div id="main" class="sheet">a</div><div id="own" class="wide">b</div>`:                 `<div>a</div><div class="wide" id="own">b</div>`,
		`<img src="data:text/html;base64,PHNjcmlwdD4=" alt="a">`:                                 `<em>(image: a)</em>`,
		`<img src="data:image/png;base64,AAAA" srcset="https://a.example/b.png">`:                `<img src="data:image/png;base64,AAAA" alt=""/>`,
		`<h2>A <a href="#b">b</a></h2><h2>A b</h2>`:                                              `<h2 id="a-b">A <a href="#b">b</a></h2><h2 id="a-b-2">A b</h2>`,
		`<svg onload="alert(1)"><script>alert(1)</script></svg>`:                                 `<img src="data:image/svg+xml;base64,`,
		"<pre><code class=\"language-go\">x := 1 // one\n</code></pre>":                          `<span class="number">1</span> <span class="comment">// one</span>`,
		`<table><tbody><tr><td align="right" bgcolor="red">1</td></tr></tbody></table>`:          `<div class="wide"><table><tbody><tr><td align="right">1</td></tr></tbody></table></div>`,
		`<noscript><p title="</noscript><img src=x onerror=alert(1)>">y</p></noscript>z`:         `z`,
		`<template><p>a</p></template><textarea><b>c</b></textarea><object data="x">d</object>e`: `e`,
	} {
		c := &cleaner{anchors: anchors{"main": true}, problem: func(error) {}}
		got, err := c.clean(source)
		if err != nil || !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s\ngives %q, %v\nwant  %q", source, got, err, want)
		}
		if strings.Contains(got, "alert") || strings.Contains(got, "style=") {
			t.Errorf("%s\ngives %q", source, got)
		}
	}
}

// Local images come into the page, those attached to the cell too; what is
// missing, elsewhere, or too far away is told.
func TestImages(t *testing.T) {
	module := t.TempDir()
	folder := filepath.Join(module, "lessons")
	for name, content := range map[string]string{
		"go.mod": "module github.com/a/b\n", "logo.svg": "<svg/>", "lessons/images/x 1.png": "pixels", "docs.md": "", "lessons/notes.txt": "",
	} {
		path := filepath.Join(module, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hosts", filepath.Join(folder, "hosts.png")); err != nil {
		t.Skip(err)
	}
	cell := map[string]any{"cell_type": "markdown", "metadata": map[string]any{}, "attachments": map[string]any{"y.png": map[string]any{mimePNG: "QUJD\nREVG"}},
		"source": "![an x](images/x%201.png) ![](../logo.svg) ![y](attachment:y.png) [doc](../docs.md#A-b) [txt](../gone.txt) [two](02_b.ipynb#The-End)\n\n" +
			"![m](missing.png) ![h](https://a.example/h.png) ![e](../../etc/hosts.png) ![s](hosts.png) ![t](notes.txt) ![z](attachment:z.png)"}
	content, err := Render(read(t, cell), Surroundings{Folder: folder})
	for _, want := range []string{
		`<img src="data:image/png;base64,cGl4ZWxz" alt="an x"/>`, `<img src="data:image/svg+xml;base64,PHN2Zy8+" alt=""/>`, `<img src="data:image/png;base64,QUJDREVG" alt="y"/>`,
		`href="https://github.com/a/b/blob/HEAD/docs.md#a-b"`, `href="../gone.txt"`, `href="02_b.html#the-end"`, "(image: m)",
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page does not contain %s", want)
		}
	}
	for _, want := range []string{
		"cell 1 of all: the image missing.png cannot be shown: there is no such file", "h.png is on another machine", "etc/hosts.png cannot be shown: only files in",
		"the image hosts.png cannot be shown", "the image notes.txt cannot be shown: pages show", "z.png is not attached",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error %v does not say %q", err, want)
		}
	}
}

// Cells that only define fold to a line that names what they define; imports
// at the head of others do, and long definitions above what they run.
func TestListing(t *testing.T) {
	for source, want := range map[string]listing{
		"// lif is a neuron.\nfunc lif() {}\n\ntype bare struct{}\n\nfunc (b *bare[T]) step() {}\nvar x, y = 1, 2": {Folded: true, Lines: 7, Label: "Definitions: lif, bare, bare.step, x, y"},
		"import (\n\t\"fmt\"\n\tm \"math\"\n\t\"a.example/b/v2\"\n)":                                               {Folded: true, Lines: 5, Label: "Imports: fmt, m, b"},
		"func f() {}\n%%\nf()": {Lines: 3, Label: "Code"},
		"func main() {}":       {Lines: 1, Label: "Code"},
		"!ls":                  {Lines: 1, Label: "Code"},
		"x := 1":               {Lines: 1, Label: "Code"},
		"// Only a comment.":   {Lines: 1, Label: "Code"},
		"import (\n\t\"fmt\"\n)\n\n%%\nfmt.Println()":    {Lines: 6, Label: "Code", Above: []above{{Class: "imports", Label: "Imports: fmt"}}},
		"import \"fmt\"\n\n%%\nfmt.Println()":            {Lines: 4, Label: "Code"},
		"import (\n\t\"fmt\"\n)\n\nfunc f() {}\n%%\nf()": {Lines: 7, Label: "Code", Above: []above{{Class: "imports", Label: "Imports: fmt"}}},
		"import (\n\t\"fmt\"\n)\n\nfunc f() {\n\n\n\n\n\n\n}\n\n%%\nf()": {Lines: 15, Label: "Code",
			Above: []above{{Class: "imports", Label: "Imports: fmt"}, {Class: "definitions", Label: "Definitions: f · 8 lines"}}},
	} {
		got := newListing(&notebook.Cell{Type: "code", Source: source})
		got.Code = ""
		for i := range got.Above {
			got.Above[i].Code = ""
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, want %+v", source, got, want)
		}
	}
	if l := newListing(&notebook.Cell{Source: "const Seed = 1 // of all", Tags: []string{"parameters"}}); l.Folded || l.Label != "Parameters" {
		t.Errorf("parameters are %+v", l)
	}
}

// Warnings, which say at length what to do, fold to what is wrong.
func TestWarnings(t *testing.T) {
	for text, want := range map[string]string{
		"warning: a is 1; train longer":                                  "Warning: a is 1",
		"warning: a is 1; train longer\nwarning: b is 2; train longer\n": "Warning: a is 1 (and 1 more)",
		"a warning: no": "",
	} {
		if got := warned(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}
