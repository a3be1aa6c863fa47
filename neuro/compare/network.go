package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Placement says where the trials of a network lie on the bins of a set. The zero
// Placement takes the outputs, and the start of a trial for the beginning of the
// set's first bin. [HeldOut.Stretch] is that of a network which learned the averages
// of the set by task.Recorded.
type Placement struct {
	// Series is one of the recording's series; empty for its outputs.
	Series string
	// Channels of it, one for each channel of the set's series, in that order. By
	// default those of the same names, or all if they are as many.
	Channels []int
	// Conditions has the set's number of each of the network's conditions. By default
	// they are the same.
	Conditions []int
	// Onset returns the time of the beginning of the set's first bin, in seconds
	// from the start of a trial, of which it is given the rows. By default Delay.
	Onset func(trial recording.Trial, rows recording.Series) float64
	// Delay is that time where it is the same in all trials.
	Delay float64
	// Single takes for each test trial one trial of the network (of the same
	// condition, in order, from the first again where there are fewer) instead of
	// the mean of all.
	Single bool
}

// Stretch is the placement of a network that was taught the averages of the training
// trials ([prepare.Set.Averages]) by task.Recorded or task.Reaching: conditions are
// those that have training trials, in order; the recorded stretch lies in the middle
// of a trial, with pauses of one length before and after it; and the average of bin k
// is wanted at k Dt from its beginning, so that the network's mean from half a bin
// before to half a bin after stands for it.
func (h HeldOut) Stretch() (Placement, error) {
	if err := h.check(); err != nil {
		return Placement{}, err
	}
	_, conditions, err := h.Train.Averages(h.Series)
	if err != nil {
		return Placement{}, err
	}
	dt, stretch := h.Train.Dt, float64(h.Train.Bins())*h.Train.Dt
	return Placement{Conditions: conditions, Onset: func(t recording.Trial, rows recording.Series) float64 {
		return (float64(t.Steps())*rows.Dt-stretch)/2 - dt/2
	}}, nil
}

// Taught predicts what a network did in a test that was taught the averages of the
// training trials, by [prepare.Set.Task]: [HeldOut.Network] where [HeldOut.Stretch] says.
func (h HeldOut) Taught(name string, rec *recording.Recording) (Prediction, error) {
	place, err := h.Stretch()
	if err != nil {
		return Prediction{}, err
	}
	return h.Network(name, rec, place)
}

// Network predicts what a network did in a test: a spiking or a rate network's
// recording, whose trials have conditions. Only trials that were kept in full count.
// An output is taken to be constant for each step of the network, and a bin of the
// set has its mean over the bin, NaN where the trial covers less than half of it.
// Trials of one condition are then averaged. One trial in which the network runs away
// spoils the average of its condition: with Placement.Single it spoils as many trials as
// there are.
func (h HeldOut) Network(name string, rec *recording.Recording, p Placement) (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	series, channels, err := h.place(name, rec, p)
	if err != nil {
		return Prediction{}, err
	}
	of := map[int][]*mat.Dense{}
	for i, t := range rec.Kept() {
		c := t.Condition
		if p.Conditions != nil {
			if c < 0 || c >= len(p.Conditions) {
				return Prediction{}, fmt.Errorf("compare: %s has a trial of condition %d, Placement.Conditions says what %d are", name, c, len(p.Conditions))
			}
			c = p.Conditions[c]
		}
		m, err := h.binned(t, series, channels, rec.Dt, p)
		if err != nil {
			return Prediction{}, fmt.Errorf("compare: trial %d of %s: %w", i, name, err)
		}
		of[c] = append(of[c], m)
	}
	if p.Single {
		return h.single(name, of)
	}
	means := map[int]*mat.Dense{}
	for c, trials := range of {
		means[c] = mean(trials)
	}
	return h.ByCondition(name, means)
}

// single gives each test trial a trial of its own.
func (h HeldOut) single(name string, of map[int][]*mat.Dense) (Prediction, error) {
	out, next := Prediction{Name: name}, map[int]int{}
	for _, t := range h.Test.Trials {
		trials := of[t.Condition]
		if len(trials) == 0 {
			return Prediction{}, fmt.Errorf("compare: %s says nothing of condition %d (%s), which is tested", name, t.Condition, h.Test.Conditions[t.Condition])
		}
		out.Trials = append(out.Trials, trials[next[t.Condition]%len(trials)])
		next[t.Condition]++
	}
	return out, nil
}

