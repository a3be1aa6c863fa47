package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// ReachingRecording is the muscles' activity during reaches in 8 directions:
// what the reaching network of DePasquale et al. (2023) learns to generate.
type ReachingRecording struct {
	// EMG is the smoothed electromyogram of 2 muscles, 81 x 2 for each of
	// the 8 directions, largest about 1. Its baseline is subtracted: where a
	// muscle falls silent it is somewhat negative.
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

// Reaching returns the reaching recording, found and failing as [Cycling].
func Reaching(ctx context.Context) (*ReachingRecording, error) { return store{}.reaching(ctx) }

func (s store) reaching(ctx context.Context) (*ReachingRecording, error) {
	found, err := s.get(ctx, reaching, nil)
	if err != nil {
		return nil, err
	}
	recorded, err := decodeReaching(found.content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", found.path, err)
	}
	recorded.Source = s.source(reaching, found.path)
	return recorded, nil
}

// decodeReaching takes the matrices out of the published file.
func decodeReaching(content []byte) (*ReachingRecording, error) {
	mats, err := DecodeMat(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	emg, err := mats.conditions("emg", reachingConditions, reachingSamples, reachingMuscles)
	if err != nil {
		return nil, err
	}
	return &ReachingRecording{EMG: emg, Dt: reachingDt}, nil
}

// conditions returns a conditions x samples x channels array as a matrix for
// each condition.
func (f *MatFile) conditions(name string, conditions, samples, channels int) ([]*mat.Dense, error) {
	a, err := f.Variable(name)
	if err != nil {
		return nil, err
	}
	if want := []int{conditions, samples, channels}; !slices.Equal(a.dims, want) {
		return nil, fmt.Errorf("%s is %s, want %s", name, dimsString(a.dims), dimsString(want))
	}
	out := make([]*mat.Dense, conditions)
	for c := range out {
		condition, err := a.Slice(0, c)
		if err != nil {
			return nil, err
		}
		if out[c], err = condition.Dense(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ReachingOrSynthetic is [CyclingOrSynthetic] for reaching.
func ReachingOrSynthetic(ctx context.Context, seed uint64) (*ReachingRecording, error) {
	return store{}.reachingOrSynthetic(ctx, seed)
}

func (s store) reachingOrSynthetic(ctx context.Context, seed uint64) (*ReachingRecording, error) {
	recorded, err := s.reaching(ctx)
	if missing, ok := errors.AsType[*UnavailableError](err); ok {
		synthetic := SyntheticReaching(seed)
		synthetic.Source.Reason = missing.Error()
		return synthetic, nil
	}
	return recorded, err
}
