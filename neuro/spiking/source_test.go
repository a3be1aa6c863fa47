package spiking

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// The full target set, all units in place of components: u is g Q J, and the
// network learns it as it learns factors.
func TestFullTargetsAreLearned(t *testing.T) {
	ctx := context.Background()
	const units = 100
	k := task.Sinusoids{Period: 0.3, Harmonics: []int{1, 2}, Amplitudes: []float64{1, 0.5}, Dt: 0.001}
	rc := rate.DePasquale2018()
	rc.Units, rc.WarmUpTrials, rc.TrainingTrials, rc.TestTrials = units, 2, 100, 4
	fit, err := rate.Train(ctx, rate.FullForce{}, rc, k)
	if err != nil {
		t.Fatal(err)
	}
	if e := stats.Median(fit.OutputErrors); e > 1e-2 {
		t.Fatalf("the rate network's own nMSE is %g: nothing to be learned from", e)
	}
	identity := mat.NewDense(units, units, nil)
	for i := range units {
		identity.Set(i, i, 1)
	}
	src, err := rate.NewSource(fit.Network, &factor.Basis{Vectors: identity}, k)
	if err != nil {
		t.Fatal(err)
	}
	cfg := small()
	cfg.Neurons, cfg.Gain = 200, 12*math.Sqrt(200.0/units)
	cfg.DemeaningTrials, cfg.TrainingTrials = 5, 40
	m, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	// Q has orthonormal columns: uᵀu = g² Jᵀ J.
	var uu, jj mat.Dense
	u, j := m.Encoder(), fit.Network.Closed().Recurrent
	uu.Mul(u.T(), u)
	jj.Mul(j.T(), j)
	jj.Scale(cfg.Gain*cfg.Gain, &jj)
	if !mat.EqualApprox(&uu, &jj, 1e-8*mat.Norm(&jj, 2)) {
		t.Error("u is not g Q J")
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 5, Recorded: 1, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := rec.MedianErrors(); f > 0.05 {
		t.Errorf("nMSE of all units %g", f)
	}
	// The rate network's own readout works on its spiking twin. (Its phase, in
	// a task without inputs, may meanwhile have drifted from the task's.)
	var z, want mat.Dense
	z.Mul(rec.Factors, fit.Network.Readout.T())
	want.Mul(rec.Factors.Targets, fit.Network.Readout.T())
	if e := task.NMSE(&z, &want, task.Window{To: rec.Trials[0].To}); e > 0.05 {
		t.Errorf("read out as in the rate network, nMSE %g", e)
	}
	if _, p := rec.Factors.Dims(); p != units {
		t.Errorf("%d factors, want all %d units", p, units)
	}
}

// A constant drive is a current: it is saved with the model, and reaches every
// neuron through Q at every step.
func TestConstantDriveIsSaved(t *testing.T) {
	cfg := small()
	cfg.Neurons = 30
	src := newCounting()
	m, err := Transfer(context.Background(), cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/model.npz"
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	test := TestConfig{Trials: 3, Recorded: 3, Seed: 2}
	a, err := m.Test(context.Background(), src, test)
	if err != nil {
		t.Fatal(err)
	}
	b, err := loaded.Test(context.Background(), src, test)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(a.Factors, b.Factors) {
		t.Error("the loaded model does not do what the saved one did")
	}
	src.directions.Constant = nil
	without, err := New(cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	zeros, spikes := []float64{0, 0}, [2]int{}
	clear(m.net.bias)
	for range 200 {
		spikes[0] += len(m.net.step(zeros, []float64{0}))
		spikes[1] += len(without.net.step(zeros, []float64{0}))
	}
	if spikes[0] <= spikes[1] {
		t.Errorf("%d spikes with a strong constant drive, %d without", spikes[0], spikes[1])
	}
}

func TestBadSources(t *testing.T) {
	bend := func(f func(*counting)) task.Source { c := newCounting(); f(&c); return c }
	nan := func(r, c int) *mat.Dense {
		m := mat.NewDense(r, c, nil)
		m.Set(r-1, c-1, math.NaN())
		return m
	}
	for want, src := range map[string]task.Source{
		"no directions":                        bend(func(c *counting) { c.directions.Factors = nil }),
		"directions for 3 factors and has 2":   bend(func(c *counting) { c.directions.Factors = mat.NewDense(3, 3, nil) }),
		"NaN among its directions of factors":  bend(func(c *counting) { c.directions.Factors = nan(3, 2) }),
		"as 3 x 2, want 3 x 1":                 bend(func(c *counting) { c.directions.Inputs = mat.NewDense(3, 2, nil) }),
		"NaN among its directions of inputs":   bend(func(c *counting) { c.directions.Inputs = nan(3, 1) }),
		"constant drive of 2 numbers":          bend(func(c *counting) { c.directions.Constant = []float64{1, 2} }),
		"constant drive of NaN in direction 1": bend(func(c *counting) { c.directions.Constant = []float64{0, math.NaN(), 0} }),
		"121 orthonormal directions": bend(func(c *counting) {
			c.directions = task.Directions{Factors: mat.NewDense(121, 2, nil), Inputs: mat.NewDense(121, 1, nil)}
		}),
	} {
		if _, err := New(small(), src); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	// More components than units.
	if _, err := factor.PCA(mat.NewDense(9, 3, []float64{1, 2, 3, 4, 5, 6, 7, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8}), factor.Components(4)); err == nil || !strings.Contains(err.Error(), "at least 1, and at most as many as units") {
		t.Errorf("4 components of 3 units: %v", err)
	}
	// A source of another shape than the model's, said of both.
	m, err := Transfer(context.Background(), small(), wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"demean": m.Demean(context.Background(), newCounting()),
		"train":  m.Train(context.Background(), newCounting(), 1),
		"test": func() error {
			_, err := m.Test(context.Background(), newCounting(), TestConfig{Trials: 1})
			return err
		}(),
	} {
		if err == nil || !strings.Contains(err.Error(), "the network was built for") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// A target that is not a number is found in the trial that has it.
func TestNaNTargetsNameTheirTrial(t *testing.T) {
	m, err := New(small(), wave.Source(50))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = m.Train(context.Background(), spoiled{wave.Source(50), &n}, 5)
	if err == nil || !strings.Contains(err.Error(), "trial 1") || !strings.Contains(err.Error(), "factors hold NaN at step 4, channel 1") {
		t.Errorf("error %v, want trial 1 after two of warm-up, and step 4", err)
	}
}
