package spiking

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// quiz is wave with one condition for each of its two lengths, and a question:
// is the trial long?
type quiz struct{ wave }

func (q quiz) Trial(rng *rand.Rand) (task.Trial, error) {
	trial, err := q.wave.Trial(rng)
	if err != nil {
		return trial, err
	}
	trial.Condition = trial.Steps()/q.steps - 1
	trial.Correct = func(z *mat.Dense) bool { rows, _ := z.Dims(); return rows > q.steps }
	return trial, nil
}

// trained returns a small refractory model and its source of trials of two
// lengths.
func trained(t *testing.T) (*Model, Source) {
	t.Helper()
	src := own(quiz{wave{steps: 90, vary: true}})
	cfg := small()
	cfg.Neurons, cfg.Neuron = 40, neuron.LIF{Tau: 0.010, Reset: -10, Refractory: 0.002}
	m, err := Transfer(context.Background(), cfg, src, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m, src
}

func test(t *testing.T, m *Model, src Source, cfg TestConfig) *Recording {
	t.Helper()
	rec, err := m.Test(context.Background(), src, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// The recorded currents are those that moved the recorded voltages, and the
// trains are those of the recorded spikes.
func TestRecordedQuantitiesObeyTheEquations(t *testing.T) {
	m, src := trained(t)
	rec := test(t, m, src, TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 3, Seed: 2, Record: RecordConfig{Quantities: quantities}})
	q, cfg, bias := rec.Quantities, m.Config(), m.Bias()
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
			spiked[rec.Spikes.Neurons[next]] = true
		}
		for i := 0; i < n && step > 0; i++ {
			var s float64
			if spiked[i] {
				s = 1
			}
			at := func(q Quantity) float64 { return rec.Quantities[q].At(step, i) }
			before := func(q Quantity) float64 { return rec.Quantities[q].At(step-1, i) }
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
	uy.Mul(rec.Factors.Slice(0, steps-1, 0, 2), m.Encoder().T())
	if !mat.EqualApprox(&uy, q[Learned].Slice(1, steps, 0, n), 1e-9) {
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
	all := TestConfig{Trials: 4, Recorded: 3, Seed: 2, Record: RecordConfig{Quantities: quantities}}
	few := all
	few.Voltages = []int{7}
	few.Record = RecordConfig{Quantities: []Quantity{Voltage, Learned}, Neurons: []int{11, 7}, Spikes: []int{3, 11}, Every: 7}
	a, b := test(t, m, src, all), test(t, m, src, few)
	steps := a.Trials[2].To
	for q, got := range b.Quantities {
		rows, cols := got.Dims()
		if rows != (steps+6)/7 || cols != 2 {
			t.Fatalf("%s: %d x %d of %d steps", q, rows, cols, steps)
		}
		for r := range rows {
			if got.At(r, 0) != a.Quantities[q].At(7*r, 11) || got.At(r, 1) != a.Quantities[q].At(7*r, 7) {
				t.Fatalf("%s: row %d is not step %d of neurons 11 and 7", q, r, 7*r)
			}
		}
	}
	if len(b.Quantities) != 2 {
		t.Errorf("%d quantities, 2 were asked for", len(b.Quantities))
	}
	for step := range steps {
		if b.Voltages.At(step, 0) != a.Quantities[Voltage].At(step, 7) {
			t.Fatalf("step %d: voltages of neuron 7 differ", step)
		}
	}
	var want Spikes
	for k, j := range a.Spikes.Neurons {
		if j == 3 || j == 11 {
			want.Times, want.Neurons = append(want.Times, a.Spikes.Times[k]), append(want.Neurons, j)
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
	cfg := TestConfig{Trials: 9, Recorded: 9, Seed: 5, Record: RecordConfig{Quantities: []Quantity{SlowTrain, Learned}}}
	full := test(t, m, src, cfg)
	cfg.Recorded = 0
	cfg.Record = RecordConfig{Mean: []Quantity{SlowTrain, Learned}, Neurons: []int{5, 1}, Every: 4}
	mean := test(t, m, src, cfg)
	if len(mean.Means) != 2 || mean.Means[0].Condition != 0 || mean.Means[1].Condition != 1 || mean.Factors != nil {
		t.Fatalf("%d means, want one of each condition and nothing in full", len(mean.Means))
	}
	for _, got := range mean.Means {
		for q, x := range got.Quantities {
			rows, _ := x.Dims()
			if want := (90*(got.Condition+1) + 3) / 4; rows != want || len(got.Trials) != want {
				t.Fatalf("condition %d: %d rows, want %d", got.Condition, rows, want)
			}
			for r := range rows {
				for k, i := range []int{5, 1} {
					want, trials := average(full, got.Condition, 4*r, full.Quantities[q], i)
					if trials == 0 || got.Trials[r] != trials || math.Abs(x.At(r, k)-want) > 1e-9*(1+math.Abs(want)) {
						t.Fatalf("%s, condition %d, row %d: %g over %d trials, want %g over %d", q, got.Condition, r, x.At(r, k), got.Trials[r], want, trials)
					}
				}
			}
		}
		want, _ := average(full, got.Condition, 8, full.Factors, 1)
		target, _ := average(full, got.Condition, 8, full.FactorTargets, 1)
		if math.Abs(got.Factors.At(2, 1)-want) > 1e-9 || math.Abs(got.FactorTargets.At(2, 1)-target) > 1e-9 {
			t.Error("mean factors are wrong")
		}
	}
	if rows, cols := mean.Mean(SlowTrain).Dims(); rows != 23+45 || cols != 2 || mean.Mean(Voltage) != nil {
		t.Errorf("means of all conditions are %d x %d", rows, cols)
	}
}

func average(rec *Recording, condition, step int, x *mat.Dense, column int) (mean float64, trials int) {
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
	src := own(wave{steps: 90, vary: true})
	cfg := TestConfig{Trials: 6, Recorded: 6, Seed: 5, Record: RecordConfig{Quantities: []Quantity{Voltage}, Mean: []Quantity{Voltage}}}
	rec := test(t, m, src, cfg)
	mean := rec.Means[0]
	if mean.Trials[89] != 6 || mean.Trials[90] == 0 || mean.Trials[90] == 6 {
		t.Fatalf("rows 89 and 90 are of %d and %d trials", mean.Trials[89], mean.Trials[90])
	}
	for _, r := range []int{0, 89, 90, 179} {
		if want, _ := average(rec, 0, r, rec.Quantities[Voltage], 3); math.Abs(mean.Quantities[Voltage].At(r, 3)-want) > 1e-9 {
			t.Errorf("row %d: %g, want %g", r, mean.Quantities[Voltage].At(r, 3), want)
		}
	}
}

func TestScores(t *testing.T) {
	m, src := trained(t)
	rec := test(t, m, src, TestConfig{Trials: 12, Seed: 8})
	var long float64
	for _, c := range rec.Conditions {
		long += float64(c)
	}
	if len(rec.Correct) != 12 || rec.Accuracy() != long/12 || long == 0 || long == 12 {
		t.Errorf("accuracy %g over %d questions, want %g", rec.Accuracy(), len(rec.Correct), long/12)
	}
	rec = &Recording{FactorErrors: []float64{1, 3, 2, math.NaN()}, OutputErrors: []float64{1, 1, 5, 1}}
	if f, o := rec.Slips(1.5); f != 0.75 || o != 0.25 {
		t.Errorf("slips %g, %g: NaN exceeds every bound", f, o)
	}
	if f, o := rec.WorstErrors(); !math.IsNaN(f) || o != 5 {
		t.Errorf("worst errors %g, %g", f, o)
	}
	if f, _ := new(Recording).WorstErrors(); !math.IsNaN(f) || !math.IsNaN(new(Recording).Accuracy()) {
		t.Error("no trial has a worst error")
	}
	if f, _ := (&Recording{Parts: []int{0, 1, 0}, FactorErrors: []float64{1, 2, 3}, OutputErrors: []float64{1, 2, 3}}).Where(0); !cmp.Equal(f, []float64{1, 3}) {
		t.Errorf("errors of the first source: %v", f)
	}
}

// A test that diverges hands over the trials before and names its own.
func TestDivergenceKeepsTheTrialsBefore(t *testing.T) {
	m, good := trained(t)
	n := 0
	src := spoiled{good, &n}
	rec, err := m.Test(context.Background(), src, TestConfig{Trials: 5, Recorded: 5, Seed: 1}, nil)
	if err == nil || !strings.Contains(err.Error(), "trial 3") || !strings.Contains(err.Error(), "step 4") {
		t.Errorf("error %v, want one that names trial 3 and step 4", err)
	}
	if rec == nil || len(rec.Trials) != 3 || len(rec.FactorErrors) != 3 {
		t.Error("the trials before are lost")
	}
}

// spoiled has a NaN target in its fourth trial.
type spoiled struct {
	Source
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
	short, wild, long := ok, ok, ok
	short.Slow = short.Slow[1:]
	wild.Voltages = append([]float64{math.Inf(1)}, ok.Voltages[1:]...)
	long.Refractory = append([]int{3}, ok.Refractory[1:]...)
	for want, cfg := range map[string]TestConfig{
		`no quantity "volts"`:            {Record: RecordConfig{Quantities: []Quantity{"volts"}}},
		`no quantity "amps"`:             {Record: RecordConfig{Mean: []Quantity{"amps"}}},
		"spikes of neuron 40":            {Record: RecordConfig{Spikes: []int{40}}},
		"quantities of neuron -1":        {Record: RecordConfig{Neurons: []int{-1}}},
		"every -1-th step":               {Record: RecordConfig{Every: -1}},
		"Perturbation is NaN":            {Perturbation: math.NaN()},
		"39 slow trains":                 {Initial: &short},
		`"voltages" of neuron 0 is +Inf`: {Initial: &wild},
		"refractory for 3 steps":         {Initial: &long},
	} {
		cfg.Trials = 1
		if _, err := m.Test(context.Background(), src, cfg, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
