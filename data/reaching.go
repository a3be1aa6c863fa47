package data

import (
	"context"

	"gonum.org/v1/gonum/mat"
)

// ReachingRecording is the muscles' activity during reaches in 8 directions:
// what the reaching network of DePasquale et al. (2023) learns to generate.
type ReachingRecording struct {
	// EMG is the smoothed electromyogram of 2 muscles, 81 × 2 for each of
	// the 8 directions, with a maximum of about 1. Its baseline is subtracted:
	// where a muscle falls silent it is slightly negative.
	EMG []*mat.Dense
	// Dt is the sampling interval, 0.01 s.
	Dt float64
	// Source tells where the data is from, and whether it is a recording.
	Source Source
}

// Shapes of the reaching data.
const (
	reachingConditions = 8
	reachingSamples    = 81
	reachingMuscles    = 2
	reachingDt         = 10e-3
)

// Reaching returns the reaching recording, found as [Cycling] is, with the same
// errors.
func Reaching(ctx context.Context) (*ReachingRecording, error) { return store{}.reaching(ctx) }

func (s store) reaching(ctx context.Context) (*ReachingRecording, error) {
	return load(ctx, s, reaching, decodeReaching)
}

// decodeReaching takes the matrices out of the published file.
func decodeReaching(f *File, from Source) (*ReachingRecording, error) {
	all, err := f.shaped("emg", reachingConditions, reachingSamples, reachingMuscles)
	if err != nil {
		return nil, err
	}
	r := &ReachingRecording{EMG: make([]*mat.Dense, reachingConditions), Dt: reachingDt, Source: from}
	for c := range r.EMG {
		condition, err := all.Slice(0, c)
		if err != nil {
			return nil, err
		}
		if r.EMG[c], err = condition.Dense(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// ReachingOrSynthetic is [CyclingOrSynthetic] for reaching.
func ReachingOrSynthetic(ctx context.Context, seed uint64) (*ReachingRecording, error) {
	return store{}.reachingOrSynthetic(ctx, seed)
}

func (s store) reachingOrSynthetic(ctx context.Context, seed uint64) (*ReachingRecording, error) {
	recorded, err := s.reaching(ctx)
	if reason, ok := unavailable(err); ok {
		synthetic := SyntheticReaching(seed)
		synthetic.Source.Reason = reason
		return synthetic, nil
	}
	return recorded, err
}
