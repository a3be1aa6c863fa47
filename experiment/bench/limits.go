package bench

import (
	"context"
	"runtime"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"
)

// limits are what one core of the machine can do.
type limits struct {
	// Stream is the memory bandwidth in bytes/s: the best of reading, of
	// copying and of a triad a = b + x c over arrays far beyond the cache.
	Stream float64 `json:"stream_bytes_per_second"`
	// Cache is the same over arrays of the size of the three 300 x 300
	// matrices that full-FORCE works on.
	Cache float64 `json:"cache_bytes_per_second"`
	// Flops is the rate of multiply-adds, counted as two, of the peer's
	// dgemm; nil without a peer.
	Flops *float64 `json:"flops_per_second"`
	// FlopsOf names whose dgemm that is, or says why there is none.
	FlopsOf string `json:"flops_of"`
}

// measureLimits measures the limits on one core. The best of several
// repetitions counts: a limit is what nothing disturbs.
func (s *session) measureLimits(ctx context.Context) (l limits, err error) {
	err = cores(1, func() error {
		l.Stream = bandwidth(ctx, s.setting.StreamFloats, 3*s.setting.Repetitions)
		l.Cache = bandwidth(ctx, 300*300, 500*s.setting.Repetitions)
		return context.Cause(ctx)
	})
	if err != nil {
		return l, err
	}
	p := s.startPeer(ctx, "peak", map[string]any{"size": s.setting.PeakSize}, "numpy")
	defer p.close()
	best := 0.0
	for range 3 * s.setting.Repetitions {
		if p.problem == "" {
			seconds, flops := p.run()
			best = max(best, flops/seconds)
		}
	}
	l.FlopsOf = p.title()
	if p.problem == "" {
		l.Flops = &best
	}
	return l, context.Cause(ctx)
}

// bandwidth is the best of reading, copying and a triad, over arrays of n
// numbers each, until ctx ends. What a write fetches before it is not counted.
func bandwidth(ctx context.Context, n, repetitions int) float64 {
	a, b, c := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range a {
		a[i], b[i], c[i] = 1, 2, 3
	}
	var rates []float64
	for range repetitions {
		if ctx.Err() != nil {
			return 0
		}
		for _, k := range []struct {
			arrays int
			do     func()
		}{
			{2, func() { runtime.KeepAlive(floats.Dot(b, c)) }},
			{2, func() { copy(a, b) }},
			{3, func() { floats.AddScaledTo(a, b, 3, c) }},
		} {
			start := time.Now()
			k.do()
			if t := time.Since(start).Seconds(); t > 0 {
				rates = append(rates, float64(8*k.arrays*n)/t)
			}
		}
	}
	return slices.Max(rates)
}

// time returns the seconds that bytes of traffic and floating-point operations
// take one after the other at the limits; nil if operations are asked for and
// their limit is not known.
func (l limits) time(bytes, bandwidth, flops float64) *float64 {
	t := bytes / bandwidth
	if flops > 0 {
		if l.Flops == nil {
			return nil
		}
		t += flops / *l.Flops
	}
	return &t
}
