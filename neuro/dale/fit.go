package dale

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// fitTolerance ends the sweeps of a fit: see signedSquares.solve.
const fitTolerance = 1e-6

// fit finds, for every neuron i, the weights w of its own synapses and the
// bias b that minimise
//
//	Σ (w·s + b - (u_i·ỹ + background))² + ridge |w|²
//
// over the samples, every weight being of its presynaptic neuron's sign. The
// search starts from the weights there are. Neurons are independent of each
// other: the result does not depend on how many are fitted at a time.
//
// Cost: a sweep of a neuron with k synapses k², so about 10 ms for all of
// 1000 neurons with 250 each. When ctx ends, some neurons are not fitted.
func (w wiring) fit(ctx context.Context, net *neurons, m *moments, cfg Config) error {
	m.flush()
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), net.n) {
		done.Go(func() {
			f := newFitter(net, m, cfg, w.most()*len(net.kinds))
			for i := int(next.Add(1)) - 1; i < net.n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f.fit(i, w)
			}
		})
	}
	done.Wait()
	return ctx.Err()
}

// fitter fits one neuron after the other.
type fitter struct {
	net     *neurons
	m       *moments
	cfg     Config
	problem *signedSquares
	mean    []float64 // of s
	cross   []float64 // Σ (s - mean s) u·ỹ
	places  []int     // of a neuron's synapses among all entries of s
}

func newFitter(net *neurons, m *moments, cfg Config, unknowns int) *fitter {
	f := &fitter{
		net: net, m: m, cfg: cfg, problem: newSignedSquares(unknowns),
		mean: append([]float64(nil), m.s...), cross: make([]float64, m.n),
	}
	kernel.Scale(f.mean, 1/m.count)
	return f
}

func (f *fitter) fit(i int, w wiring) {
	n := f.net.n
	f.places = f.places[:0]
	for kind := range f.net.kinds {
		for _, j := range w.presynaptic[i] {
			f.places = append(f.places, kind*n+j)
		}
	}
	u := mat.Col(nil, i, f.net.factors)
	var wanted float64
	for k, y := range f.m.y {
		wanted += u[k] * y / f.m.count
	}
	raw := f.m.ys.RawMatrix()
	kernel.MulRows(f.cross, u, raw.Data, raw.Stride, false)
	kernel.Axpy(f.cross, -wanted, f.m.s)

	q := f.problem
	q.resize(len(f.places))
	for a, at := range f.places {
		f.gather(q.a[a*q.n:][:q.n], at)
		q.a[a*q.n+a] += f.cfg.Ridge
		q.r[a] = f.cross[at]
		q.sign[a] = w.sign[at%n]
		q.w[a] = f.net.kinds[at/n].weights[at%n*n+i]
	}
	q.solve(f.cfg.Sweeps, fitTolerance)
	bias := wanted + f.net.background[i]
	for a, at := range f.places {
		f.net.kinds[at/n].weights[at%n*n+i] = q.w[a]
		bias -= q.w[a] * f.mean[at]
	}
	f.net.bias[i] = bias
}

// gather writes the centred second moments of one entry with the neuron's
// others: centring is what makes the bias free.
func (f *fitter) gather(row []float64, at int) {
	minusSS, sum := f.m.minusSS[at*f.m.n:][:f.m.n], f.m.s[at]
	for b, other := range f.places {
		row[b] = -math.FMA(sum, f.mean[other], minusSS[other])
	}
}
