package dale

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func streamFor(t *testing.T) *rand.Rand { return neuro.Stream(1, neuro.Purpose(t.Name())) }

func TestSavesAndLoads(t *testing.T) {
	ctx := context.Background()
	m, err := Transfer(ctx, small(), wave.Source(200))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dale.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	test := spiking.TestConfig{WarmUpTrials: 1, Trials: 2, Recorded: 2, Seed: 3}
	a, err := m.Test(ctx, wave.Source(200), test)
	if err != nil {
		t.Fatal(err)
	}
	b, err := loaded.Test(ctx, wave.Source(200), test)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(a.Factors, b.Factors) || !mat.Equal(a.Outputs, b.Outputs) || len(a.Spikes.Times) == 0 {
		t.Error("the loaded network does not do what the saved one does")
	}
	if loaded.Training.Kept != m.Training.Kept || loaded.gain != m.gain {
		t.Error("what training noted was lost")
	}
	if _, err := spiking.Load(path); err == nil || !strings.Contains(err.Error(), "spikewalk spiking network") {
		t.Errorf("loaded as a Model: %v", err)
	}
	refuseChanged(t, m, path)
}

// refuseChanged looks at files that are cut short or break Dale's law.
func refuseChanged(t *testing.T, m *Network, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content[:len(content)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil {
		t.Error("half a file was loaded")
	}
	m.net.kinds[0].weights[0] = 1 // from neuron 0 to itself
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "no synapse") {
		t.Errorf("a weight without a synapse: %v", err)
	}
}

func TestRefusesBadConfigs(t *testing.T) {
	for _, c := range []struct {
		want string
		bend func(*Config)
	}{
		{"ExcitatoryFraction is 1.2: it must be between 0 and 1", func(c *Config) { c.ExcitatoryFraction = 1.2 }},
		{"ExcitatoryFraction is -0.1", func(c *Config) { c.ExcitatoryFraction = -0.1 }},
		{"ExcitatoryFraction is NaN", func(c *Config) { c.ExcitatoryFraction = math.NaN() }},
		{"Connectivity is 0: it must be above 0", func(c *Config) { c.Connectivity = 0 }},
		{"Connectivity is 2", func(c *Config) { c.Connectivity = 2 }},
		{"has no input", func(c *Config) { c.Neurons, c.Connectivity = 50, 0.02 }},
		{"Forgetting is 1.5", func(c *Config) { c.Forgetting = 1.5 }},
		{"TeacherAtEnd is -1", func(c *Config) { c.TeacherAtEnd = -1 }},
		{"Ridge is 0: it must be positive", func(c *Config) { c.Ridge = 0 }},
		{"NeuronNoise is -1", func(c *Config) { c.NeuronNoise = -1 }},
		{"CommonNoise is +Inf", func(c *Config) { c.CommonNoise = math.Inf(1) }},
		{"Background is NaN: it must be finite", func(c *Config) { c.Background = math.NaN() }},
		{"dale: Neuron: neuron: LIF.Reset is 1: it must be below Threshold", func(c *Config) { c.Neuron = neuron.LIF{Tau: 0.01, Reset: 1} }},
		{"the number of TauSynapses is 0: it must be at least 1", func(c *Config) { c.TauSynapses = nil }},
		{`dale: Neuron has a state variable "recurrent"`, func(c *Config) { c.Neuron = misnamed{neuron.DePasquale2023()} }},
		{"TauSynapses[1] is -1", func(c *Config) { c.TauSynapses = []float64{0.1, -1} }},
		{"Rounds is 0: it must be at least 1", func(c *Config) { c.Rounds = 0 }},
		{"ValidationTrials is 0", func(c *Config) { c.ValidationTrials = 0 }},
		{"Neurons is 1: it must be at least 2", func(c *Config) { c.Neurons = 1 }},
	} {
		cfg := small()
		c.bend(&cfg)
		_, err := Transfer(context.Background(), cfg, wave.Source(50))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one that says %q", err, c.want)
		}
	}
	for _, preset := range []Config{Sparse(), Rhythm()} {
		if err := preset.Validate(); err != nil {
			t.Error(err)
		}
	}
}

