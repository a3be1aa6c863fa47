package rls

import (
	"context"
	"runtime"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Who computes what where there are two cores. None of it changes a bit.

// crew does pieces of work beside the caller: see [companion.Crew].
type crew interface {
	Do(piece func()) int64
	Need(piece int64)
	Both(work func())
}

// shared is what an RLS knows of others who work for it.
type shared struct {
	crew  crew // nil without a companion
	cores int
}

// Begin makes r work under ctx from now on: with as many processors as
// [neuro.WithCores] allows. Until it is called, r uses all there are where that
// is worth it. It changes no bit.
func (r *RLS) Begin(ctx context.Context) {
	outputs := 0
	for _, q := range r.readouts {
		outputs += q.m
	}
	r.shared.begin(ctx, outputs >= sharedReadouts)
	for _, q := range r.readouts { // no other goroutine is at work on an earlier sample
		q.own, q.piece = q.m, 0
	}
}

// begin asks for a companion if it is worth it.
func (s *shared) begin(ctx context.Context, worthIt bool) {
	s.crew, s.cores = nil, neuro.Cores(ctx)
	if c := companion.Of(ctx); worthIt && c.Join() {
		s.crew = c
	}
}

// both returns what runs a kernel's work on the processors that there are.
func (s *shared) both() func(work func()) {
	switch {
	case s.crew != nil:
		return s.crew.Both
	case min(s.cores, runtime.GOMAXPROCS(0)) > 1:
		return kernel.Goroutine
	}
	return kernel.Alone
}

// sharedReadouts is the number of readouts from which on two cores are faster
// than one.
const sharedReadouts = 100

// ahead has the companion compute the last outputs of all readouts of a sample
// that has just been presented, while the caller does other work, and in
// [Readouts.Output] prepares the update and computes the first ones.
func (r *RLS) ahead() {
	for _, q := range r.readouts {
		q.own = ownShare(q.m, r.learns)
		q.piece = r.shared.crew.Do(q.last)
	}
}

// settleAhead waits for what ahead has begun.
func (r *RLS) settleAhead() {
	if r.shared.crew != nil {
		for _, q := range r.readouts {
			r.shared.crew.Need(q.piece)
		}
	}
}

// outputOfTwo is [Readouts.output] with a companion.
func (q *Readouts) outputOfTwo(dst []float64) {
	if q.rls.learns {
		q.rls.prepare()
	}
	q.output(dst[:q.own], 0)
	q.rls.shared.crew.Need(q.piece)
	copy(dst[q.own:], q.y[q.own:])
}

// ownShare is the number of outputs that the caller computes, in whole panels,
// so that both take as long. In full-FORCE, which has so many readouts, the
// companion also runs the target-generating network, which reads half the bytes
// of the weights, and the caller, where it learns, reads half of P. Measured.
func ownShare(outputs int, learn bool) int {
	panels := outputs / kernel.PanelWidth
	if learn {
		return panels / 3 * kernel.PanelWidth
	}
	return panels * 2 / 3 * kernel.PanelWidth
}
