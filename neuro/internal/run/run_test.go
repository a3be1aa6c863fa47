package run_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// counter is a network whose only factor is the number of its steps, times gain;
// its output is twice that. Unit 1 of 2 spikes at every third step.
type counter struct {
	gain  float64
	steps float64
	fed   []float64 // what has driven it
	y, z  [1]float64
	open  bool // between Begin and End
}

func (c *counter) Begin(context.Context, *run.Trial) { c.open = true }
func (c *counter) End()                              { c.open = false }

func (c *counter) Step(trial *run.Trial, t int) (run.Step, error) {
	if trial.Driven {
		c.fed = append(c.fed, trial.FactorsBefore(t)[0])
		return run.Step{}, nil
	}
	c.steps++
	c.y[0], c.z[0] = c.gain*c.steps, 2*c.gain*c.steps
	s := run.Step{Factors: c.y[:], Outputs: c.z[:]}
	if t%3 == 2 {
		s.Spikes = []int{1}
	}
	return s, nil
}

func (c *counter) Quantity(name string, scratch []float64) []float64 {
	scratch[0], scratch[1] = c.steps, -c.steps
	return scratch
}

// trial asks for 1, 2, 3, … of the factor, and twice that of the output.
func trial(steps, number int) *run.Trial {
	factors, targets := mat.NewDense(steps, 1, nil), mat.NewDense(steps, 1, nil)
	for t := range steps {
		factors.Set(t, 0, float64(t+1))
		targets.Set(t, 0, float64(2*t+2))
	}
	return &run.Trial{
		Trial: task.Trial{Factors: factors, Targets: targets, Condition: number % 2},
		Where: "counting", Number: number, Advice: "count less",
	}
}

