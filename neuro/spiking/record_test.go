package spiking

import (
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// quiz is wave with one condition for each of its two lengths, and a question:
// is the trial long?
type quiz struct{ wave.Task }

func (q quiz) Trial(rng *rand.Rand) (task.Trial, error) {
	trial, err := q.Task.Trial(rng)
	if err != nil {
		return trial, err
	}
	trial.Condition = trial.Steps()/q.Steps - 1
	trial.Correct = func(z *mat.Dense) bool { rows, _ := z.Dims(); return rows > q.Steps }
	return trial, nil
}

// trained returns a small refractory model and its source of trials of two
// lengths.
func trained(t *testing.T) (*Model, task.Source) {
	t.Helper()
	src := wave.Own(quiz{wave.Task{Steps: 90, Vary: true}})
	cfg := small()
	cfg.Neurons, cfg.Neuron = 40, neuron.LIF{Tau: 0.010, Reset: -10, Refractory: 0.002}
	m, err := Transfer(context.Background(), cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	return m, src
}

func test(t *testing.T, m *Model, src task.Source, cfg TestConfig) *recording.Recording {
	t.Helper()
	rec, err := m.Test(context.Background(), src, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// The recorded currents are those that moved the recorded voltages, and the
// trains are those of the recorded spikes.
func TestRecordedQuantitiesObeyTheEquations(t *testing.T) {
	m, src := trained(t)
	rec := test(t, m, src, TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 2, Record: recording.Keep{Quantities: quantities}})
	q, cfg, bias := rec.Series, m.Config(), m.Bias()
	steps, n := q[Voltage].Dims()
	if last := rec.Trials[2].To; steps != last || n != cfg.Neurons || last == 0 {
		t.Fatalf("voltages are %d x %d, the recording has %d steps of %d neurons", steps, n, last, cfg.Neurons)
	}
	lif := cfg.Neuron.(neuron.LIF)
	membrane, slow, fast := math.Exp(-rec.Dt/lif.Tau), math.Exp(-rec.Dt/cfg.TauSlow), math.Exp(-rec.Dt/cfg.TauFast)
	next, moved := 0, 0
	held := make([]int, n)
	for step := range steps {
		spiked := make([]bool, n)
		for ; next < len(rec.Spikes.Times) && rec.Spikes.Times[next] < (float64(step)+1.5)*rec.Dt; next++ {
			spiked[rec.Spikes.Units[next]] = true
		}
		for i := 0; i < n && step > 0; i++ {
			var s float64
			if spiked[i] {
				s = 1
			}
			at := func(q string) float64 { return rec.Series[q].At(step, i) }
			before := func(q string) float64 { return rec.Series[q].At(step-1, i) }
			near(t, step, i, "slow train", at(SlowTrain), slow*before(SlowTrain)+s)
			near(t, step, i, "fast train", at(FastTrain), fast*before(FastTrain)+s)
			to := at(Learned) + at(SlowInput) + at(FastInput) + at(Input) - bias[i]
			want := to + (before(Voltage)-to)*membrane
			if held[i] > 0 || spiked[i] {
				want = lif.Reset
			} else if at(Voltage) != lif.Reset {
				moved++
			}
			// What was held before the recording began is not known here.
			if step > 2 {
				near(t, step, i, "voltage", at(Voltage), want)
			}
			held[i]--
			if spiked[i] {
				held[i] = 2
			}
		}
	}
	if moved < steps*n/4 {
		t.Errorf("only %d of %d voltages moved: the test says little", moved, steps*n)
	}
	// Learned is u y with the factors of the step before.
	var uy mat.Dense
	uy.Mul(rec.Factors.Values.Slice(0, steps-1, 0, 2), m.Encoder().T())
	if !mat.EqualApprox(&uy, q[Learned].Values.Slice(1, steps, 0, n), 1e-9) {
		t.Error("the learned current is not u y")
	}
}

func near(t *testing.T, step, i int, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-8*(1+math.Abs(want)) {
		t.Fatalf("step %d, neuron %d: %s is %g, want %g", step, i, what, got, want)
	}
}

func TestSelectionAndDecimation(t *testing.T) {
	m, src := trained(t)
	all := TestConfig{Trials: 4, Recorded: 3, Seed: 2, Record: recording.Keep{Quantities: quantities}}
	few := all
	few.Record = recording.Keep{Quantities: []string{Voltage, Learned}, Units: []int{11, 7}, Spikes: []int{3, 11}, Every: 7}
	a, b := test(t, m, src, all), test(t, m, src, few)
	steps := a.Trials[2].To
	for q, got := range b.Series {
		rows, cols := got.Dims()
		if rows != (steps+6)/7 || cols != 2 {
			t.Fatalf("%s: %d x %d of %d steps", q, rows, cols, steps)
		}
		for r := range rows {
			if got.At(r, 0) != a.Series[q].At(7*r, 11) || got.At(r, 1) != a.Series[q].At(7*r, 7) {
				t.Fatalf("%s: row %d is not step %d of neurons 11 and 7", q, r, 7*r)
			}
		}
	}
	if len(b.Series) != 2 {
		t.Errorf("%d quantities, 2 were asked for", len(b.Series))
	}
	var want recording.Spikes
	for k, j := range a.Spikes.Units {
		if j == 3 || j == 11 {
			want.Times, want.Units = append(want.Times, a.Spikes.Times[k]), append(want.Units, j)
		}
	}
	if len(want.Times) == 0 || !cmp.Equal(want, b.Spikes) {
		t.Errorf("%d spikes of neurons 3 and 11, want %d", len(b.Spikes.Times), len(want.Times))
	}
	if !cmp.Equal(a.FactorErrors, b.FactorErrors) || !cmp.Equal(a.Rates, b.Rates) {
		t.Error("what is recorded changes what happens")
	}
}

// Means are what one finds by keeping all trials.
func TestMeansAreThoseOfAllTrials(t *testing.T) {
	m, src := trained(t)
	cfg := TestConfig{Trials: 9, Recorded: 9, Seed: 5, Record: recording.Keep{Quantities: []string{SlowTrain, Learned}}}
	full := test(t, m, src, cfg)
	cfg.Recorded = 0
	cfg.Record = recording.Keep{Mean: []string{SlowTrain, Learned}, Units: []int{5, 1}, Every: 4}
	mean := test(t, m, src, cfg)
	means := mean.Means
	if len(means.Trials) != 2 || means.Trials[0].Condition != 0 || means.Trials[1].Condition != 1 || mean.Factors.Values != nil {
		t.Fatalf("means %v, want one of each condition and nothing in full", means.Trials)
	}
	for _, got := range means.Trials {
		for _, q := range cfg.Record.Mean {
			x := means.Series[q]
			if want := (90*(got.Condition+1) + 3) / 4; got.Steps() != want || x.Dt != 4*mean.Dt {
				t.Fatalf("condition %d: %d rows of %g s, want %d", got.Condition, got.Steps(), x.Dt, want)
			}
			for r := range got.Steps() {
				for k, i := range []int{5, 1} {
					want, trials := average(full, got.Condition, 4*r, full.Series[q], i)
					count := means.Series[recording.Counts].At(got.From+r, 0)
					if trials == 0 || count != float64(trials) || math.Abs(x.At(got.From+r, k)-want) > 1e-9*(1+math.Abs(want)) {
						t.Fatalf("%s, condition %d, row %d: %g over %g trials, want %g over %d", q, got.Condition, r, x.At(got.From+r, k), count, want, trials)
					}
				}
			}
		}
		want, _ := average(full, got.Condition, 8, full.Factors, 1)
		target, _ := average(full, got.Condition, 8, full.Factors.Targets, 1)
		if f := means.Factors; math.Abs(f.At(got.From+2, 1)-want) > 1e-9 || math.Abs(f.Targets.At(got.From+2, 1)-target) > 1e-9 {
			t.Error("mean factors are wrong")
		}
	}
	if rows, cols := means.Series[SlowTrain].Dims(); rows != 23+45 || cols != 2 || means.Series[Voltage].Values != nil {
		t.Errorf("means of all conditions are %d x %d", rows, cols)
	}
}

func average(rec *recording.Recording, condition, step int, x mat.Matrix, column int) (mean float64, trials int) {
	for _, s := range rec.Trials {
		if s.Condition == condition && s.From+step < s.To {
			mean, trials = mean+x.At(s.From+step, column), trials+1
		}
	}
	return mean / float64(trials), trials
}

// Where trials of one condition differ in length, a row is the mean of those
// that lasted so long.
func TestMeansOfTrialsThatDifferInLength(t *testing.T) {
	m, _ := trained(t)
	src := wave.Own(wave.Task{Steps: 90, Vary: true})
	cfg := TestConfig{Trials: 6, Recorded: 6, Seed: 5, Record: recording.Keep{Quantities: []string{Voltage}, Mean: []string{Voltage}}}
	rec := test(t, m, src, cfg)
	counts, mean := rec.Means.Series[recording.Counts], rec.Means.Series[Voltage]
	if counts.At(89, 0) != 6 || counts.At(90, 0) == 0 || counts.At(90, 0) == 6 {
		t.Fatalf("rows 89 and 90 are of %g and %g trials", counts.At(89, 0), counts.At(90, 0))
	}
	for _, r := range []int{0, 89, 90, 179} {
		if want, _ := average(rec, 0, r, rec.Series[Voltage], 3); math.Abs(mean.At(r, 3)-want) > 1e-9 {
			t.Errorf("row %d: %g, want %g", r, mean.At(r, 3), want)
		}
	}
}

func TestScores(t *testing.T) {
	m, src := trained(t)
	rec := test(t, m, src, TestConfig{Trials: 12, Seed: 8})
	var long float64
	for _, trial := range rec.Trials {
		long += float64(trial.Condition)
	}
	if len(rec.Trials) != 12 || rec.Accuracy() != long/12 || long == 0 || long == 12 {
		t.Errorf("accuracy %g over %d questions, want %g", rec.Accuracy(), len(rec.Trials), long/12)
	}
}

// A test that diverges hands over the trials before and names its own.
func TestDivergenceKeepsTheTrialsBefore(t *testing.T) {
	m, good := trained(t)
	n := 0
	src := spoiled{good, &n}
	rec, err := m.Test(context.Background(), src, TestConfig{Trials: 5, Recorded: 5, Seed: 1})
	if err == nil || !strings.Contains(err.Error(), "trial 3") || !strings.Contains(err.Error(), "step 4") {
		t.Errorf("error %v, want one that names trial 3 and step 4", err)
	}
	if rec == nil || len(rec.Trials) != 3 || len(rec.FactorErrors) != 3 {
		t.Error("the trials before are lost")
	}
}

// spoiled has a NaN target in its fourth trial.
type spoiled struct {
	task.Source
	n *int
}

func (s spoiled) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, next, err := s.Source.Trial(rng, state)
	if *s.n++; *s.n == 4 {
		trial.Factors.Set(4, 1, math.NaN())
	}
	return trial, next, err
}

func TestBadRecordings(t *testing.T) {
	m, src := trained(t)
	ok := m.State()
	with := func(name string, x []float64) recording.State {
		spoilt := maps.Clone(ok)
		spoilt[name] = x
		return spoilt
	}
	short := with("slow", ok["slow"][1:])
	wild := with("voltages", append([]float64{math.Inf(1)}, ok["voltages"][1:]...))
	long := with("refractory", append([]float64{3}, ok["refractory"][1:]...))
	for want, cfg := range map[string]TestConfig{
		`no quantity "volts"`:            {Record: recording.Keep{Quantities: []string{"volts"}}},
		`no quantity "amps"`:             {Record: recording.Keep{Mean: []string{"amps"}}},
		"spikes of neuron 40":            {Record: recording.Keep{Spikes: []int{40}}},
		"quantities of neuron -1":        {Record: recording.Keep{Units: []int{-1}}},
		"Every is -1: it must be":        {Record: recording.Keep{Every: -1}},
		"Perturbation is NaN":            {Perturbation: math.NaN()},
		`39 values of "slow"`:            {Initial: short},
		`"voltages" of neuron 0 is +Inf`: {Initial: wild},
		"refractory for 3 steps":         {Initial: long},
	} {
		cfg.Trials = 1
		if _, err := m.Test(context.Background(), src, cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
