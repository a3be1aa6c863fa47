package data

import (
	"context"

	"gonum.org/v1/gonum/mat"
)

// CyclingRecording is 2 s (four turns) of a monkey's pedalling, the activity
// of its motor cortex and of its muscles: what the cycling network of
// DePasquale et al. (2023) learns to generate.
type CyclingRecording struct {
	// Factors are the principal components of motor cortex, 2000 x 12,
	// centred and orthogonal, their rms falling from 14.4 to 0.105.
	Factors *mat.Dense
	// EMG is the smoothed electromyogram of 3 muscles, 2000 × 3, between
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

// Cycling returns the cycling recording. It looks in SPIKEWALK_DATA and in the
// cache, and else downloads it; see the package documentation.
//
// Errors: *[UnavailableError] if it is nowhere and cannot be downloaded,
// *[ChecksumError] if a file is there and is not the recording, ctx's error if
// that ends first.
func Cycling(ctx context.Context) (*CyclingRecording, error) { return store{}.cycling(ctx) }

func (s store) cycling(ctx context.Context) (*CyclingRecording, error) {
	return load(ctx, s, cycling, decodeCycling)
}

// decodeCycling takes the matrices out of the published file.
func decodeCycling(f *File, from Source) (*CyclingRecording, error) {
	factors, err := f.matrix("factors", cyclingSamples, cyclingFactors)
	if err != nil {
		return nil, err
	}
	emg, err := f.matrix("emg", cyclingSamples, cyclingMuscles)
	if err != nil {
		return nil, err
	}
	return &CyclingRecording{Factors: factors, EMG: emg, Dt: cyclingDt, Source: from}, nil
}

// CyclingOrSynthetic returns the cycling recording or, if it is not on this
// machine and cannot be downloaded, [SyntheticCycling] with a Source that says so
// and why. It returns all other errors of [Cycling]: a wrong file is never replaced
// silently.
func CyclingOrSynthetic(ctx context.Context, seed uint64) (*CyclingRecording, error) {
	return store{}.cyclingOrSynthetic(ctx, seed)
}

func (s store) cyclingOrSynthetic(ctx context.Context, seed uint64) (*CyclingRecording, error) {
	recorded, err := s.cycling(ctx)
	if reason, ok := unavailable(err); ok {
		synthetic := SyntheticCycling(seed)
		synthetic.Source.Reason = reason
		return synthetic, nil
	}
	return recorded, err
}
