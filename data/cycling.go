package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// CyclingRecording is 2 s (four turns) of a monkey's pedalling, the activity
// of its motor cortex and of its muscles: what the cycling network of
// DePasquale et al. (2023) learns to generate.
type CyclingRecording struct {
	// Factors are the principal components of motor cortex, 2000 x 12,
	// centred and orthogonal, their rms falling from 14.4 to 0.105.
	Factors *mat.Dense
	// EMG is the smoothed electromyogram of 3 muscles, 2000 x 3, between
	// -0.04 and 0.6.
	EMG *mat.Dense
	// Dt is the sampling interval, 0.001 s.
	Dt float64
	// Source tells where the data is from, and whether it is a recording.
	Source Source
}

// Shapes of the cycling data.
const (
	cyclingSamples = 2000
	cyclingFactors = 12
	cyclingMuscles = 3
	cyclingDt      = 1e-3
)

// Cycling returns the cycling recording. It is looked for in SPIKEWALK_DATA,
// then in the cache, and else downloaded; see the package documentation.
//
// Errors: *[UnavailableError] if it is nowhere and cannot be downloaded,
// *[ChecksumError] if a file is there and is not the recording, ctx's error
// if that ends first.
func Cycling(ctx context.Context) (*CyclingRecording, error) { return store{}.cycling(ctx) }

func (s store) cycling(ctx context.Context) (*CyclingRecording, error) {
	found, err := s.get(ctx, cycling, nil)
	if err != nil {
		return nil, err
	}
	recorded, err := decodeCycling(found.content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", found.path, err)
	}
	recorded.Source = s.source(cycling, found.path)
	return recorded, nil
}

// decodeCycling takes the matrices out of the published file.
func decodeCycling(content []byte) (*CyclingRecording, error) {
	mats, err := DecodeMat(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	factors, err := mats.dense("factors", cyclingSamples, cyclingFactors)
	if err != nil {
		return nil, err
	}
	emg, err := mats.dense("emg", cyclingSamples, cyclingMuscles)
	if err != nil {
		return nil, err
	}
	return &CyclingRecording{Factors: factors, EMG: emg, Dt: cyclingDt}, nil
}

// dense returns a matrix of known shape.
func (f *MatFile) dense(name string, rows, columns int) (*mat.Dense, error) {
	a, err := f.Variable(name)
	if err != nil {
		return nil, err
	}
	if want := []int{rows, columns}; !slices.Equal(a.dims, want) {
		return nil, fmt.Errorf("%s is %s, want %s", name, dimsString(a.dims), dimsString(want))
	}
	return a.Dense()
}

// CyclingOrSynthetic returns the cycling recording or, if it is not on this
// machine and cannot be downloaded, [SyntheticCycling] with a Source that
// says so and why. Everything else that goes wrong is an error as it is with
// [Cycling]: a wrong file is never replaced in silence.
func CyclingOrSynthetic(ctx context.Context, seed uint64) (*CyclingRecording, error) {
	return store{}.cyclingOrSynthetic(ctx, seed)
}

func (s store) cyclingOrSynthetic(ctx context.Context, seed uint64) (*CyclingRecording, error) {
	recorded, err := s.cycling(ctx)
	if missing, ok := errors.AsType[*UnavailableError](err); ok {
		synthetic := SyntheticCycling(seed)
		synthetic.Source.Reason = missing.Error()
		return synthetic, nil
	}
	return recorded, err
}
