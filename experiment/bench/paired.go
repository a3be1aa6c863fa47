package bench

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// samples are the times of one unit of work, in seconds, in pairs; peers is
// empty where there is no peer.
type samples struct {
	ours, peers []float64
	processors  processors
}

// work does some work and returns the seconds it took and the units it was.
type work func() (seconds, units float64, err error)

// timed times a function that does the given units of work.
func timed(units float64, do func() error) work {
	return func() (float64, float64, error) {
		runtime.GC() // what others left behind is not to be cleared up here
		start := time.Now()
		err := do()
		return time.Since(start).Seconds(), units, err
	}
}

// paired lets ours and the peer take turns. A peer that fails is left out from
// then on, and says why through its own state; that we fail is an error.
func paired(ctx context.Context, repetitions int, ours work, p *peer) (samples, error) {
	var s samples
	for range repetitions {
		if err := context.Cause(ctx); err != nil {
			return s, err
		}
		s.processors.await(ctx)
		seconds, units, err := ours()
		if err != nil {
			return s, err
		}
		s.ours = append(s.ours, seconds/units)
		if p == nil || p.problem != "" {
			continue
		}
		if seconds, units = p.run(); p.problem == "" {
			s.peers = append(s.peers, seconds/units*p.scale)
		}
	}
	if p != nil && p.problem != "" {
		s.peers = nil // half a measurement is none
	}
	return s, context.Cause(ctx)
}

// compare lets ours and the peer take turns and fills in the row. It writes a
// profile of that if the profile has a name.
func (s *session) compare(ctx context.Context, row *Row, profile string, ours work, p *peer) error {
	var measured samples
	err := s.profiled(profile, func() (err error) {
		measured, err = paired(ctx, s.setting.Repetitions, ours, p)
		return err
	})
	row.fill(measured)
	row.Peer = p.title()
	return err
}

// cores runs do with a limit on the cores that Go uses, and takes it off
// again.
func cores(n int, do func() error) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	return do()
}

// profiled writes a CPU profile of do to name.pprof, unless there is no name or
// no folder for profiles.
func (s *session) profiled(name string, do func() error) error {
	if s.profile == "" || name == "" {
		return do()
	}
	var buf bytes.Buffer
	if err := pprof.StartCPUProfile(&buf); err != nil {
		return fmt.Errorf("bench: no profile of %s: %w", name, err)
	}
	err := do()
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(s.profile, name+".pprof"), buf.Bytes(), scratch.Public)
}
