package integrator

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

func quartiles(v []float64) (low, median, high float64) {
	low, high = stats.Quartiles(v)
	return low, stats.Median(v), high
}

func drift(t *testing.T, g *attractor.Attractor) Drift {
	t.Helper()
	return must[Drift](t)(MeasureDrift(context.Background(), g, DefaultDrift()))
}

// dx/dt = v: a command of 0.4 per s for 1 s moves x by 0.4. B' = τ_syn takes
// the neurons' rates for static; they lead a moving input by some percent.
func TestIntegratesVelocity(t *testing.T) {
	for _, form := range []attractor.Form{attractor.Weights, attractor.Decoders} {
		s := must[*attractor.Simulation](t)(paper(t, 2, func(c *attractor.Config) { c.Form = form }).Simulate(1))
		if err := s.Hold([]float64{-0.2}, nil, 1); err != nil {
			t.Fatal(err)
		}
		// x ripples with the spikes: compare means over 0.2 s.
		mean := func(v float64) (m float64) {
			for range 2000 {
				if err := s.Step([]float64{v}, nil); err != nil {
					t.Fatal(err)
				}
				m += s.X()[0] / 2000
			}
			return m
		}
		before := mean(0)
		for range 5 {
			mean(0.4)
		}
		if moved := mean(0) - before; math.Abs(moved-0.4) > 0.04 {
			t.Errorf("%s: x moved by %g, want 0.4", form, moved)
		}
	}
}

// attractor.Decoders 2 % too weak give a leak of (1 - λ)/τ_syn, which the transfer
// function predicts and the spikes show.
func TestLeakIsThatOfTheTransferFunction(t *testing.T) {
	g := paper(t, 3)
	optimal := transfer(t, g)
	if math.Abs(optimal.Lambda-1) > 1e-3 {
		t.Errorf("lambda of the optimum is %g", optimal.Lambda)
	}
	weak := g.Decoders()
	weak.Scale(0.98, weak)
	leaky := must[*attractor.Attractor](t)(g.WithDecoders(weak))
	of := transfer(t, leaky)
	if want := 0.98 * optimal.Lambda; math.Abs(of.Lambda-want) > 1e-12 {
		t.Errorf("lambda = %g, want %g", of.Lambda, want)
	}
	if want := 0.1 / (1 - of.Lambda); math.Abs(of.TauSystem-want) > 1e-9*want {
		t.Errorf("tau = %g s, want %g", of.TauSystem, want)
	}
	// The line fitted to 2 s of a decay is less steep than its beginning.
	d := drift(t, leaky)
	want := fittedDecay(d, of.TauSystem)
	if math.Abs(d.Slope-want) > 0.02 {
		t.Errorf("drift slope %g per s, want %g", d.Slope, want)
	}
}

// The linear optimal integrator of the paper. Bars from many populations.
func TestOptimalDrift(t *testing.T) {
	const populations = 9
	speeds, slopes := make([]float64, populations), make([]float64, populations)
	for seed := range populations {
		d := drift(t, paper(t, uint64(seed)))
		speeds[seed], slopes[seed] = d.MeanSpeed, math.Abs(d.Slope)
	}
	low, median, high := quartiles(speeds)
	t.Logf("optimal drift %.2f [%.2f, %.2f] degrees/s", median, low, high)
	if median < 0.5 || median > 0.8 {
		t.Errorf("median drift of the optimum is %.3f degrees/s, want 0.5 to 0.8", median)
	}
	if _, slope, _ := quartiles(slopes); slope > 0.01 {
		t.Errorf("median |slope| of the optimum is %.4f per s, want below 0.01", slope)
	}
}

// On the grid of 0.1 ms intervals come out long, rates low and integrators
// leaky, as the demo's are.
func TestOnGridSpikesLeak(t *testing.T) {
	for seed := range uint64(3) {
		d := drift(t, paper(t, seed, func(c *attractor.Config) { c.Timing = nef.OnGrid }))
		if d.Slope > -0.01 || d.Slope < -0.05 {
			t.Errorf("seed %d: slope %.4f per s on the grid, want about -0.025", seed, d.Slope)
		}
	}
}

func TestDriftIsMeasuredAsSaid(t *testing.T) {
	g := paper(t, 1)
	before := g.Weights()
	a, b := drift(t, g), drift(t, g)
	if diff := cmp.Diff(a.Velocities, b.Velocities); diff != "" {
		t.Errorf("the same measurement twice differs: %s", diff)
	}
	if !mat.Equal(before, g.Weights()) {
		t.Error("measuring drift changed the integrator")
	}
	if len(a.Positions) != 21 || a.Positions[0] != -40 || a.Positions[20] != 40 || a.Positions[10] != 0 {
		t.Errorf("positions are %v", a.Positions)
	}
	if r, c := a.Traces.Dims(); r != 200 || c != 21 || math.Abs(a.Traces.Time(r-1)-2) > 1e-9 {
		t.Errorf("traces are %d x %d, until %g s", r, c, a.Traces.Time(r-1))
	}
	if names := a.Traces.Names; len(names) != 21 || names[0] != "-40°" || names[10] != "0°" || names[20] != "40°" {
		t.Errorf("traces are called %q", names)
	}
	for i, held := range a.Positions {
		if at := a.Traces.At(0, i); math.Abs(at-held) > 4 {
			t.Errorf("held at %g degrees, released at %g", held, at)
		}
	}
}

