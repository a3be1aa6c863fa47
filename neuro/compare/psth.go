package compare

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// PSTH scores rates by the PSTHs that they average to: rates of single trials (T × N)
// and the condition of each, against truth, the recorded PSTH of each condition
// (T × N, in the same unit). The R² of a neuron is over all times of all conditions
// that have trials, one after the other; the Neural Latents Benchmark reports
// [Fit].Mean. Rows of truth that are NaN are left out, which lets PSTHs be of several
// lengths. [Benchmark.PSTH] makes truth, from training and test trials together.
func PSTH(rates []*mat.Dense, conditions []int, truth []*mat.Dense) (Fit, error) {
	if len(rates) == 0 || len(rates) != len(conditions) {
		return Fit{}, fmt.Errorf("compare: rates of %d trials and %d conditions: give one of each per trial, at least one", len(rates), len(conditions))
	}
	averages, trials := make([]*mat.Dense, len(truth)), make([]float64, len(truth))
	for i, r := range rates {
		c := conditions[i]
		if c < 0 || c >= len(truth) {
			return Fit{}, fmt.Errorf("compare: trial %d is of condition %d: there are PSTHs of %d", i, c, len(truth))
		}
		if err := filled(fmt.Sprintf("PSTH of condition %d", c), truth[c]); err != nil {
			return Fit{}, err
		}
		if err := alike(r, truth[c]); err != nil {
			return Fit{}, fmt.Errorf("%w (trial %d)", err, i)
		}
		if trials[c]++; averages[c] == nil {
			averages[c] = mat.DenseCopyOf(r)
		} else {
			averages[c].Add(averages[c], r)
		}
	}
	var predicted, observed []*mat.Dense
	for c, m := range averages {
		if m != nil {
			m.Scale(1/trials[c], m)
			predicted, observed = append(predicted, m), append(observed, truth[c])
		}
	}
	p, err := prepare.Stack(predicted)
	if err != nil {
		return Fit{}, err
	}
	o, err := prepare.Stack(observed)
	if err != nil {
		return Fit{}, err
	}
	return R2(p, o)
}

// PSTH returns the PSTHs that the benchmark scores rates against, in spikes per bin:
// T × N for each of the set's conditions, nil for one without trials. The benchmark
// smooths the recording before it cuts it, in bins of 1 ms, and joins the smoothed
// bins: cut the set with Dt 0.001, prepare.Truncated edges, and a window wider by 3 Kernel at
// either end. A set of wider bins that divide Bin takes less memory and gives
// nearly the same.
//
// The kernel has 6 Kernel / Dt bins, of which an even number reaches half a bin further
// back than forward, as in nlb_tools.
func (b Benchmark) PSTH(set *prepare.Set) ([]*mat.Dense, error) {
	if err := (&Decoder{}).check(set, prepare.Counts); err != nil {
		return nil, err
	}
	if !(b.Kernel > 0) {
		return nil, fmt.Errorf("compare: %s has no conditions, and no PSTH", b.Name)
	}
	join := b.Bin / set.Dt
	before, bins := (b.From-set.Start)/set.Dt, (b.To-b.From)/b.Bin
	for _, n := range []float64{join, before, bins} {
		if !(math.Abs(n-math.Round(n)) < 1e-6) || !(math.Abs(n) < 1e7) {
			return nil, fmt.Errorf("compare: bins of %g s from %g s on: those of %s, of %g s from %g to %g s, must consist of whole ones", set.Dt, set.Start, b.Name, b.Bin, b.From, b.To)
		}
	}
	if bins < 1 || !(6*b.Kernel/set.Dt < float64(set.Bins())) {
		return nil, fmt.Errorf("compare: a window of %g s and a kernel of %g s, of trials of %g s: the window must be positive, and the kernel's 6 standard deviations shorter than trials", b.To-b.From, b.Kernel, float64(set.Bins())*set.Dt)
	}
	kernel := b.kernel(set.Dt)
	first, steps, each := int(math.Round(before)), int(math.Round(bins)), int(math.Round(join))
	reach := len(kernel) / 2
	if each < 1 || first < reach || first+steps*each+reach > set.Bins() {
		return nil, fmt.Errorf("compare: trials from %g to %g s: PSTHs of %s need them from %g to %g s, wider than its window by the kernel", set.Start, set.Start+float64(set.Bins())*set.Dt, b.Name, b.From-float64(reach)*set.Dt, b.To+float64(reach)*set.Dt)
	}
	averages, conditions, err := set.Averages(prepare.Counts)
	if err != nil {
		return nil, err
	}
	out := make([]*mat.Dense, len(set.Conditions))
	for i, mean := range averages {
		_, n := mean.Dims()
		psth := mat.NewDense(steps, n, nil)
		for t := range steps * each {
			row := psth.RawRowView(t / each)
			for k, weight := range kernel {
				// Row 0 of the kernel is that of the latest bin.
				for j, v := range mean.RawRowView(first + t + (len(kernel)-1)/2 - k) {
					row[j] += weight * v
				}
			}
		}
		out[conditions[i]] = psth
	}
	return out, nil
}

// kernel is a Gaussian in bins of dt, of sum 1.
func (b Benchmark) kernel(dt float64) []float64 {
	k := make([]float64, int(6*b.Kernel/dt+1e-9))
	sum := 0.0
	for i := range k {
		x := (float64(i) - float64(len(k)-1)/2) * dt / b.Kernel
		k[i] = math.Exp(-x * x / 2)
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	return k
}