// place returns the series of the recording, and its channels in the set's order.
func (h HeldOut) place(name string, rec *recording.Recording, p Placement) (recording.Series, []int, error) {
	none := recording.Series{}
	if rec == nil || len(rec.Kept()) == 0 {
		return none, nil, fmt.Errorf("compare: the recording of %s has no trial that was kept in full: test it with Recorded trials", name)
	}
	series := rec.Outputs
	if p.Series != "" {
		series = rec.Series[p.Series]
	}
	steps, n := series.Dims()
	switch {
	case steps == 0:
		return none, nil, fmt.Errorf("compare: the recording of %s has no outputs, or no series %q", name, p.Series)
	case !(rec.Dt > 0) || series.Dt != 0 && math.Abs(series.Dt-rec.Dt) > 1e-9*rec.Dt:
		return none, nil, fmt.Errorf("compare: %s has steps of %g s, and a row of its series every %g s: keep every step", name, rec.Dt, series.Dt)
	case math.IsNaN(p.Delay) || math.IsInf(p.Delay, 0):
		return none, nil, fmt.Errorf("compare: a Delay of %g s: it must be finite", p.Delay)
	}
	_, want := h.size()
	channels, names := p.Channels, h.Test.Channels[h.Series]
	if channels == nil && len(series.Names) == n && len(names) == want {
		for _, muscle := range names {
			if j := slices.Index(series.Names, muscle); j >= 0 {
				channels = append(channels, j)
			}
		}
		if len(channels) != want {
			channels = nil
		}
	}
	if channels == nil && n == want {
		for j := range n {
			channels = append(channels, j)
		}
	}
	if len(channels) != want || slices.ContainsFunc(channels, func(j int) bool { return j < 0 || j >= n }) {
		return none, nil, fmt.Errorf("compare: %s has %d channels, %s has %d: say with Placement.Channels which belong to it (%v)", name, n, h.Series, want, p.Channels)
	}
	return series, channels, nil
}

// binned is a trial of the network on the bins of the set.
func (h HeldOut) binned(t recording.Trial, s recording.Series, channels []int, dt float64, p Placement) (*mat.Dense, error) {
	steps, n := s.Dims()
	if t.From < 0 || t.From >= t.To || t.To > steps {
		return nil, fmt.Errorf("it is in steps %d to %d, the series has %d", t.From, t.To, steps)
	}
	zero := p.Delay
	if p.Onset != nil {
		rows := s.Slice(t.From, t.To, 0, n)
		rows.Dt = dt
		if zero = p.Onset(t, rows); math.IsNaN(zero) || math.IsInf(zero, 0) {
			return nil, fmt.Errorf("its onset is %g s", zero)
		}
	}
	bins, _ := h.size()
	out := mat.NewDense(bins, len(channels), nil)
	for k := range bins {
		from := (zero + float64(k)*h.Test.Dt) / dt
		to := from + h.Test.Dt/dt
		first, last := math.Max(0, from), math.Min(float64(t.Steps()), to)
		row := out.RawRowView(k)
		if !(last-first >= (to-from)/2*(1-1e-9)) {
			for j := range row {
				row[j] = math.NaN()
			}
			continue
		}
		for i := int(first); i < t.Steps() && float64(i) < last; i++ {
			part := (math.Min(last, float64(i+1)) - math.Max(first, float64(i))) / (last - first)
			for j, c := range channels {
				row[j] += part * s.Values.At(t.From+i, c)
			}
		}
	}
	if covered := slices.ContainsFunc(out.RawMatrix().Data, func(v float64) bool { return !math.IsNaN(v) }); !covered {
		return nil, errors.New("it covers no bin of the set: Delay and Onset are in seconds from its start")
	}
	return out, nil
}

func mean(trials []*mat.Dense) *mat.Dense {
	sum := mat.DenseCopyOf(trials[0])
	for _, m := range trials[1:] {
		sum.Add(sum, m)
	}
	sum.Scale(1/float64(len(trials)), sum)
	return sum
}
