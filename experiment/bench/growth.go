package bench

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// scaling is how time, and memory where it was measured, grow with the number
// of neurons.
type scaling struct {
	Points []point `json:"points"`
	// Seconds and Bytes are the fitted exponents b of time ~ Nᵇ and
	// memory ~ Nᵇ.
	SecondsExponent float64  `json:"seconds_exponent"`
	BytesExponent   *float64 `json:"bytes_exponent,omitempty"`
}

// point is one size.
type point struct {
	Neurons int `json:"neurons"`
	// Seconds is the median time of a unit of the row's work.
	Seconds float64 `json:"seconds"`
	// Bytes is the memory in use at the end of a trial of training, Matrices
	// the size of the matrices in it that grow as N²: P and the two of fixed
	// weights. Both are 0 where memory was not measured.
	Bytes    float64 `json:"bytes,omitempty"`
	Matrices float64 `json:"matrices_bytes,omitempty"`
	// Rate is the neurons' mean firing rate in Hz, of free-running rows.
	Rate float64 `json:"rate_hz,omitempty"`
}

// growth measures a trial of training and one of free-running simulation over
// sizes, without a peer.
func growth(set setting) measurement {
	sizes := set.GrowthNeurons
	return measurement{"growth", []Row{{
		Name: "growth-training", Unit: "training trial", Cores: 1, Peer: "none", Thresholds: []threshold{atMost("memory", 1.3)},
		Work: fmt.Sprintf("cycling, trials of training with N = %d … %d; the time is that of the largest", sizes[0], sizes[len(sizes)-1]),
	}, {
		Name: "growth-free", Unit: "free-running trial", Cores: 1, Peer: "none", Work: "the same networks on their own",
	}}, func(ctx context.Context, s *session, rows []Row) error {
		for _, n := range sizes {
			if err := s.grow(ctx, n, &rows[0], &rows[1]); err != nil {
				return fmt.Errorf("with %d neurons: %w", n, err)
			}
		}
		for i := range rows {
			rows[i].Growth.fit()
			rows[i].remark("%s", rows[i].Growth)
		}
		return nil
	}}
}

// grow measures one size. What remains in the rows is of the last.
func (s *session) grow(ctx context.Context, n int, train, free *Row) error {
	k, src, err := cycling()
	if err != nil {
		return err
	}
	before := inUse()
	m, err := prepared(ctx, n, 1, seed, rls.Float64, src)
	if err != nil {
		return err
	}
	// Small networks are quick, and their times need more trials.
	trials := max(1, 1600/n)
	repetitions := min(3, s.setting.Repetitions) // the largest take long
	times, err := paired(ctx, repetitions, timed(float64(trials), func() error { return m.Train(ctx, src, trials) }), nil)
	if err != nil {
		return err
	}
	// Once more to see what is in use while it learns.
	var used float64
	err = m.Train(neuro.WithWatch(ctx, func(neuro.Progress) error { used = inUse() - before; return nil }), src, 1)
	if err != nil {
		return err
	}
	*train = train.cleared()
	train.fill(times)
	size := float64(n)
	train.Growth.add(point{Neurons: n, Seconds: *train.Seconds, Bytes: max(used, 0), Matrices: 8 * (4 + 2) * size * size})

	var rec *recording.Recording
	times, err = paired(ctx, repetitions, timed(float64(trials), func() (err error) {
		rec, err = m.Test(ctx, src, spiking.TestConfig{Trials: trials, Seed: seed})
		return err
	}), nil)
	if err != nil {
		return err
	}
	*free = free.cleared()
	free.fill(times)
	free.Growth.add(point{Neurons: n, Seconds: *free.Seconds, Rate: stat.Mean(rec.Rates, nil)})

	spikes := spikeCount(rec, steps(k))
	bytes, flops := trainingCost(n, spikes, steps(k)/2)
	train.limit(s.limits.time(bytes, s.limits.Stream, flops), "as training")
	free.limit(s.limits.time(spikes*2*size*8, s.limits.Stream, 0), "as free-running")
	return nil
}

// cleared returns the row without times, ready for the next size.
func (r Row) cleared() Row {
	r.Seconds, r.SecondsRange, r.LimitFraction = nil, nil, nil
	if r.Growth == nil {
		r.Growth = new(scaling)
	}
	return r
}

func (g *scaling) add(p point) { g.Points = append(g.Points, p) }

// fit finds the exponents: the slopes of straight lines through the logarithms.
func (g *scaling) fit() {
	if !g.fitted() {
		return
	}
	var n, seconds, bytes []float64
	for _, p := range g.Points {
		n = append(n, math.Log(float64(p.Neurons)))
		seconds = append(seconds, math.Log(p.Seconds))
		if p.Bytes > 0 {
			bytes = append(bytes, math.Log(p.Bytes))
		}
	}
	_, g.SecondsExponent = stat.LinearRegression(n, seconds, nil, false)
	if len(bytes) == len(n) {
		_, slope := stat.LinearRegression(n, bytes, nil, false)
		g.BytesExponent = &slope
	}
}

// memoryRatio is the memory of the largest network divided by its matrices'
// size, nil where it was not measured.
func (g *scaling) memoryRatio() *float64 {
	if g == nil || len(g.Points) == 0 {
		return nil
	}
	p := g.Points[len(g.Points)-1]
	if p.Matrices == 0 {
		return nil
	}
	return ptr(p.Bytes / p.Matrices)
}

func (g *scaling) fitted() bool { return g != nil && len(g.Points) > 1 }

func (g *scaling) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Time grows as N^%.2f", g.SecondsExponent)
	if g.BytesExponent != nil {
		fmt.Fprintf(&b, ", memory as N^%.2f", *g.BytesExponent)
	}
	if ratio := g.memoryRatio(); ratio != nil {
		fmt.Fprintf(&b, " and at the largest N it is %.2f of the matrices' size", *ratio)
	}
	return b.String()
}

// inUse is the size of what is in use on the heap, in bytes.
func inUse() float64 {
	runtime.GC()
	runtime.GC() // pools give up what they hold in the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