// What Perturb does to the weights, and that the readout is pinv(α e) ω.
func TestPerturb(t *testing.T) {
	g := paper(t, 1)
	bad := must[*attractor.Attractor](t)(g.Perturb(0.15, 1))
	w, u := g.Weights(), bad.Weights()
	n, _ := w.Dims()
	ratios := make([]float64, 0, n*n)
	for j := range n {
		for i := range n {
			ratios = append(ratios, u.At(j, i)/w.At(j, i)-1)
		}
	}
	if mean, sd := stat.MeanStdDev(ratios, nil); math.Abs(mean) > 5*0.15/40 || math.Abs(sd-0.15) > 0.015 {
		t.Errorf("weights changed by %g with standard deviation %g, want 0 and 0.15", mean, sd)
	}
	scaled := mat.NewDense(n, 1, nil)
	for j := range n {
		scaled.Set(j, 0, g.Population.Gain[j]*g.Population.Encoders.At(j, 0))
	}
	// For one dimension pinv(b) = bᵀ/(bᵀ b).
	var want mat.Dense
	want.Mul(scaled.T(), u)
	want.Scale(1/math.Pow(mat.Norm(scaled, 2), 2), &want)
	if !mat.EqualApprox(bad.Decoders().T(), &want, 1e-12*mat.Norm(&want, 2)) {
		t.Error("the readout is not pinv(α e) ω")
	}
	if !mat.EqualApprox(must[*attractor.Attractor](t)(g.Perturb(0, 1)).Decoders(), g.Decoders(), 1e-14) {
		t.Error("a perturbation of 0 changed the decoders")
	}
}

func TestPerturbDecodersIsTheSameInBothForms(t *testing.T) {
	w := must[*attractor.Attractor](t)(paper(t, 1).PerturbDecoders(0.15, 3))
	d := must[*attractor.Attractor](t)(paper(t, 1, func(c *attractor.Config) { c.Form = attractor.Decoders }).PerturbDecoders(0.15, 3))
	if !mat.EqualApprox(w.Weights(), d.Weights(), 1e-12*mat.Norm(w.Weights(), 2)) || !mat.Equal(w.Decoders(), d.Decoders()) {
		t.Error("the forms were perturbed differently")
	}
	if mat.EqualApprox(w.Decoders(), paper(t, 1).Decoders(), 1e-6) {
		t.Error("nothing was perturbed")
	}
}

// 100 s of life with light bring a perturbed integrator's drift down at least
// three times, and one whose every weight was perturbed clearly.
func TestLearningReducesDrift(t *testing.T) {
	const populations = 7
	for _, c := range []struct {
		name    string
		perturb func(*attractor.Attractor, float64, uint64) (*attractor.Attractor, error)
		fall    float64
	}{{"decoders", (*attractor.Attractor).PerturbDecoders, 3}, {"weights", (*attractor.Attractor).Perturb, 1.5}} {
		before, after := make([]float64, populations), make([]float64, populations)
		for seed := range populations {
			bad := must[*attractor.Attractor](t)(c.perturb(paper(t, uint64(seed)), 0.15, uint64(seed)))
			cfg := Light(100)
			cfg.Seed = uint64(seed)
			before[seed] = drift(t, bad).MeanSpeed
			must[Run](t)(Live(context.Background(), bad, cfg))
			after[seed] = drift(t, bad).MeanSpeed
		}
		_, from, _ := quartiles(before)
		_, to, _ := quartiles(after)
		t.Logf("%s: drift %.2f -> %.2f degrees/s", c.name, from, to)
		if from < c.fall*to {
			t.Errorf("%s: median drift fell from %.2f to %.2f degrees/s, want at least %g-fold", c.name, from, to, c.fall)
		}
	}
}

// With the optimal integrator the eye spends most of its time on target.
func TestEyeFindsTarget(t *testing.T) {
	cfg := Light(30)
	cfg.Kappa = 0
	g := paper(t, 1)
	run := must[Run](t)(Live(context.Background(), g, cfg))
	off := make([]float64, len(run.Time))
	for k := range off {
		off[k] = math.Abs(run.Eye[k] - run.Target[k])
	}
	if _, median, _ := quartiles(off); median > 1 {
		t.Errorf("the eye is %.2f degrees off target in the median, want below 1", median)
	}
	if !mat.Equal(g.Weights(), paper(t, 1).Weights()) {
		t.Error("life with a learning rate of 0 changed the weights")
	}
}

