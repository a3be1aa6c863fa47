package recording

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Distance returns how far two runs are apart at each step, in the unit of the
// series: the root mean square, over channels, of the difference of their values.
// Runs that begin nearly alike part exponentially where the dynamics are chaotic,
// and meet where they are stable.
//
// The series must have values, and as many steps and channels as each other.
func Distance(a, b Series) ([]float64, error) {
	if a.Values == nil || b.Values == nil {
		return nil, errors.New("recording: a distance needs two series with values, and one has none")
	}
	steps, channels := a.Dims()
	if s, c := b.Dims(); s != steps || c != channels {
		return nil, fmt.Errorf("recording: a distance needs two series of one shape (steps × channels), and these are %d × %d and %d × %d",
			steps, channels, s, c)
	}
	apart := make([]float64, steps)
	for t := range apart {
		apart[t] = floats.Distance(a.Values.RawRowView(t), b.Values.RawRowView(t), 2) / math.Sqrt(float64(channels))
	}
	return apart, nil
}
