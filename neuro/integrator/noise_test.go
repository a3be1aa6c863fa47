package integrator

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

// readoutIsLeastSquares compares the decoders kept up to date on the way with
// those of the weights solved directly.
func readoutIsLeastSquares(t *testing.T, g *Integrator) {
	t.Helper()
	direct := g.Clone()
	if err := direct.readWeights(); err != nil {
		t.Fatal(err)
	}
	if want := direct.Decoders(); !mat.EqualApprox(g.Decoders(), want, 1e-11*mat.Norm(want, 2)) {
		t.Errorf("the readout is not pinv(α e) ω: they differ by %g of %g", mat.Norm(sub(g.Decoders(), want), 2), mat.Norm(want, 2))
	}
}

// The law of the walk, compared with theory and with noise drawn in every
// step: increments of each weight over separate times are Gaussian of mean 0
// and standard deviation Eta √(t/Over) of the original weight, independent of
// one another, of those before, and of those of other weights; the variance
// grows with time, however often a neuron spikes.
func TestLawOfTheNoise(t *testing.T) {
	const n, times, every = 40, 3, 4000
	noise := WeightNoise{Eta: 0.2, Over: 0.4}
	g := paper(t, 1)
	s := simulate(t, g)
	start := copyRows(nil, g.outgoing)
	if err := s.Disturb(noise, 7); err != nil {
		t.Fatal(err)
	}
	increments := make([][]float64, times) // per interval, N² in units of Eta |ω(0)|
	before := copyRows(nil, start)
	for k := range increments {
		if err := s.Hold([]float64{0.3}, every*1e-4); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		for i := range n {
			for j := range n {
				increments[k] = append(increments[k], (g.outgoing[i][j]-before[i][j])/(noise.Eta*math.Abs(start[i][j])))
			}
		}
		before = copyRows(before, g.outgoing)
	}
	literal := make([]float64, n*n)
	draw := neuro.Stream(2, "test")
	for k := range literal {
		for range every {
			literal[k] += draw.NormFloat64() * math.Sqrt(1e-4/noise.Over)
		}
	}
	slices.Sort(literal)

	se := 1 / math.Sqrt(n*n)
	var groups [2]float64 // mean square of the scaled sums over j and over i
	for k, z := range increments {
		mean, variance := stat.MeanVariance(z, nil)
		if math.Abs(mean) > 4*se || math.Abs(variance-1) > 4*math.Sqrt2*se {
			t.Errorf("interval %d: mean %.3f and variance %.3f, want 0 and 1", k, mean, variance)
		}
		if kurtosis := stat.ExKurtosis(z, nil); math.Abs(kurtosis) > 4*math.Sqrt(24)*se {
			t.Errorf("interval %d: excess kurtosis %.3f, want 0", k, kurtosis)
		}
		for l := range k {
			if r := stat.Correlation(z, increments[l], nil); math.Abs(r) > 4*se {
				t.Errorf("intervals %d and %d: correlation %.3f, want 0", l, k, r)
			}
		}
		for i := range n {
			bySource, byTarget := floats.Sum(z[i*n:(i+1)*n]), 0.0
			for j := range n {
				byTarget += z[j*n+i]
			}
			groups[0] += bySource * bySource / (n * n * times)
			groups[1] += byTarget * byTarget / (n * n * times)
		}
		// 1.95 √(2/n²) is exceeded by one pair of samples in a thousand.
		sorted := slices.Sorted(slices.Values(z))
		if d := stat.KolmogorovSmirnov(sorted, nil, literal, nil); d > 1.95*math.Sqrt2*se {
			t.Errorf("interval %d: distribution differs from that of every-step noise by %.3f", k, d)
		}
	}
	for i, name := range []string{"from one neuron", "onto one neuron"} {
		if math.Abs(groups[i]-1) > 4*math.Sqrt(2.0/(n*times)) {
			t.Errorf("weights %s: variance of their sum is %.3f of that of independent ones", name, groups[i])
		}
	}
}

// noisy is a short life with strong noise.
func noisy(kappa float64) LearnConfig {
	cfg := Light(3)
	cfg.Kappa, cfg.Noise = kappa, WeightNoise{Eta: 0.3, Over: 60}
	return cfg
}

