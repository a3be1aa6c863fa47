package rate

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// same asks whether two pulses of ±1 in one channel were the same: the answer,
// +1 or -1, is even in the input. Pauses are random, as are the pulses' heights
// if they are to be noisy.
type same struct{ odd, noisy, cue bool }

func (k same) Shape() task.Shape {
	s := task.Shape{Name: "same or different", Dt: 0.001, Inputs: 1, Outputs: 1}
	if k.cue {
		s.Inputs = 2
	}
	return s
}

func (k same) Trial(rng *rand.Rand) (task.Trial, error) {
	const pulse, gap, hold = 50, 20, 100
	pause := 80 + rng.IntN(40)
	next := pause + pulse + gap
	respond := next + pulse
	in, out := mat.NewDense(respond+hold, k.Shape().Inputs, nil), mat.NewDense(respond+hold, 1, nil)
	a, b := float64(2*rng.IntN(2)-1), float64(2*rng.IntN(2)-1)
	answer := a * b
	if k.odd {
		answer = a
	}
	if k.noisy {
		a, b = a*(1+0.1*rng.Float64()), b*(1+0.1*rng.Float64())
	}
	for t := range pulse {
		in.Set(pause+t, 0, a)
		in.Set(next+t, 0, b)
		if k.cue {
			in.Set(pause+t, 1, 1)
		}
	}
	for t := respond; t < respond+hold; t++ {
		out.Set(t, 0, answer)
	}
	return task.Trial{
		Inputs: in, Targets: out, Score: task.Window{From: respond, To: respond + hold},
		Correct: func(z *mat.Dense) bool { return answer*mat.Sum(z.Slice(respond, respond+hold, 0, 1)) > 0 },
	}, nil
}

func sameConfig(bias float64) Config {
	cfg := DePasquale2018()
	cfg.Units, cfg.Tau, cfg.Gain, cfg.BiasScale = 100, 0.02, 1.2, bias
	cfg.TrainingTrials, cfg.TestTrials = 60, 100
	return cfg
}

func kinds(warnings []neuro.Warning) (kinds []neuro.WarningKind) {
	for _, w := range warnings {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// Without biases a network of tanh units is at chance where the answer is even
// in the input, says so, and why; with biases it learns the answer.
func TestEvenAnswersNeedABias(t *testing.T) {
	ctx := context.Background()
	for name, method := range map[string]Method{"FORCE": Force{}, "full-FORCE": FullForce{}} {
		without, err := Train(ctx, method, sameConfig(0), same{})
		if err != nil {
			t.Fatal(err)
		}
		if got := kinds(without.Warnings); without.Accuracy() > 0.62 || !slices.Contains(got, neuro.AtChance) || !slices.Contains(got, neuro.EvenAnswer) {
			t.Errorf("%s without biases: %g right, warnings %v", name, without.Accuracy(), without.Warnings)
		}
		with, err := Train(ctx, method, sameConfig(0.5), same{})
		if err != nil {
			t.Fatal(err)
		}
		if with.Accuracy() < 0.98 || stats.Median(with.OutputErrors) > 0.1 || with.Warnings != nil {
			t.Errorf("%s with biases: %g right, error %g, warnings %v", name, with.Accuracy(), stats.Median(with.OutputErrors), with.Warnings)
		}
	}
}

// Where nothing is tested the training itself says that it cannot be learned.
func TestEvenAnswersAreSaidWithoutATest(t *testing.T) {
	for bias, want := range map[float64][]neuro.WarningKind{0: {neuro.EvenAnswer}, 0.5: nil} {
		cfg := sameConfig(bias)
		cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 1, 1, 0
		var last neuro.Progress
		fit, err := Train(neuro.WithWatch(context.Background(), func(p neuro.Progress) error { last = p; return nil }), FullForce{}, cfg, same{})
		if err != nil || !slices.Equal(kinds(fit.Warnings), want) || !slices.Equal(kinds(last.Warnings), want) {
			t.Errorf("bias %g: %v, warnings %v, in the last report %v", bias, err, fit.Warnings, last.Warnings)
		}
	}
}

// What a bias has taught is saved, imported and handed to spikes with it.
func TestTrainedBiasesGoWithTheNetwork(t *testing.T) {
	ctx := context.Background()
	cfg := sameConfig(0.5)
	cfg.TrainingTrials, cfg.TestTrials = 20, 4
	fit, err := Train(ctx, Force{}, cfg, same{})
	if err != nil {
		t.Fatal(err)
	}
	n := fit.Network
	path := filepath.Join(t.TempDir(), "net.npz")
	if err := n.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	column := func(x []float64) *mat.Dense { return mat.NewDense(len(x), 1, x) }
	imported, _, err := Import(map[string]*mat.Dense{
		"J": n.Recurrent, "u_in": n.Input, "u": n.Feedback, "W": n.Readout, "b": column(n.Bias), "c": column(n.ReadoutBias), "x0": column(n.Initial),
	}, ImportConfig{Form: Current, Dt: n.Dt, Tau: n.Tau, Orientation: Rows})
	if err != nil {
		t.Fatal(err)
	}
	want, err := n.Test(ctx, same{}, TestConfig{Trials: 2, Recorded: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, net := range map[string]*Network{"loaded": loaded, "imported": imported} {
		got, err := net.Test(ctx, same{}, TestConfig{Trials: 2, Recorded: 2, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(got.Outputs, want.Outputs) {
			t.Errorf("%s: other outputs", name)
		}
	}
	basis, err := factor.PCA(want.Activity, factor.Components(10))
	if err != nil {
		t.Fatal(err)
	}
	src, err := NewSource(n, basis, same{})
	if err != nil {
		t.Fatal(err)
	}
	// b + u c, by hand.
	for i, c := range src.Directions().Constant {
		if by := n.Bias[i] + n.Feedback.At(i, 0)*n.ReadoutBias[0]; c != by {
			t.Fatalf("unit %d: the spiking network is driven by %g, want %g", i, c, by)
		}
	}
}

// The check finds what is there, and claims nothing where inputs do not come
// twice, where they never are opposite, or where the answer is odd.
func TestEvenAnswersAreFoundByTheirTrials(t *testing.T) {
	for name, c := range map[string]struct {
		task task.Task
		want bool
	}{
		"same or different":               {same{}, true},
		"the first pulse's sign":          {same{odd: true}, false},
		"noisy inputs":                    {same{noisy: true}, false},
		"a cue that is never opposite":    {same{cue: true}, false},
		"pulses of one sign":              {task.NewTemporalXOR(), false},
		"no input":                        {task.SumOfSinusoids(), false},
		"noise":                           {task.NewContextualIntegration(), false},
		"an interval, marked by a pulse":  {task.NewReadySetGo(), false},
		"one deterministic trial, no two": {task.SweptOscillation(), false},
	} {
		if w := evenAnswer(c.task); (w != nil) != c.want {
			t.Errorf("%s: %v", name, w)
		}
	}
}

func TestWhichNetworksAreOdd(t *testing.T) {
	for _, a := range activations {
		if got, want := (&Network{Activation: a}).odd(), a == Tanh || a == Linear || a == HardTanh; got != want {
			t.Errorf("%s: odd is %t", a, got)
		}
	}
	if (&Network{Bias: []float64{0, 1}}).odd() || (&Network{ReadoutBias: []float64{1}}).odd() || !(&Network{Bias: []float64{0}}).odd() {
		t.Error("a bias that is not zero breaks the symmetry")
	}
}
