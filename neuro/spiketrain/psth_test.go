package spiketrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestPSTHRecoversTheRateOfAnInhomogeneousPoissonProcess(t *testing.T) {
	rate := func(s float64) float64 { return 30 + 25*math.Sin(2*math.Pi*s) }
	trains := population(t, 200, 20, 2, func(rng *rand.Rand) []float64 { return modulated(rng, 60, 2, rate) })
	cfg := DefaultPSTH()
	psth, err := trains.PSTH(cfg)
	if err != nil {
		t.Fatal(err)
	}
	steps, n := psth.Mean[0].Dims()
	if steps != 200 || n != 20 || psth.Dt != cfg.Bin || psth.Trials[0] != 200 {
		t.Fatalf("%d x %d, %+v", steps, n, psth)
	}
	// A Gaussian takes exp(-(ωσ)²/2) off a sine; edges are left out.
	damped := math.Exp(-math.Pow(2*math.Pi*cfg.Sigma, 2) / 2)
	var z, sems []float64
	for i := 15; i < steps-15; i++ {
		want := 30 + 25*damped*math.Sin(2*math.Pi*(float64(i)+0.5)*cfg.Bin)
		for j := range n {
			// Poisson noise through a Gaussian: rate / (2 √π σ) a trial.
			sem := math.Sqrt(want / (2 * math.Sqrt(math.Pi) * cfg.Sigma) / 200)
			z = append(z, (psth.Mean[0].At(i, j)-want)/sem)
			sems = append(sems, psth.SEM[0].At(i, j)/sem)
		}
	}
	mean, deviation := stat.MeanStdDev(z, nil)
	near(t, "mean error in standard errors", mean, 0, 0.1)
	near(t, "spread in standard errors", deviation, 1, 0.1)
	near(t, "standard error", stat.Mean(sems, nil), 1, 0.02)
}