// misnamed are neurons with a variable that is called like a quantity.
type misnamed struct{ neuron.LIF }

func (m misnamed) Traits() neuron.Traits {
	t := m.LIF.Traits()
	t.Variables = append(t.Variables, neuron.Variable{Name: recurrent})
	return t
}

// bent is a source that goes wrong from some trial on.
type bent struct {
	task.Source
	bend  func(*task.Trial)
	after int
	seen  *int
}

func (b bent) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, next, err := b.Source.Trial(rng, state)
	trial.Factors = mat.DenseCopyOf(trial.Factors)
	if *b.seen++; *b.seen > b.after {
		b.bend(&trial)
	}
	return trial, next, err
}

func TestRefusesBadSources(t *testing.T) {
	ctx := context.Background()
	nan := func(trial *task.Trial) { trial.Factors.Set(7, 1, math.NaN()) }
	seen := 0
	_, err := Transfer(ctx, small(), bent{wave.Source(50), nan, 0, &seen})
	if err == nil || !strings.Contains(err.Error(), "factors hold NaN at step 7, channel 1") {
		t.Errorf("NaN at once: %v", err)
	}
	// Later, when a round has been kept.
	seen = 0
	m, err := Transfer(ctx, small(), bent{wave.Source(50), nan, previewTrials + 5, &seen})
	if err == nil || m == nil || m.Training.Kept != 0 {
		t.Errorf("NaN in the second round: %v", err)
	}
	seen = 0
	zero := func(trial *task.Trial) { trial.Factors.Zero() }
	if _, err := Transfer(ctx, small(), bent{wave.Source(50), zero, 0, &seen}); err == nil || !strings.Contains(err.Error(), "drive nothing") {
		t.Errorf("silent factors: %v", err)
	}
}

func TestTestRefusesWhatItCannotDo(t *testing.T) {
	ctx := context.Background()
	m, err := newNetwork(small(), wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want string
		cfg  spiking.TestConfig
	}{
		{"Trials is 0", spiking.TestConfig{}},
		{"no quantity \"slow_input\" to record, choose from [\"voltage\"", spiking.TestConfig{Trials: 1, Record: recording.Keep{Quantities: []string{"slow_input"}}}},
		{"neuron 60", spiking.TestConfig{Trials: 1, Record: recording.Keep{Units: []int{60}}}},
		{"\"voltages\" of 0 neurons", spiking.TestConfig{Trials: 1, Initial: recording.State{}}},
		{"\"train_0\" of 0 neurons", spiking.TestConfig{Trials: 1, Initial: recording.State(m.net.State())}},
	} {
		if _, err := m.Test(ctx, wave.Source(50), c.cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want one that says %q", c.cfg, err, c.want)
		}
	}
	other := wave.Own(task.Cycling{Factors: mat.NewDense(9, 3, nil), EMG: mat.NewDense(9, 1, nil), Dt: 0.001})
	if _, err := m.Test(ctx, other, spiking.TestConfig{Trials: 1}); err == nil || !strings.Contains(err.Error(), "was built for") {
		t.Errorf("another task: %v", err)
	}
}

func TestTrainingIsWatchedAndStopped(t *testing.T) {
	cfg := small()
	cfg.Rounds = 4
	var seen []neuro.Progress
	m, err := Transfer(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		seen = append(seen, p)
		if p.Done == 5 { // the first trial of the third round
			return neuro.ErrStop
		}
		return nil
	}), cfg, wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 5 || seen[4].Total != 8 || !math.IsNaN(seen[0].Error) || math.IsNaN(seen[3].Error) {
		t.Errorf("progress %+v", seen)
	}
	tr := m.Training
	if len(tr.WorstErrors) != 2 || tr.Teacher[0] != 1 || tr.WorstErrors[tr.Kept] > tr.WorstErrors[1-tr.Kept] {
		t.Errorf("training %+v", tr)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if m, err := Transfer(ctx, cfg, wave.Source(50)); !errors.Is(err, context.Canceled) || m == nil {
		t.Errorf("cancelled: %v", err)
	}
}
