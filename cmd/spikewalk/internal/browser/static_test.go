//go:build linux

package browser

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-rod/rod/lib/proto"
)

// static is a page of a lesson, which no Jupyter serves.
type static struct {
	*page
	width int
}

// live counts the figures that play or turn, and those of them that are ready.
const live = `() => {
	const all = Array.from(document.querySelectorAll(".spikewalk-figure"));
	return [all.length, all.filter(f => f.dataset.ready === "true").length, Math.round(performance.now())];
}`

// interactive waits until all figures are ready, which is to be within a
// second of opening. The best of a few times counts: the machine may be busy
// with other things.
func (s *static) interactive() {
	s.Helper()
	const limit = 1000 // ms
	best := s.ready()
	for range 4 {
		if best <= limit {
			break
		}
		if err := s.Reload(); err != nil {
			s.Fatal(err)
		}
		best = min(best, s.ready())
	}
	if best > limit {
		s.Errorf("ready after %d ms, want %d", best, limit)
	}
}

// ready waits until all figures are ready, and returns the milliseconds since
// the page was asked for.
func (s *static) ready() (took int) {
	s.Helper()
	await(s.T, startTime, "the figures of "+s.name, func() bool {
		v := s.evaluate(live).Value.Arr()
		took = v[2].Int()
		return s.evaluate(`() => document.readyState === "complete"`).Bool() && v[0].Int() == v[1].Int()
	})
	return took
}

// fits makes sure that the page is no wider than the window.
func (s *static) fits() {
	s.Helper()
	if wide := s.evaluate(`() => document.documentElement.scrollWidth - innerWidth`).Int(); wide > 0 {
		s.Errorf("the page is %d pixels wider than the window", wide)
	}
	small := s.evaluate(`() => Array.from(document.querySelectorAll(".lesson figure img, .lesson figure [data-kind=play] .spikewalk-live")).
		filter(e => e.offsetWidth > 0 && e.offsetWidth < Math.min(640, parseFloat(e.style.width) || e.getAttribute("width") || 640) - 1).length`).Int()
	if small > 0 {
		s.Errorf("%d figures are drawn smaller than 640 pixels", small)
	}
}

// folds makes sure that code is folded on telephones only, and can be unfolded.
func (s *static) folds() {
	s.Helper()
	const open = `() => document.querySelectorAll("details.code[open]:not(.folded)").length`
	all := s.evaluate(`() => document.querySelectorAll("details.code:not(.folded)").length`).Int()
	want := all
	if s.width < 700 {
		want = 0
	}
	if got := s.evaluate(open).Int(); got != want {
		s.Errorf("%d of %d cells show their code, want %d", got, all, want)
	}
	if all == 0 {
		return
	}
	s.evaluate(`() => document.getElementById("code").click()`)
	if got := s.evaluate(open).Int(); got != all-want {
		s.Errorf("after the button %d of %d cells show their code, want %d", got, all, all-want)
	}
	s.evaluate(`() => document.getElementById("code").click()`)
}

// finds makes sure that the list of contents marks where the reader is.
func (s *static) finds() {
	s.Helper()
	if s.width < 1200 || !s.evaluate(`() => !!document.querySelector("nav.contents")`).Bool() {
		return
	}
	s.evaluate(`() => { const all = document.querySelectorAll("nav.contents a"); location.hash = all[1].hash; }`)
	const marked = `() => { const all = Array.from(document.querySelectorAll("nav.contents a")); return all[1].getAttribute("aria-current") === "true" && all.filter(a => a.hasAttribute("aria-current")).length === 1; }`
	await(s.T, startTime, "the mark in the contents of "+s.name, func() bool { return s.evaluate(marked).Bool() })
	s.evaluate(`() => { location.hash = ""; scrollTo(0, 0); }`)
}

// plays moves every slider and choice of the page, and turns what turns.
func (s *static) plays() {
	s.Helper()
	const limit = 50 // ms, from the event to the picture
	slow := s.evaluate(`async () => {
		const wait = ms => new Promise(done => setTimeout(done, ms));
		const slow = [];
		for (const figure of document.querySelectorAll(".spikewalk-figure")) {
			const redrawn = async (what, act) => {
				const before = figure.dataset.redraws;
				act();
				for (let i = 0; i < 100 && figure.dataset.redraws === before; i++) await wait(10);
				if (figure.dataset.redraws === before) slow.push(figure.dataset.name + ": " + what + " changes nothing");
				return Number(figure.dataset.redrawMs);
			};
			let times = [];
			for (let round = 0; round === 0 || round < 5 && Math.min(...times) > ` + fmt.Sprint(limit) + `; round++) {
				for (const range of figure.querySelectorAll("input[type=range]")) {
					for (const to of [range.max, "0", String(range.max >> 1)]) {
						times.push(await redrawn(range.getAttribute("aria-label"), () => { range.value = to; range.dispatchEvent(new Event("input", { bubbles: true })); }));
					}
				}
				for (const select of figure.querySelectorAll("select")) {
					const to = select.selectedIndex === 0 ? select.options.length - 1 : 0;
					times.push(await redrawn(select.getAttribute("aria-label"), () => { select.selectedIndex = to; select.dispatchEvent(new Event("change", { bubbles: true })); }));
				}
				const canvas = figure.querySelector("canvas");
				if (canvas) times.push(await redrawn("an arrow key", () => canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }))));
			}
			// The best counts: the machine may be busy with other things.
			if (Math.min(...times) > ` + fmt.Sprint(limit) + `) slow.push(figure.dataset.name + ": " + times.join(", ") + " ms");
		}
		return slow.join("; ");
	}`).Text()
	if slow != "" {
		s.Errorf("figures that do not answer in %d ms: %s", limit, slow)
	}
}

// quiet looks for what went wrong meanwhile.
func (s *static) quiet() {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.errors {
		s.Errorf("the console says: %s", e)
	}
}

// photograph takes pictures of the whole page, as pictures does of notebooks.
func (s *static) photograph(name string) {
	s.Helper()
	folder := os.Getenv(picturesEnv)
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		s.Fatal(err)
	}
	height := s.evaluate(`() => document.documentElement.scrollHeight`).Int()
	for n, top := 1, 0; top < height; n, top = n+1, top+pictureHeight {
		image, err := s.Screenshot(false, &proto.PageCaptureScreenshot{CaptureBeyondViewport: true, Clip: &proto.PageViewport{
			Y: float64(top), Width: float64(s.width), Height: float64(min(pictureHeight, height-top)), Scale: 1,
		}})
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%02d.png", name, n)), image, 0o644)
		}
		if err != nil {
			s.Fatal(err)
		}
	}
}
