package recording

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// Average returns the mean of a series around events, over the trials of each
// condition, in bins of the given width in seconds: what [spiketrain.Trains.PSTH]
// is for spikes in the same windows. A bin's value is the mean of its rows. It
// covers the time that all windows have; what does not fill a bin at its end is
// dropped.
//
//	windows := []spiketrain.Window{{Zero: 1.3, Start: -0.2, Stop: 1}, …}
//	emg, err := rec.Series["emg"].Average(windows, 0.010)
//
// Rows must be evenly spaced, and the width a whole number of them; windows begin at
// the nearest row. It is an error if one of them reaches beyond the series.
func (s Series) Average(windows []spiketrain.Window, bin float64) (*spiketrain.Response, error) {
	every, err := s.rowsOf(bin)
	if err != nil {
		return nil, err
	}
	if len(windows) == 0 {
		return nil, errors.New("recording: no windows to average a series in: give one for each trial")
	}
	start, stop := windows[0].Start, windows[0].Stop
	for _, w := range windows[1:] {
		start, stop = math.Max(start, w.Start), math.Min(stop, w.Stop)
	}
	bins := int(math.Min((stop-start)/bin+1e-6, float64(s.Values.RawMatrix().Rows)+1)) // one too many is found below
	if !(stop-start > 0) || bins < 1 {
		return nil, fmt.Errorf("recording: the windows share the time from %g to %g s, which is less than a bin of %g s", start, stop, bin)
	}
	var trials []*mat.Dense
	var conditions []int
	for i, w := range windows {
		trial, err := s.binned(w.Zero+start, bins, every)
		if err != nil {
			return nil, fmt.Errorf("recording: window %d, from %g s: %w", i, w.Zero+start, err)
		}
		trials, conditions = append(trials, trial), append(conditions, w.Condition)
	}
	return spiketrain.Average(start, bin, trials, conditions)
}

// rowsOf is how many rows a bin has.
func (s Series) rowsOf(bin float64) (int, error) {
	if s.Values == nil || s.Values.IsEmpty() {
		return 0, errors.New("recording: a series without rows has no average")
	}
	if s.Times != nil || !(s.Dt > 0) {
		return 0, errors.New("recording: the rows to average are not evenly spaced: use prepare.Cut, which bins by their times")
	}
	rows := math.Round(bin / s.Dt)
	if !(rows >= 1 && math.Abs(bin/s.Dt-rows) < 1e-6*rows) || math.IsInf(rows, 1) {
		return 0, fmt.Errorf("recording: a bin of %g s must be a whole number of steps of %g s", bin, s.Dt)
	}
	return int(math.Min(rows, 1+float64(s.Values.RawMatrix().Rows))), nil
}

// binned is the mean of each bin, from a time in seconds on.
func (s Series) binned(from float64, bins, every int) (*mat.Dense, error) {
	steps, channels := s.Values.Dims()
	at := math.Round((from - s.Start) / s.Dt)
	if !(at >= 0 && at+float64(bins)*float64(every) <= float64(steps)) {
		return nil, fmt.Errorf("the series is from %g to %g s, and the window must lie in it", s.Start, s.Start+float64(steps)*s.Dt)
	}
	first, out := int(at), mat.NewDense(bins, channels, nil)
	for b := range bins {
		mean := out.RawRowView(b)
		for k := range every {
			for j, v := range s.Values.RawRowView(first + b*every + k) {
				mean[j] += v
			}
		}
		for j := range mean {
			mean[j] /= float64(every)
		}
	}
	return out, nil
}
