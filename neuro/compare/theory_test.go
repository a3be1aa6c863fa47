package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// poisson draws a count (Knuth).
func poisson(rate float64, rng *rand.Rand) float64 {
	n, p := 0.0, rng.Float64()
	for limit := math.Exp(-rate); p > limit; n++ {
		p *= rng.Float64()
	}
	return n
}

// The true rates earn Σ (r ln(r/m) - r + m) / Σ r / ln 2 bits per spike, on average; a
// mean of the test data earns 0; any other rates earn less than the true ones.
func TestTrueRatesEarnTheirInformation(t *testing.T) {
	const bins, n = 20000, 3
	rng := neuro.Stream(1, "theory")
	rates, counts := mat.NewDense(bins, n, nil), mat.NewDense(bins, n, nil)
	information, spikes := 0.0, 0.0
	for j := range n {
		mean := 0.4 * float64(j+1)
		for i := range bins {
			r := mean * (1 + 0.9*math.Sin(2*math.Pi*float64(i)/500))
			rates.Set(i, j, r)
			counts.Set(i, j, poisson(r, rng))
			information += r*math.Log(r/mean) - r + mean
			spikes += r
		}
	}
	l, err := BitsPerSpike(rates, counts)
	if err != nil {
		t.Fatal(err)
	}
	if want := information / spikes / math.Ln2; math.Abs(l.Bits/want-1) > 0.03 {
		t.Errorf("%g bits per spike, want %g", l.Bits, want)
	}
	means := mat.NewDense(bins, n, nil)
	for j := range n {
		mean := mat.Sum(counts.ColView(j)) / bins
		for i := range bins {
			means.Set(i, j, mean)
		}
	}
	if null, err := BitsPerSpike(means, counts); err != nil || math.Abs(null.Bits) > 1e-12 {
		t.Errorf("the mean earns %g bits, %v", null.Bits, err)
	}
	for _, scale := range []float64{0.8, 1.25} {
		var other mat.Dense
		other.Scale(scale, rates)
		if worse, err := BitsPerSpike(&other, counts); err != nil || worse.Bits >= l.Bits {
			t.Errorf("rates times %g earn %g bits, the true ones %g", scale, worse.Bits, l.Bits)
		}
	}
}

// A Poisson regression finds the weights that made the spikes, and neurons that share
// nothing predict nothing of each other.
func TestRegressionFindsWhatMadeTheSpikes(t *testing.T) {
	const bins = 40000
	rng := neuro.Stream(2, "theory")
	x, counts := mat.NewDense(bins, 2, nil), mat.NewDense(bins, 1, nil)
	for i := range bins {
		a, b := rng.NormFloat64(), rng.NormFloat64()
		x.SetRow(i, []float64{a, b})
		counts.Set(i, 0, poisson(math.Exp(0.5*a-0.3*b-1), rng))
	}
	m, err := FitPoisson(x, counts, 0)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string][2]float64{"a": {m.Weights.At(0, 0), 0.5}, "b": {m.Weights.At(1, 0), -0.3}, "offset": {m.Offset[0], -1}} {
		if math.Abs(c[0]-c[1]) > 0.03 {
			t.Errorf("%s is %g, want %g", what, c[0], c[1])
		}
	}
	var trials []*mat.Dense
	for range 20 {
		c := mat.NewDense(100, 4, nil)
		c.Apply(func(int, int, float64) float64 { return poisson(0.3, rng) }, c)
		trials = append(trials, c)
	}
	l, _, err := SmoothedSpikes(3).Score(setOf(0.02, nil, trials[:10], nil), setOf(0.02, nil, trials[10:], nil))
	if err != nil || math.Abs(l.Bits) > 0.02 {
		t.Errorf("independent neurons earn %g bits from each other, %v", l.Bits, err)
	}
}

