package bench

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// These tests let a peer and us do the same small problem and compare. They
// redraw some of our random numbers by the names of their streams.

// ask runs a script's check.
func ask(t *testing.T, script string, params map[string]any, answer any, modules ...string) {
	t.Helper()
	testkit.Needs(t, "Python with "+strings.Join(modules, ", "))
	s := testSession(t)
	p, err := s.launch(context.Background(), script, modules...)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	params["check"] = true
	if p.tell(params, answer); p.problem != "" {
		t.Fatalf("%s: %s", script, p.problem)
	}
}

func testSession(t *testing.T) *session {
	t.Helper()
	s := &session{setting: quick(), folder: t.TempDir()}
	if err := unpack(s.folder); err != nil {
		t.Fatal(err)
	}
	return s
}

// near compares numbers with the largest of them.
func near(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	largest, apart := 0.0, 0.0
	for i := range got {
		largest, apart = max(largest, math.Abs(want[i])), max(apart, math.Abs(got[i]-want[i]))
	}
	if !(apart <= tolerance*largest) || largest == 0 {
		t.Errorf("%s: %g apart, the largest is %g", what, apart, largest)
	}
}

func flat(rows [][]float64) (out []float64) {
	for _, r := range rows {
		out = append(out, r...)
	}
	return out
}

// shortCycling is the first steps of the cycling task.
func shortCycling(t *testing.T, steps int, pulse float64) (task.Cycling, task.Source) {
	t.Helper()
	rec := data.SyntheticCycling(seed)
	first := func(m *mat.Dense) *mat.Dense {
		_, c := m.Dims()
		return mat.DenseCopyOf(m.Slice(0, steps, 0, c))
	}
	k, err := task.NewCycling(first(rec.Factors), first(rec.EMG), rec.Dt)
	if err != nil {
		t.Fatal(err)
	}
	k.Height = pulse
	src, err := task.NewSource(k)
	if err != nil {
		t.Fatal(err)
	}
	return k, src
}

// flags redraws the steps that learn in a trial.
func flags(seed uint64, trial, steps int, probability float64) []bool {
	updates, out := neuro.Stream(seed, "updates", trial), make([]bool, steps)
	for t := range out {
		out[t] = updates.Float64() < probability
	}
	return out
}

func TestCyclingPeerLearnsTheSameWeights(t *testing.T) {
	ctx := context.Background()
	const steps = 150
	k, src := shortCycling(t, steps, 2)
	m, err := prepared(ctx, 60, 1, seed, rls.Float64, src)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	before := m.Decoder()
	if err := m.Train(ctx, src, 1); err != nil {
		t.Fatal(err)
	}
	trial, err := firstTrial(k)
	if err != nil {
		t.Fatal(err)
	}
	params := trialParams(trial)
	maps.Copy(params, map[string]any{"model": path, "updates": flags(seed, 1, steps, m.Config().UpdateProbability)})
	var theirs struct{ Decoder, Readout [][]float64 }
	ask(t, "cycling", params, &theirs, "numpy")
	near(t, "w", flat(theirs.Decoder), m.Decoder().RawMatrix().Data, 1e-9)
	near(t, "W", flat(theirs.Readout), m.Readout().RawMatrix().Data, 1e-9)
	if mat.EqualApprox(before, m.Decoder(), 1e-3) {
		t.Error("nothing was learned, so nothing was compared")
	}
}