func TestLearnWithNoise(t *testing.T) {
	live := func(cfg LearnConfig) (*Integrator, Run) {
		g := paper(t, 5)
		return g, must[Run](t)(g.Learn(context.Background(), cfg))
	}
	for _, kappa := range []float64{0, 4e-7} {
		cfg := noisy(kappa)
		g, run := live(cfg)
		readoutIsLeastSquares(t, g)
		// Looking on the way, at whole seconds and between, changes nothing.
		cfg.Curve = []float64{0, 1, 1.5, 3}
		cfg.Drift.Positions, cfg.Drift.Free = 3, 0.5
		watched, seen := live(cfg)
		if !mat.Equal(g.Weights(), watched.Weights()) || !slices.Equal(run.X, seen.X) {
			t.Errorf("kappa %g: measuring drift changed what followed", kappa)
		}
		after := must[Drift](t)(g.MeasureDrift(context.Background(), cfg.Drift))
		if !reflect.DeepEqual(seen.Curve[3], after) || reflect.DeepEqual(seen.Curve[2], after) {
			t.Errorf("kappa %g: the last drift on the way is not that afterwards", kappa)
		}
		cfg.Seed++
		if other, _ := live(cfg); mat.EqualApprox(other.Weights(), g.Weights(), 1e-3) {
			t.Errorf("kappa %g: another seed, the same noise", kappa)
		}
	}
	// What noise did to the weights does not depend on learning but in law:
	// mean 0, standard deviation Eta √(3 s/Over).
	g, _ := live(noisy(0))
	w, u := paper(t, 5).Weights().RawMatrix().Data, g.Weights().RawMatrix().Data
	floats.Div(u, w)
	if mean, sd := stat.MeanStdDev(u, nil); math.Abs(mean-1) > 0.01 || math.Abs(sd-0.3*math.Sqrt(3.0/60)) > 0.005 {
		t.Errorf("weights multiplied by %.4f ± %.4f, want 1 ± %.4f", mean, sd, 0.3*math.Sqrt(3.0/60))
	}
}

// Learning holds up against noise that goes on: 100 s of it leave less than
// two thirds of the drift they leave without learning. Noise alone is that of
// Perturb: 30 % after 200 s are 21 % after 100 s.
func TestLearningCountersNoise(t *testing.T) {
	const populations = 5
	medians := make([]float64, 0, 2)
	for _, kappa := range []float64{0, 2e-6} {
		after := make([]float64, populations)
		for seed := range populations {
			g := paper(t, uint64(seed))
			cfg := Light(100)
			cfg.Seed, cfg.Kappa, cfg.Noise = uint64(seed), kappa, WeightNoise{Eta: 0.3, Over: 200}
			must[Run](t)(g.Learn(context.Background(), cfg))
			after[seed] = drift(t, g).MeanSpeed
		}
		_, median, _ := quartiles(after)
		medians = append(medians, median)
	}
	t.Logf("drift %.2f without learning, %.2f with", medians[0], medians[1])
	if medians[0] < 2 || medians[1] > medians[0]/1.5 {
		t.Errorf("median drift %.2f degrees/s without learning, %.2f with: want above 2, and 1.5 times less", medians[0], medians[1])
	}
}

func TestBadNoise(t *testing.T) {
	for want, noise := range map[string]WeightNoise{
		"Eta -0.1": {-0.1, 1200}, "Eta NaN": {math.NaN(), 1200}, "Eta +Inf": {math.Inf(1), 1200},
		"over 0 s": {0.3, 0}, "over NaN s": {0.3, math.NaN()}, "over -5 s": {0.3, -5},
	} {
		cfg := Light(1)
		cfg.Noise = noise
		if _, err := paper(t, 1).Learn(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: Learn's error is %v", noise, err)
		}
		if err := simulate(t, paper(t, 1)).Disturb(noise, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: Disturb's error is %v", noise, err)
		}
	}
	decoders := paper(t, 1, func(c *Config) { c.Form = Decoders })
	if _, err := decoders.Learn(context.Background(), noisy(0)); err == nil || !strings.Contains(err.Error(), string(Weights)) {
		t.Errorf("noise in decoder form: error is %v", err)
	}
	// The zero value asks for nothing that decoder form could not do.
	if err := simulate(t, decoders).Disturb(WeightNoise{}, 1); err != nil {
		t.Error(err)
	}
}
