package compare

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/spikewalk/spikewalk/neuro"
)

// Counts that were drawn from rates earn nearly what these rates do, if what made the
// rates is read, and nothing if something else is.
func TestBitsOfHeldOutNeurons(t *testing.T) {
	rng := neuro.Stream(1, "held out")
	const trials, bins, neurons = 60, 50, 3
	var x, other, counts, rates []*mat.Dense
	for range trials {
		latent, noise, n, r := mat.NewDense(bins, 1, nil), mat.NewDense(bins, 1, nil), mat.NewDense(bins, neurons, nil), mat.NewDense(bins, neurons, nil)
		phase := 2 * math.Pi * rng.Float64()
		for k := range bins {
			latent.Set(k, 0, math.Sin(float64(k)/5+phase))
			noise.Set(k, 0, rng.NormFloat64())
			for j := range neurons {
				rate := 0.3 * math.Exp(float64(j)*latent.At(k, 0))
				r.Set(k, j, rate)
				n.Set(k, j, distuv.Poisson{Lambda: rate, Src: rng}.Rand())
			}
		}
		x, other, counts, rates = append(x, latent), append(other, noise), append(counts, n), append(rates, r)
	}
	set := setOf(0.02, make([]int, trials), nil, map[string][]*mat.Dense{"x": x, "other": other, "n": counts, "rates": rates})
	split, err := set.HoldOut(0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	h := NewHeldOut(split, "n")
	got, err := h.BitsPerSpike("x", 1e-6)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := h.Test.Concatenated("n")
	if err != nil {
		t.Fatal(err)
	}
	made, err := h.Test.Concatenated("rates")
	if err != nil {
		t.Fatal(err)
	}
	want, err := BitsPerSpike(made, drawn)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bits < 0.3 || math.Abs(got.Bits-want.Bits) > 0.02 || got.Spikes != want.Spikes {
		t.Errorf("%.3f bits per spike, the rates of which the counts were drawn earn %.3f", got.Bits, want.Bits)
	}
	if none, err := h.BitsPerSpike("other", 1e-6); err != nil || math.Abs(none.Bits) > 0.02 {
		t.Errorf("noise earns %.3f bits per spike, %v", none.Bits, err)
	}
	if _, err := h.BitsPerSpike("factors", 1e-6); err == nil || !strings.Contains(err.Error(), `no "factors"`) {
		t.Errorf("a series that is not there: %v", err)
	}
}