func TestFullForcePeerLearnsTheSameWeights(t *testing.T) {
	k := task.Oscillation{Duration: 0.2, Pulse: 0.05, Dt: 0.001}
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 40, 1, 1, 0
	fit, err := rate.Train(context.Background(), rate.FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	n := cfg.Units
	trial, err := firstTrial(k)
	if err != nil {
		t.Fatal(err)
	}
	draw := func(rows, cols int, number func() float64) [][]float64 {
		m := mat.NewDense(rows, cols, nil)
		m.Apply(func(_, _ int, _ float64) float64 { return number() }, m)
		return rowsOf(m)
	}
	uniform := func(purpose string) [][]float64 {
		stream := neuro.Stream(cfg.Seed, neuro.Purpose(purpose))
		return draw(n, 1, func() float64 { return 2*stream.Float64() - 1 })
	}
	recurrent := neuro.Stream(cfg.Seed, "recurrent")
	params := trialParams(trial)
	maps.Copy(params, map[string]any{
		"units": n, "gain": cfg.Gain, "tau": cfg.Tau, "alpha": cfg.RLS.Alpha, "dt": k.Dt,
		"updates": flags(cfg.Seed, 1, trial.Steps(), cfg.UpdateProbability),
		"weights": map[string]any{
			"recurrent": draw(n, n, func() float64 { return float64(float32(cfg.Gain / math.Sqrt(float64(n)) * recurrent.NormFloat64())) }),
			"input":     uniform("input"), "target": uniform("target"),
			"initial": flat(draw(n, 1, neuro.Stream(cfg.Seed, "initial").NormFloat64)),
		},
	})
	var theirs struct {
		Recurrent, Readout [][]float64
		X                  []float64
	}
	ask(t, "fullforce", params, &theirs, "numpy")
	near(t, "J", flat(theirs.Recurrent), fit.Network.Recurrent.RawMatrix().Data, 1e-9)
	near(t, "W", flat(theirs.Readout), fit.Network.Readout.RawMatrix().Data, 1e-9)
	near(t, "x", theirs.X, fit.Network.Initial, 1e-9)
}

func TestIntegratorPeerLivesTheSameLife(t *testing.T) {
	const seconds = 1.5
	cfg := integrator.MacNeil2011()
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		t.Fatal(err)
	}
	integ, err := integrator.New(pop, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if integ, err = integ.PerturbDecoders(0.15, 1); err != nil {
		t.Fatal(err)
	}
	l := integrator.Light(seconds)
	l.Kappa, l.Sample = 4e-6, cfg.Step
	params := integratorParams(integ, l)
	before := integ.Decoders()
	run, err := integrator.Live(context.Background(), integ, l)
	if err != nil {
		t.Fatal(err)
	}
	start, voltage := neuro.Stream(l.Seed, "integrator voltages"), make([]float64, len(pop.Bias))
	for i := range voltage {
		voltage[i] = start.Float64()
	}
	maps.Copy(params, map[string]any{"seconds": seconds, "voltage": voltage, "target": run.Target, "noise": 0})
	var theirs struct {
		Decoders []float64
		Eye, X   float64
	}
	ask(t, "integrator", params, &theirs, "numpy")
	var ours, learned mat.Dense
	ours.Sub(integ.Decoders(), before)
	learned.Sub(mat.NewDense(len(theirs.Decoders), 1, theirs.Decoders), before)
	near(t, "learned", learned.RawMatrix().Data, ours.RawMatrix().Data, 1e-9)
	last := len(run.Eye) - 1
	near(t, "eye and x", []float64{theirs.Eye, theirs.X}, []float64{run.Eye[last], run.X[last]}, 1e-9)
}

// The same spikes: every one in the same step of the same neuron.
func TestBrianSimulatesTheSameNetwork(t *testing.T) {
	ctx := context.Background()
	const steps = 300
	_, src := shortCycling(t, steps, 0)
	m, err := prepared(ctx, 40, 1, seed, rls.Float64, src)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, spiking.TestConfig{Trials: 1, Recorded: 1, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	var ours [][2]int // step and neuron
	for k, at := range rec.Spikes.Times {
		ours = append(ours, [2]int{int(math.Round(at/rec.Dt)) - 1, rec.Spikes.Units[k]})
	}
	if len(ours) < 50 {
		t.Fatalf("only %d spikes: the comparison says nothing", len(ours))
	}
	var theirs struct{ Brian, Numpy [][2]int }
	ask(t, "freerun", map[string]any{"model": path, "steps": steps}, &theirs, "numpy", "brian2")
	for name, spikes := range map[string][][2]int{"Brian2": theirs.Brian, "NumPy": theirs.Numpy} {
		if !slices.Equal(spikes, ours) {
			t.Errorf("%s: %d spikes, ours are %d; in steps of neurons %v, want %v", name, len(spikes), len(ours), spikes, ours)
		}
	}
	t.Logf("%d spikes in the same steps of the same neurons", len(ours))
}

func TestHDF5PeerReadsTheSameNumbers(t *testing.T) {
	for _, packed := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "x.h5")
		var theirs struct{ SHA256 string }
		ask(t, "hdf5", map[string]any{"path": path, "numbers": 200_000, "packed": packed}, &theirs, "h5py", "numpy")
		data, err := readAll(path)
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.New()
		if err := binary.Write(hash, binary.LittleEndian, data); err != nil {
			t.Fatal(err)
		}
		if ours := hex.EncodeToString(hash.Sum(nil)); ours != theirs.SHA256 || len(data) != 200_000 {
			t.Errorf("packed %v: %d numbers of hash %s, the peer's %s", packed, len(data), ours, theirs.SHA256)
		}
	}
}

func TestPeerThatFailsSaysWhyInOneLine(t *testing.T) {
	testkit.Needs(t, "Python with numpy")
	s := testSession(t)
	p := s.startPeer(context.Background(), "cycling", map[string]any{"model": "nowhere.npz"}, "numpy")
	if !strings.HasPrefix(p.problem, "failed: ") || !strings.Contains(p.problem, "nowhere.npz") || strings.Contains(p.problem, "\n") {
		t.Errorf("it says %q", p.problem)
	}
	work := func() (float64, float64, error) { return 1, 1, nil }
	measured, err := paired(context.Background(), 2, work, p)
	if err != nil || len(measured.ours) != 2 || len(measured.peers) != 0 {
		t.Errorf("measured %v, %v", measured, err)
	}
	p.close()
}

func TestPeerNeedsItsModules(t *testing.T) {
	p := testSession(t).startPeer(context.Background(), "cycling", nil, "no_such_module_anywhere")
	if !strings.Contains(p.title(), "not installed: no python3 with no_such_module_anywhere") {
		t.Errorf("it says %q", p.title())
	}
}
