//go:build linux

package browser

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	render "github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// TestHere trains the integrator in a page, and compares what it does before and
// after with what the packages say here: nearly the same, for WebAssembly rounds
// otherwise.
func TestHere(t *testing.T) {
	testkit.Needs(t, "Chromium")
	program, err := here.Build(context.Background(), "../../../..")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	code(t, folder, "lesson", "%%\nfmt.Println(1)")
	n, err := notebook.Read(filepath.Join(folder, "lesson"+notebook.Ending))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range n.Code() {
		c.Tags = []string{here.Tag}
	}
	content, err := render.Render(n, render.Surroundings{Here: program})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "lesson.html")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}

	tab, err := chromium(t).Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	p := &page{T: t, Page: tab, name: "lesson"}
	p.listen()
	p.window(1280, 900)
	if err := tab.Timeout(startTime).Navigate("file://" + file); err != nil {
		t.Fatal(err)
	}
	await(t, startTime, "the page", func() bool { return p.evaluate(`() => document.readyState === "complete"`).Bool() })
	const live = `() => document.querySelector("section.here").dataset.stage || ""`
	begun := time.Now()
	p.evaluate(`() => {
		document.querySelector(".here-form select[name=Seconds]").value = "30";
		document.querySelector(".here-form button").click();
	}`)
	await(t, time.Minute, "the integrator in the page", func() bool { return p.evaluate(live).Text() == "ended" })
	t.Logf("30 s of life, unpacked, started, measured twice and drawn: %v", time.Since(begun))
	drift := func(when string) float64 {
		v, err := strconv.ParseFloat(p.evaluate(`when => document.querySelector("section.here").dataset[when] || ""`, when).Text(), 64)
		if err != nil {
			t.Fatalf("there is no drift %s: the page says %q", when, p.evaluate(`() => document.querySelector(".here-state").textContent`).Text())
		}
		return v
	}
	before, after := natively(t, 30)
	if d := math.Abs(drift("before") - before); d > 1e-6 {
		t.Errorf("before learning the page's drift differs by %g °/s", d)
	}
	if got := drift("after"); math.Abs(got-after) > 0.3*after {
		t.Errorf("after learning the page's drift is %g °/s, here it is %g", got, after)
	}
	if n := p.evaluate(`() => document.querySelectorAll(".here-plots polyline").length`).Int(); n != 42 {
		t.Errorf("%d traces are drawn, want 21 before and 21 after", n)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		t.Errorf("on the console: %s", e)
	}
}

// natively is the mean drift before and after so much life, in °/s.
func natively(t *testing.T, seconds float64) (before, after float64) {
	t.Helper()
	cfg, ctx := nef.MacNeil2011(), context.Background()
	cfg.Seed = 1
	population, err := nef.NewPopulation(cfg)
	if err != nil {
		t.Fatal(err)
	}
	eye, err := integrator.New(population, integrator.MacNeil2011())
	if err == nil {
		eye, err = eye.PerturbDecoders(0.15, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	d0, err := integrator.MeasureDrift(ctx, eye, integrator.DefaultDrift())
	if err != nil {
		t.Fatal(err)
	}
	light := integrator.Light(seconds)
	light.Seed = 1
	if _, err := integrator.Live(ctx, eye, light); err != nil {
		t.Fatal(err)
	}
	d1, err := integrator.MeasureDrift(ctx, eye, integrator.DefaultDrift())
	if err != nil {
		t.Fatal(err)
	}
	return d0.MeanSpeed, d1.MeanSpeed
}