func TestAllStagesHaveOneProgress(t *testing.T) {
	var seen []string
	watch := func(p neuro.Progress) error {
		seen = append(seen, fmt.Sprintf("%s %d/%d %v %d", p.Stage, p.Done, p.Total, p.Error, len(p.Warnings)))
		if p.Stage == "first" && p.Done == 2 {
			return neuro.ErrStop
		}
		return nil
	}
	all := run.Watched(neuro.WithWatch(context.Background(), watch), 6)
	asked := 0
	all.Doubts = func() ([]neuro.Warning, error) { asked++; return make([]neuro.Warning, 2), nil }
	ran := 0
	for _, s := range []struct {
		name   string
		trials int
	}{{"first", 4}, {"second", 2}} {
		err := all.Stage(s.name, s.trials, func(i int) (run.Report, error) {
			ran++
			return run.Report{Error: float64(i)}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"first 1/6 0 0", "first 2/6 1 0", "second 5/6 0 0", "second 6/6 1 2"}
	if !slices.Equal(seen, want) || ran != 4 || asked != 1 || !all.Complete() {
		t.Errorf("seen %q, %d trials run, doubts asked %d times", seen, ran, asked)
	}
	// Doubts are asked without a watcher, too, and not of a computation that ended
	// early; errors of trials, of doubts and of the watcher end it.
	all = run.Watched(context.Background(), 2)
	all.Doubts = func() ([]neuro.Warning, error) { asked++; return nil, errors.New("doubts") }
	if err := all.Stage("x", 1, func(int) (run.Report, error) { return run.Silent, nil }); err != nil || all.Complete() || asked != 1 {
		t.Errorf("half way: %v", err)
	}
	if err := all.Stage("x", 1, func(int) (run.Report, error) { return run.Silent, nil }); err == nil || err.Error() != "doubts" {
		t.Errorf("error %v", err)
	}
	boom := errors.New("boom")
	all = run.Watched(neuro.WithWatch(context.Background(), func(neuro.Progress) error { return boom }), 5)
	if err := all.Stage("x", 5, func(int) (run.Report, error) { return run.Silent, nil }); err != boom {
		t.Errorf("error %v, want the watcher's", err)
	}
}

// Whatever ends a trial, the network is told.
func TestStepsEndWhereTheyShould(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	net, taken := &counter{gain: 1}, 0
	for step, err := range run.Steps(ctx, net, trial(10, 0)) {
		if taken++; step.T == 3 {
			cancel()
		}
		if (err != nil) != (step.T == 4) || err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("step %d: error %v", step.T, err)
		}
	}
	if taken != 5 || net.open || net.steps != 4 {
		t.Errorf("%d steps seen, %g taken", taken, net.steps)
	}
	for range run.Steps(context.Background(), net, trial(10, 0)) {
		break
	}
	if net.open {
		t.Error("the network was not told that the trial was broken off")
	}
}

func TestDivergenceIsFoundInOnePlace(t *testing.T) {
	net := &counter{gain: math.Inf(1)}
	err := run.Through(context.Background(), net, trial(10, 7))
	var diverged *neuro.DivergenceError
	if !errors.As(err, &diverged) || diverged.Trial != 7 || diverged.Step != 0 || diverged.What != "factor 0" || diverged.Advice != "count less" {
		t.Errorf("error %v", err)
	}
	if at := trial(3, 7).At(2, errors.New("boom")); at.Error() != "counting, trial 7, step 2: boom" {
		t.Errorf("an error says %q", at)
	}
}

// A driven network is fed the targets of the step before.
func TestDrivenTrials(t *testing.T) {
	net, one := new(counter), trial(4, 0)
	one.Driven = true
	var done run.Outcome
	if err := run.Through(context.Background(), net, one, &done); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(net.fed, []float64{1, 1, 2, 3}) || done.Factors != nil || !math.IsNaN(done.FactorError) {
		t.Errorf("fed %v, outcome %v", net.fed, done)
	}
}

// Observers know nothing of each other: an outcome, a function that perturbs, and
// a recorder see the same steps.
func TestRecorder(t *testing.T) {
	net := &counter{gain: 1}
	keep := recording.Keep{Quantities: []string{"n"}, Mean: []string{"n"}, Units: []int{1}, Every: 2}
	rec := run.NewRecorder(net, recording.Recording{Dt: 0.5, Units: 2}, 2, keep, nil)
	var done run.Outcome
	var seen []float64
	for i := range 3 {
		net.steps = 0
		err := run.Through(context.Background(), net, trial(5, i), &done, rec,
			run.Each(func(_ *run.Trial, s run.Step) error { seen = append(seen, s.Factors[0]); return nil }))
		if err != nil || done.FactorError != 0 || rec.FactorError != 0 {
			t.Fatalf("trial %d: %v, errors %g and %g", i, err, done.FactorError, rec.FactorError)
		}
	}
	r := rec.Recording()
	if len(seen) != 15 || len(r.Trials) != 3 || len(r.Kept()) != 2 || r.Kept()[1].From != 5 || r.Kept()[1].To != 10 {
		t.Errorf("%d steps seen, trials %+v", len(seen), r.Trials)
	}
	// Every second step of the recording, of unit 1, which is minus the number of
	// the step: steps 0, 2, 4 of the first trial and 1, 3 of the second.
	if n := r.Series["n"]; n.Dt != 1 || !mat.Equal(n, mat.NewDense(5, 1, []float64{-1, -3, -5, -2, -4})) {
		t.Errorf("kept %v", mat.Formatted(n))
	}
	if want := (recording.Spikes{Times: []float64{1.5, 4}, Units: []int{1, 1}}); !slices.Equal(r.Spikes.Times, want.Times) || !slices.Equal(r.Spikes.Units, want.Units) {
		t.Errorf("spikes %v", r.Spikes)
	}
	if r.Rates[0] != 0 || math.Abs(r.Rates[1]-3/7.5) > 1e-12 {
		t.Errorf("rates %v", r.Rates)
	}
	if f := r.Factors; f.At(7, 0) != 3 || f.Targets.At(7, 0) != 3 {
		t.Error("factors are not those of the trials")
	}
	m := r.Means
	if len(m.Trials) != 2 || m.Trials[1].From != 3 || m.Trials[1].To != 6 || m.Series[recording.Counts].At(0, 0) != 2 || m.Series["n"].At(4, 0) != -3 {
		t.Errorf("means %+v", m)
	}
}

// What is handed to somebody else part by part is not kept.
func TestRecorderHandsPartsOn(t *testing.T) {
	net := &counter{gain: 1}
	var parts []*recording.Recording
	rec := run.NewRecorder(net, recording.Recording{Dt: 0.5, Units: 2}, 9, recording.Keep{}, func(p *recording.Recording) error {
		if parts = append(parts, p); len(parts) == 2 {
			return errors.New("the disk is full")
		}
		return nil
	})
	for i := range 2 {
		err := run.Through(context.Background(), net, trial(5, i), rec)
		if (err != nil) != (i == 1) || err != nil && !strings.Contains(err.Error(), "disk is full") {
			t.Errorf("trial %d: %v", i, err)
		}
	}
	if r := rec.Recording(); r.Outputs.Values != nil || len(r.Trials) != 1 || parts[0].Outputs.Values == nil {
		t.Error("a part is kept, or empty")
	}
}

func TestStepsAllocateNothing(t *testing.T) {
	net, one := &counter{gain: 1}, trial(1000, 0)
	ctx := context.Background()
	n := testing.AllocsPerRun(5, func() {
		for _, err := range run.Steps(ctx, net, one) {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	if n > 340 { // the spikes of the network above
		t.Errorf("%g allocations in 1000 steps", n)
	}
}
