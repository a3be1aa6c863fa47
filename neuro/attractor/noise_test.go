package attractor

import (
	"math"
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
func readoutIsLeastSquares(t *testing.T, g *Attractor) {
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
	if err := s.disturb(noise, 7); err != nil {
		t.Fatal(err)
	}
	increments := make([][]float64, times) // per interval, N² in units of Eta |ω(0)|
	before := copyRows(nil, start)
	for k := range increments {
		if err := s.Hold([]float64{0.3}, nil, every*1e-4); err != nil {
			t.Fatal(err)
		}
		s.settleAll()
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

func TestBadNoise(t *testing.T) {
	life := func(a *Attractor, noise WeightNoise) error {
		_, err := a.Live(t.Context(), rest{}, LifeConfig{Seconds: 1, Sample: 1, Noise: noise})
		return err
	}
	for want, noise := range map[string]WeightNoise{
		"Eta -0.1": {-0.1, 1200}, "Eta NaN": {math.NaN(), 1200}, "Eta +Inf": {math.Inf(1), 1200},
		"over 0 s": {0.3, 0}, "over NaN s": {0.3, math.NaN()}, "over -5 s": {0.3, -5},
	} {
		if err := life(paper(t, 1), noise); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error is %v", noise, err)
		}
	}
	decoders := paper(t, 1, func(c *Config) { c.Form = Decoders })
	if err := life(decoders, WeightNoise{Eta: 0.3, Over: 60}); err == nil || !strings.Contains(err.Error(), string(Weights)) {
		t.Errorf("noise in decoder form: error is %v", err)
	}
	// The zero value asks for nothing that decoder form could not do.
	if err := life(decoders, WeightNoise{}); err != nil {
		t.Error(err)
	}
}
