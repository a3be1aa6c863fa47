//go:build linux

package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// page is one notebook, open in the browser.
type page struct {
	*testing.T
	*rod.Page
	name string
	// tried counts the figures of nb.Try that tryAll has tried.
	tried int

	mu     sync.Mutex
	errors []string
}

// open opens a notebook and waits until its kernel answers.
func open(t *testing.T, b *rod.Browser, s server, name string) *page {
	t.Helper()
	eyes.Lock() // a new page comes before them
	tab, err := b.Page(proto.TargetCreateTarget{URL: "about:blank"})
	eyes.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	p := &page{T: t, Page: tab, name: name}
	p.listen()
	p.window(1280, 900)
	address := fmt.Sprintf("%snotebooks/%s?token=%s", s.url, url.PathEscape(name+notebook.Ending), s.token)
	if err := tab.Timeout(startTime).Navigate(address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.shut)
	const isReady = `() => !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded &&
		Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel.info_reply.status)`
	await(t, startTime, "the kernel of "+name, func() bool { return p.evaluate(isReady).Bool() })
	return p
}

// harmless are parts of messages on the console that are Jupyter's own and
// concern no reader.
var harmless = []string{
	// Notebook looks for ipywidgets at every start, and does without where
	// they are not installed.
	"/nbextensions/widgets/notebook/js/extension.js",
	// MathJax's style declares an empty font of its own, MathJax_Blank, whose
	// address is about:blank.
	"Access to font at 'about:blank'",
	"Failed to load resource: net::ERR_FAILED about:blank",
}

// listen collects the errors on the page's console.
func (p *page) listen() {
	add := func(text string) {
		if slices.ContainsFunc(harmless, func(h string) bool { return strings.Contains(text, h) }) {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.errors = append(p.errors, text)
	}
	go p.EachEvent(func(e *proto.RuntimeConsoleAPICalled) {
		if e.Type != proto.RuntimeConsoleAPICalledTypeError && e.Type != proto.RuntimeConsoleAPICalledTypeAssert {
			return
		}
		var parts []string
		for _, a := range e.Args {
			parts = append(parts, strings.TrimSpace(a.Value.Str()+" "+a.Description))
		}
		add(strings.Join(parts, " "))
	}, func(e *proto.RuntimeExceptionThrown) {
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		add(text)
	}, func(e *proto.LogEntryAdded) {
		if e.Entry.Level == proto.LogLogEntryLevelError {
			add(e.Entry.Text + " " + e.Entry.URL)
		}
	})()
}

// evaluate runs a function of JavaScript in the page.
func (p *page) evaluate(js string, args ...any) result {
	p.Helper()
	r, err := p.Page.Timeout(startTime).Eval(js, args...)
	if err != nil {
		p.Fatalf("%s: %v", p.name, err)
	}
	return result{r}
}

// result is what a function of JavaScript returned.
type result struct{ *proto.RuntimeRemoteObject }

func (r result) Bool() bool   { return r.Value.Bool() }
func (r result) Int() int     { return r.Value.Int() }
func (r result) Text() string { return r.Value.Str() }

// window gives the page a size.
func (p *page) window(width, height int) {
	p.Helper()
	err := p.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: height, DeviceScaleFactor: 1})
	if err != nil {
		p.Fatal(err)
	}
}

// running are the first lines of the cells that run or wait to.
const running = `() => Jupyter.notebook.get_cells().filter(c => c.cell_type == "code" && c.input_prompt_number == "*").
	map(c => c.get_text().replace(/^[%\s]*/, "").split("\n")[0]).join("; ")`

// run runs one cell.
func (p *page) run(cell int) {
	p.Helper()
	p.evaluate(`i => Jupyter.notebook.execute_cells([i])`, cell)
}

// settle waits until no cell runs or waits to, and does what cells wait for.
func (p *page) settle(limit time.Duration) {
	p.Helper()
	for start := time.Now(); ; time.Sleep(200 * time.Millisecond) { // looking is work for a browser
		p.tryAll(limit)
		cells := p.evaluate(running).Text()
		if cells == "" {
			return
		}
		if time.Since(start) > limit {
			p.Fatalf("%s: after %v these cells are not done: %s", p.name, limit, cells)
		}
	}
}

// eyes are the reader's: only one page can be before them, and a browser draws
// no other.
var eyes sync.Mutex

// inFront does something with the page before the reader's eyes.
func (p *page) inFront(do func()) {
	p.Helper()
	eyes.Lock()
	defer eyes.Unlock()
	if _, err := p.Activate(); err != nil {
		p.Fatal(err)
	}
	do()
}

// shut ends the kernel, which would outlive its page, and closes the page.
func (p *page) shut() {
	if p.Page == nil {
		return
	}
	_, _ = p.Page.Timeout(startTime).Eval(`() => window.Jupyter && Jupyter.notebook &&
		new Promise(done => Jupyter.notebook.session.delete(() => done(), () => done()))`)
	// Not Page.Close, which would wait for an answer to whether to leave a
	// notebook that is not saved.
	_, _ = proto.TargetCloseTarget{TargetID: p.TargetID}.Call(p.Page)
	p.Page = nil
}

// text is all that a code cell shows.
func (p *page) text(cell int) string {
	p.Helper()
	var all strings.Builder
	for _, o := range p.read().Code()[cell].Outputs {
		all.WriteString(o.Text + o.Data["text/plain"])
	}
	return all.String()
}

// read returns the notebook as it stands in the page.
func (p *page) read() *notebook.Notebook {
	p.Helper()
	text := p.evaluate(`() => JSON.stringify(Jupyter.notebook.toJSON())`).Text()
	path := filepath.Join(p.TempDir(), p.name+notebook.Ending)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.Fatal(err)
	}
	n, err := notebook.Read(path)
	if err != nil {
		p.Fatal(err)
	}
	return n
}

// check looks for errors in the cells and on the console.
func (p *page) check() {
	p.Helper()
	for _, f := range p.read().Failures() {
		p.Errorf("%s: %s", p.name, f)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		p.Errorf("%s: the console says: %s", p.name, e)
	}
}

// code is a notebook of our kernel with one cell for each source.
func code(t *testing.T, folder, name string, sources ...string) {
	t.Helper()
	var cells []any
	for _, s := range sources {
		cells = append(cells, map[string]any{
			"cell_type": "code", "execution_count": nil, "metadata": map[string]any{}, "outputs": []any{}, "source": s,
		})
	}
	text, err := json.Marshal(map[string]any{
		"cells": cells, "nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{"kernelspec": map[string]string{"name": "gonb", "display_name": "Go (gonb)", "language": "go"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+notebook.Ending), text, 0o600); err != nil {
		t.Fatal(err)
	}
}