// Behaviour that follows activity by three bins is read at that lag, exactly; PSTHs of
// spiketrain.R2 are scored as PSTH scores them.
func TestDecodersReadAtTheirLag(t *testing.T) {
	rng := neuro.Stream(3, "theory")
	var rates, hand []*mat.Dense
	for range 6 {
		r, y := mat.NewDense(50, 4, nil), mat.NewDense(50, 2, nil)
		r.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, r)
		for k := 3; k < 50; k++ {
			y.SetRow(k, []float64{r.At(k-3, 0) - 2*r.At(k-3, 1) + 7, r.At(k-3, 3)})
		}
		rates, hand = append(rates, r), append(hand, y)
	}
	set := setOf(0.01, nil, nil, map[string][]*mat.Dense{prepare.Rates: rates, "hand": hand})
	for lag, right := range map[float64]bool{0.03: true, 0.02: false, -0.03: false} {
		cfg := NLBDecoder()
		cfg.Lag = lag
		d, err := FitDecoder(set, "hand", cfg)
		if err != nil {
			t.Fatal(err)
		}
		f, err := d.Score(set)
		if err != nil {
			t.Fatal(err)
		}
		if (f.Mean() > 0.999) != right {
			t.Errorf("lag %g: R² %g", lag, f.Mean())
		}
	}
	truth := []*mat.Dense{rates[0], rates[1]}
	ours, err := PSTH([]*mat.Dense{rates[2], rates[3]}, []int{0, 1}, truth)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := spiketrain.R2(&spiketrain.Response{Dt: 0.01, Mean: truth}, &spiketrain.Response{Dt: 0.01, Mean: []*mat.Dense{rates[2], rates[3]}})
	if err != nil || fmt.Sprint(ours.Channels) != fmt.Sprint(theirs.Values) || math.Abs(ours.Mean()-theirs.Mean()) > 1e-15 {
		t.Errorf("%v, of spiketrain %v, %v", ours.Channels, theirs.Values, err)
	}
}

func TestForwardBitsAreThoseOfTheEnd(t *testing.T) {
	rates, counts := mat.NewDense(5, 1, []float64{9, 9, 9, 1, 2}), mat.NewDense(5, 1, []float64{0, 0, 0, 1, 3})
	l, err := ForwardBits([]*mat.Dense{rates, rates}, []*mat.Dense{counts, counts}, 2)
	if err != nil {
		t.Fatal(err)
	}
	end, err := BitsPerSpike(rates.Slice(3, 5, 0, 1), counts.Slice(3, 5, 0, 1))
	if err != nil || math.Abs(l.Bits-end.Bits) > 1e-15 || l.Spikes != 8 {
		t.Errorf("%+v, want %+v twice, %v", l, end, err)
	}
}

