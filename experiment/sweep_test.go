package experiment

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/plotting"
	"github.com/spikewalk/spikewalk/sweep"
)

// sizes is a config that knows when it is wrong, and how to be small.
type sizes struct {
	Units, Trials int
}

func (s sizes) Validate() error {
	if s.Units < 1 {
		return fmt.Errorf("Units is %d: it must be positive", s.Units)
	}
	return nil
}

type grown struct {
	Net  sizes `sweep:"-Trials"`
	Gain float64
}

func (g *grown) Quick() { g.Net.Units = 2 }

// growing measures its config and its seed.
func growing(gain float64) Experiment {
	e := Experiment{ID: "a.grows", Seeds: 2}
	return Define(e, grown{sizes{10, 3}, gain}, []Measure[numbers]{
		{Name: "product", Unit: "mV", Of: func(n numbers) float64 { return n.All[0] }},
		{Name: "seed", Of: func(n numbers) float64 { return n.All[1] }},
	}, func(_ context.Context, r Run, c grown) (numbers, error) {
		if c.Gain == 13 {
			return numbers{}, errors.New("unlucky")
		}
		return numbers{[]float64{float64(c.Net.Units) * c.Gain, float64(r.Seed)}}, nil
	}, func([]numbers) *plotting.Drawing { return nil })
}

func TestSweepOfAnExperiment(t *testing.T) {
	e := growing(1)
	if got := e.Columns(); !slices.Equal(got, []string{"product (mV)", "seed"}) {
		t.Errorf("columns %q", got)
	}
	for quick, units := range map[bool]string{false: "10", true: "2"} {
		if got := e.Fields(quick); len(got) != 2 || got[0] != (sweep.Field{Name: "Net.Units", Type: "int", Value: units}) || got[1].Name != "Gain" {
			t.Errorf("fields %v", got)
		}
	}
	plan := sweep.Grid(sweep.Texts("Gain", "2", "13")).Seeds(2).From(5)
	table, err := e.Sweep(t.Context(), plan, false, sweep.Local{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := table.Good().Floats("product (mV)"); !slices.Equal(got, []float64{20, 20}) {
		t.Errorf("found %v", got)
	}
	if got, _ := table.Good().Floats("seed"); !slices.Equal(got, []float64{5, 6}) {
		t.Errorf("seeds %v", got)
	}
	if got, _ := table.Failed().Texts("Error"); !slices.Equal(got, []string{"unlucky", "unlucky"}) {
		t.Errorf("errors %q", got)
	}
	if table, err = e.Sweep(t.Context(), sweep.Grid(), true, sweep.Local{Folder: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	if got, _ := table.Floats("product (mV)"); !slices.Equal(got, []float64{2}) {
		t.Errorf("found %v quickly", got)
	}
}

func TestSweepsThatMakeNoSense(t *testing.T) {
	e := growing(1)
	mute := e
	mute.measures = nil
	for says, swept := range map[string]func(on sweep.Engine) error{
		"Units is 0": func(on sweep.Engine) error {
			_, err := e.Sweep(t.Context(), sweep.Grid(sweep.Texts("Net.Units", "3", "0")), false, on)
			return err
		},
		"follows from others": func(on sweep.Engine) error {
			_, err := e.Sweep(t.Context(), sweep.Grid(sweep.Texts("Net.Trials", "3")), false, on)
			return err
		},
		"did you mean Net.Units": func(on sweep.Engine) error {
			_, err := e.Sweep(t.Context(), sweep.Grid(sweep.Texts("Net.Unit", "3")), false, on)
			return err
		},
		"no engine":        func(sweep.Engine) error { _, err := e.Sweep(t.Context(), sweep.Grid(), false, nil); return err },
		"measures nothing": func(on sweep.Engine) error { _, err := mute.Sweep(t.Context(), sweep.Grid(), false, on); return err },
		"complete it": func(on sweep.Engine) error {
			_, err := Experiment{}.Sweep(t.Context(), sweep.Grid(), false, on)
			return err
		},
		"results of the sweep": func(on sweep.Engine) error { // quick rows among others
			folder := sweep.Local{Folder: t.TempDir()}
			if _, err := e.Sweep(t.Context(), sweep.Grid(), true, folder); err != nil {
				return err
			}
			_, err := e.Sweep(t.Context(), sweep.Grid(), false, folder)
			return err
		},
	} {
		if err := swept(sweep.Local{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want an error that says %q", err, says)
		}
	}
}

// What was kept of a run with one config is not taken for that of another.
func TestKeptRunsAreOfTheirConfig(t *testing.T) {
	o := Options{Seeds: 1, Kept: filepath.Join(t.TempDir(), "runs")}
	find := func(e Experiment, redraw bool) (float64, error) {
		o.Redraw = redraw
		r, err := Reproduce(t.Context(), []Experiment{e}, o)
		if err != nil {
			return 0, err
		}
		return r.Experiments[0].Values[0][0], nil
	}
	for _, gain := range []float64{1, 3, 1} {
		if got, err := find(growing(gain), false); err != nil || got != 10*gain {
			t.Errorf("with gain %g: %g, %v", gain, got, err)
		}
	}
	if _, err := find(growing(3), true); err == nil || !strings.Contains(err.Error(), "another config") {
		t.Errorf("redrawn from another config's run: %v", err)
	}
	// Runs of before there were configs are drawn, and not gone on with.
	change(t, filepath.Join(o.Kept, "a.grows-seed-1.run"), func(r *keptRun) { r.Config = "" })
	if got, err := find(growing(3), true); err != nil || got != 10 {
		t.Errorf("redrawn from a run without a config: %g, %v", got, err)
	}
	if got, err := find(growing(3), false); err != nil || got != 30 {
		t.Errorf("after a run without a config: %g, %v", got, err)
	}
}