func TestLearnReportsAndRepeats(t *testing.T) {
	cfg := Light(3)
	cfg.Curve = []float64{0, 1.5, 3}
	cfg.Drift.Positions, cfg.Drift.Free = 3, 0.5
	bad := must[*attractor.Attractor](t)(paper(t, 1).PerturbDecoders(0.15, 1))
	var seen []int
	live := func(watch neuro.Watch) (Run, *attractor.Attractor) {
		g := bad.Clone()
		return must[Run](t)(Live(neuro.WithWatch(context.Background(), watch), g, cfg)), g
	}
	a, learned := live(func(p neuro.Progress) error {
		if p.Total != 3 || p.Stage != "live" {
			t.Errorf("progress is %+v", p)
		}
		seen = append(seen, p.Done)
		return nil
	})
	b, again := live(nil)
	if diff := cmp.Diff(seen, []int{1, 2, 3}); diff != "" {
		t.Errorf("seconds reported: %s", diff)
	}
	if !reflect.DeepEqual(a, b) || !mat.Equal(learned.Weights(), again.Weights()) {
		t.Error("the same run twice differs")
	}
	if diff := cmp.Diff(a.CurveTime, cfg.Curve); diff != "" {
		t.Errorf("learning curve at other times: %s", diff)
	}
	if a.Curve[0].MeanSpeed == a.Curve[2].MeanSpeed {
		t.Error("the learning curve does not move")
	}
	// Looking on the way must not change what is learned.
	cfg.Curve = nil
	if _, unwatched := live(nil); !mat.Equal(learned.Weights(), unwatched.Weights()) {
		t.Error("measuring the learning curve changed what was learned")
	}
	if n := len(a.Time); n != 300 || len(a.Eye) != n || len(a.Target) != n || len(a.X) != n || len(a.V) != n || math.Abs(a.Time[n-1]-3) > 1e-9 {
		t.Errorf("traces of %d samples", n)
	}
}

func TestLearnStops(t *testing.T) {
	g := paper(t, 1)
	stop := neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if p.Done == 2 {
			return neuro.ErrStop
		}
		return nil
	})
	run, err := Live(stop, g, Light(10))
	if err != nil || len(run.Time) != 200 {
		t.Errorf("stopped by the watcher: %d samples, error %v; want 200, none", len(run.Time), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	run, err = Live(neuro.WithWatch(ctx, func(neuro.Progress) error { cancel(); return nil }), g, Light(10))
	if !errors.Is(err, context.Canceled) || len(run.Time) != 100 {
		t.Errorf("cancelled: %d samples, error %v; want 100, context.Canceled", len(run.Time), err)
	}
	if _, err := MeasureDrift(ctx, g, DefaultDrift()); !errors.Is(err, context.Canceled) {
		t.Errorf("drift with a cancelled context: %v", err)
	}
}

func TestDivergenceLeavesTheLastGoodState(t *testing.T) {
	g := paper(t, 1)
	cfg := Light(60)
	cfg.Kappa = 1e-1
	run, err := Live(context.Background(), g, cfg)
	var diverged *neuro.DivergenceError
	if !errors.As(err, &diverged) {
		t.Fatalf("error is %v, want a DivergenceError", err)
	}
	if !strings.Contains(err.Error(), "Kappa") || !strings.Contains(err.Error(), " s,") {
		t.Errorf("%q says neither when nor what helps", err)
	}
	for _, w := range g.Weights().RawMatrix().Data {
		if math.IsNaN(w) || math.IsInf(w, 0) {
			t.Fatal("the integrator left behind is not finite")
		}
	}
	if whole := diverged.Step / 10_000; whole == 0 && !mat.EqualApprox(g.Weights(), paper(t, 1).Weights(), 1e-12) {
		t.Error("diverged in the first second, but the weights are not those from before")
	}
	if len(run.Time) != (diverged.Step+1)/100 {
		t.Errorf("%d samples up to step %d", len(run.Time), diverged.Step)
	}
}

func TestConfigsAreJSON(t *testing.T) {
	var c attractor.Config
	var d DriftConfig
	var l LifeConfig
	light := Light(100)
	light.Curve = []float64{0, 100}
	for _, pair := range [][2]any{{MacNeil2011(), &c}, {DefaultDrift(), &d}, {light, &l}} {
		text := must[[]byte](t)(json.Marshal(pair[0]))
		if err := json.Unmarshal(text, pair[1]); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(pair[0], reflect.ValueOf(pair[1]).Elem().Interface()); diff != "" {
			t.Error(diff)
		}
	}
}