// Each thing that cannot be scored is told in one sentence, with its place.
func TestWhatCannotBeScored(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	m := func(cols int, v ...float64) *mat.Dense { return mat.NewDense(len(v)/cols, cols, v) }
	ok := m(2, 1, 2, 3, 5)
	r2 := func(p, o mat.Matrix) error { _, err := R2(p, o); return err }
	bits := func(r, c mat.Matrix) error { _, err := BitsPerSpike(r, c); return err }
	ridge := func(x, y mat.Matrix, alphas []float64, folds int) error {
		_, err := Ridge(x, y, alphas, folds)
		return err
	}
	glm := func(x, c mat.Matrix, alpha float64) error { _, err := FitPoisson(x, c, alpha); return err }
	psth := func(truth, rates []*mat.Dense, c []int) error { _, err := PSTH(rates, c, truth); return err }
	forward := func(bins int) error {
		_, err := ForwardBits([]*mat.Dense{ok}, []*mat.Dense{ok}, bins)
		return err
	}
	made := func(change func(b *Benchmark), dt float64) error {
		b := Benchmark{Name: "test", From: 0.015, To: 0.045, Bin: 0.005, Kernel: 0.004}
		change(&b)
		_, err := b.PSTH(setOf(dt, nil, []*mat.Dense{mat.NewDense(60, 1, nil)}, nil))
		return err
	}
	smoothing := func(out ...int) error {
		set := setOf(0.02, nil, []*mat.Dense{m(2, 1, 0, 1, 1, 0, 1)}, nil)
		_, _, err := SmoothedSpikes(out...).Score(set, set)
		return err
	}
	var none *mat.Dense
	for i, c := range []struct {
		err  error
		want string
	}{
		{r2(none, ok), "there is no prediction"},
		{r2(ok, nil), "there is no observed data"},
		{r2(ok, &mat.Dense{}), "the observed data is 0 x 0"},
		{r2(m(1, 1, 2), ok), "a prediction of 2 x 1, the observed data are 2 x 2"},
		{r2(ok, m(2, 1, nan, 3, 4)), "NaN in the observed data, row 0, channel 1"},
		{r2(ok, m(2, nan, nan, nan, nan)), "NaN in every row of the observed data"},
		{r2(m(2, 1, 2, nan, 4), ok), "NaN in the prediction, row 1, channel 0"},
		{r2(ok, m(2, 1, 2, 3, inf)), "+Inf in the observed data, row 1, channel 1"},
		{bits(m(2, 1, -1, 1, 1), ok), "a rate of -1 in row 0, neuron 1"},
		{bits(m(2, 1, nan, 1, 1), ok), "a rate of NaN in row 0, neuron 1"},
		{bits(ok, m(2, 1, 0.5, 0, 0)), "0.5 spikes in row 0, neuron 1: counts are whole"},
		{bits(ok, m(2, 1, -1, 0, 0)), "-1 spikes"},
		{bits(ok, m(2, 0, 0, 0, 0)), "no spike"},
		{bits(ok, m(2, nan, nan, nan, nan)), "no spike"},
		{ridge(ok, m(1, 1, 2, 3), []float64{1}, 5), "same rows"},
		{ridge(ok, ok, nil, 5), "no alpha"},
		{ridge(ok, ok, []float64{-1}, 5), "an alpha of -1"},
		{ridge(ok, ok, []float64{1, 2}, 5), "5 folds of 2 rows"},
		{ridge(m(2, 1, 1, 2, 2, 4, 4), m(1, 1, 2, 3), []float64{0}, 5), "the 2 inputs depend on each other"},
		{glm(m(1, 1, 1, 1), m(1, 1, 2, 3), 0), "inputs depend on each other"},
		{glm(m(1, 0, 0, 1, 1), m(1, 0, 0, 3, 4), 0), "take a larger alpha"},
		{glm(ok, m(1, 1, -2), 0), "negative counts"},
		{glm(ok, m(1, 1, 2), nan), "an alpha of NaN"},
		{psth([]*mat.Dense{ok}, []*mat.Dense{ok}, []int{1}), "trial 0 is of condition 1"},
		{psth([]*mat.Dense{nil}, []*mat.Dense{ok}, []int{0}), "no PSTH of condition 0"},
		{psth([]*mat.Dense{ok}, []*mat.Dense{m(1, 1, 2)}, []int{0}), "(trial 0)"},
		{psth(nil, nil, nil), "rates of 0 trials"},
		{forward(0), "the last 0 bins"},
		{forward(3), "the last 3 bins of trial 0, which has 2"},
		{made(func(b *Benchmark) { b.Kernel = 0 }, 0.001), "test has no conditions"},
		{made(func(b *Benchmark) {}, 0.002), "must consist of whole ones"},
		{made(func(b *Benchmark) { b.From = 0.01 }, 0.001), "wider than its window by the kernel"},
		{made(func(b *Benchmark) { b.Kernel = 1 }, 0.001), "standard deviations shorter than trials"},
		{smoothing(), "[] of 2 neurons held out"},
		{smoothing(0, 1), "[0 1] of 2 neurons held out"},
		{smoothing(2), "[2] of 2 neurons held out"},
		{smoothing(1, 1), "[1 1] of 2 neurons held out"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) || strings.Contains(c.err.Error(), "\n") {
			t.Errorf("case %d: got %v, want a sentence with %q", i, c.err, c.want)
		}
	}
}