// A constant rate stays constant up to the edges, one spike stays one spike.
func TestSmoothingKeepsRatesAndSpikes(t *testing.T) {
	var every []float64
	for i := range 50 {
		every = append(every, (float64(i)+0.5)*0.01)
	}
	trains, err := New([]Trial{{Start: 0, Stop: 0.5, Times: [][]float64{every, {0.25}, {}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, sigma := range []float64{0, 0.004, 0.02, 0.5} {
		psth, err := trains.PSTH(PSTHConfig{Bin: 0.01, Sigma: sigma})
		if err != nil {
			t.Fatal(err)
		}
		one := 0.0
		for i := range 50 {
			near(t, "constant rate", psth.Mean[0].At(i, 0), 100, 1e-9)
			one += psth.Mean[0].At(i, 1) * 0.01
			near(t, "silence", psth.Mean[0].At(i, 2), 0, 0)
		}
		if sigma < 0.03 {
			near(t, "one spike", one, 1, 1e-9)
		}
		if psth.SEM[0] != nil {
			t.Error("one trial has a standard error")
		}
	}
}

func TestPSTHTakesTheTimeAllTrialsCover(t *testing.T) {
	trains, err := New([]Trial{
		{Start: -0.2, Stop: 1, Times: [][]float64{{-0.15, 0.05, 0.95}}},
		{Start: -0.1, Stop: 0.5, Times: [][]float64{{0.05}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	psth, err := trains.PSTH(PSTHConfig{Bin: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	if !mat.EqualApprox(psth.Mean[0], mat.NewDense(6, 1, []float64{0, 10, 0, 0, 0, 0}), 1e-12) || psth.Start != -0.1 {
		t.Errorf("from %g s: %v", psth.Start, mat.Formatted(psth.Mean[0].T()))
	}
	one, err := trains.SmoothedRates(0, PSTHConfig{Bin: 0.1})
	if err != nil || mat.Sum(one) != 10 {
		t.Errorf("rates of trial 0: %v, %v", one, err)
	}
}

func TestAverageAgreesWithGonum(t *testing.T) {
	rng := neuro.Stream(1, "average")
	var signals []*mat.Dense
	conditions := []int{0, 1, 1, 0, 1}
	for range conditions {
		signals = append(signals, signal(4, 3, func(_, _ int) float64 { return 5 + rng.NormFloat64() }))
	}
	r, err := Average(0, 0.1, signals, conditions)
	if err != nil {
		t.Fatal(err)
	}
	var x []float64
	for k, c := range conditions {
		if c == 1 {
			x = append(x, signals[k].At(2, 1))
		}
	}
	mean, deviation := stat.MeanStdDev(x, nil)
	near(t, "mean", r.Mean[1].At(2, 1), mean, 1e-12)
	near(t, "standard error", r.SEM[1].At(2, 1), stat.StdErr(deviation, 3), 1e-12)
}

func TestVariability(t *testing.T) {
	rng := neuro.Stream(1, "variability")
	wave := func(i, c int) float64 { return math.Sin(0.1*float64(i) + float64(c)) }
	var signals []*mat.Dense
	var conditions []int
	for k := range 30 {
		c := k % 3
		conditions = append(conditions, c)
		signals = append(signals, signal(200, 4, func(i, j int) float64 {
			switch j {
			case 0:
				return wave(i, c)
			case 1:
				return rng.NormFloat64()
			case 2:
				return wave(i, c) + rng.NormFloat64()
			}
			return 7
		}))
	}
	r, err := Average(0, 0.01, signals, conditions)
	if err != nil {
		t.Fatal(err)
	}
	v, err := r.Variability()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "no noise", v.Each.Values[0], 0, 1e-12)
	near(t, "noise", v.Each.Values[1], 0.9, 0.01)
	if !math.IsNaN(v.Each.Values[3]) || v.Each.LeftOut() != 1 || v.Each.Counts[0] != 30 {
		t.Errorf("constant channel: %v", v.Each)
	}
	// The mixture against the variance of everything.
	var all, off []float64
	for k, s := range signals {
		for i := range 200 {
			all = append(all, s.At(i, 2))
			off = append(off, s.At(i, 2)-r.Mean[conditions[k]].At(i, 2))
		}
	}
	near(t, "mixture", v.Each.Values[2], stat.PopVariance(off, nil)/stat.PopVariance(all, nil), 1e-9)
	if v.Pooled <= v.Each.Values[0] || v.Pooled >= v.Each.Values[1] {
		t.Errorf("pooled %g", v.Pooled)
	}
}

// Poisson neurons that share reliable factors are variable one by one.
func TestSpikesAreMoreVariableThanFactors(t *testing.T) {
	trains := population(t, 20, 30, 1, func(rng *rand.Rand) []float64 {
		return modulated(rng, 40, 1, func(s float64) float64 { return 20 + 20*math.Sin(2*math.Pi*s) })
	})
	psth, err := trains.PSTH(DefaultPSTH())
	if err != nil {
		t.Fatal(err)
	}
	spikes, err := psth.Variability()
	if err != nil {
		t.Fatal(err)
	}
	// The population's mean rate is its one factor.
	var factors []*mat.Dense
	for k := range 20 {
		rates, err := trains.SmoothedRates(k, DefaultPSTH())
		if err != nil {
			t.Fatal(err)
		}
		factors = append(factors, signal(100, 1, func(i, _ int) float64 { return stat.Mean(rates.RawRowView(i), nil) }))
	}
	average, err := Average(0, 0.01, factors, make([]int, 20))
	if err != nil {
		t.Fatal(err)
	}
	factor, err := average.Variability()
	if err != nil {
		t.Fatal(err)
	}
	// A Gaussian of σ leaves rate / (2 √π σ) of Poisson noise: 226 of 20 Hz,
	// beside the sine's 200 · exp(-(2πσ)²); the mean of 30 neurons has 1/30.
	noise := 20 / (2 * math.Sqrt(math.Pi) * 0.025)
	wave := 200 * math.Exp(-math.Pow(2*math.Pi*0.025, 2))
	near(t, "spikes", spikes.Pooled, noise*19/20/(noise+wave), 0.02)
	near(t, "factor", factor.Pooled, noise*19/20/30/(noise/30+wave), 0.01)
}
