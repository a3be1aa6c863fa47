package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// HeldOut is trials to fit models to and trials to score them on, by one series: muscles,
// a hand, factors. Start from [NewHeldOut].
type HeldOut struct {
	Train, Test *prepare.Set
	// Series is what is predicted.
	Series string
	// Level and Resamples are those of the intervals of scores, over test trials
	// (stats.Bootstrap), whose numbers Seed draws.
	Level     float64
	Resamples int
	Seed      uint64
}

// NewHeldOut returns the comparison of models of a series in a split, with intervals
// of 95 % from 2000 resamples.
func NewHeldOut(split prepare.Split, series string) HeldOut {
	return HeldOut{Train: split.Train, Test: split.Test, Series: series, Level: 0.95, Resamples: 2000, Seed: 1}
}

// Prediction is what a model says of each test trial.
type Prediction struct {
	Name string
	// Trials are T × channels, one for each test trial, in their order. A row of NaN
	// is a bin of which the model says nothing: it is scored for no model.
	Trials []*mat.Dense
}

// sameSet reports sets that do not go together.
func sameSet(train, test *prepare.Set) error {
	for _, s := range []*prepare.Set{train, test} {
		if err := s.Validate(); err != nil {
			return err
		}
		if len(s.Trials) == 0 {
			return errors.New("compare: one of the sets has no trials: both need some, to fit and to score")
		}
	}
	if math.Abs(train.Dt-test.Dt) > 1e-9*test.Dt || math.Abs(train.Start-test.Start) > 1e-6*test.Dt || train.Bins() != test.Bins() {
		return fmt.Errorf("compare: training trials of %d bins of %g s from %g s, test trials of %d of %g s from %g s: cut both in one way", train.Bins(), train.Dt, train.Start, test.Bins(), test.Dt, test.Start)
	}
	if !slices.Equal(train.Names(), test.Names()) || !slices.Equal(train.Units, test.Units) || !slices.Equal(train.Conditions, test.Conditions) {
		return errors.New("compare: the two sets have other units, series or conditions: split one set")
	}
	for _, name := range test.Names() {
		_, n := train.Trials[0].Of(name).Dims()
		if _, m := test.Trials[0].Of(name).Dims(); n != m {
			return fmt.Errorf("compare: %s has %d channels in training and %d in test trials: split one set", name, n, m)
		}
	}
	return nil
}

func (h HeldOut) check() error {
	if err := sameSet(h.Train, h.Test); err != nil {
		return err
	}
	if err := (&Decoder{}).check(h.Test, h.Series); err != nil {
		return err
	}
	if !(h.Level > 0 && h.Level <= 1) || h.Resamples < 1 || h.Resamples > 1_000_000 {
		return fmt.Errorf("compare: intervals of level %g from %d resamples: the level is above 0 and at most 1, and there are 1 to 1000000 resamples (0.95 and 2000 are usual)", h.Level, h.Resamples)
	}
	return nil
}

// channels returns T and the number of channels of the series.
func (h HeldOut) size() (bins, channels int) { return h.Test.Trials[0].Of(h.Series).Dims() }

// ByCondition is the prediction that depends on the condition of a trial alone. means
// has T × channels for each of the set's conditions that are tested.
func (h HeldOut) ByCondition(name string, means map[int]*mat.Dense) (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	p := Prediction{Name: name}
	bins, channels := h.size()
	for _, t := range h.Test.Trials {
		m := means[t.Condition]
		if m == nil {
			return Prediction{}, fmt.Errorf("compare: %s says nothing of condition %d (%s), which is tested", name, t.Condition, h.Test.Conditions[t.Condition])
		}
		if r, c := m.Dims(); r != bins || c != channels {
			return Prediction{}, fmt.Errorf("compare: %s predicts %d x %d of condition %d: %s is %d x %d", name, r, c, t.Condition, h.Series, bins, channels)
		}
		p.Trials = append(p.Trials, m)
	}
	return p, nil
}

// ConditionMean predicts the mean of the training trials of the same condition: on
// single trials, the best that a network can do which is given the condition and runs
// by itself, if training trials are many. A condition that is tested and was never
// trained is an error ([prepare.Set.LeaveConditionsOut]); there is no such limit then.
func (h HeldOut) ConditionMean() (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	averages, conditions, err := h.Train.Averages(h.Series)
	if err != nil {
		return Prediction{}, err
	}
	means := map[int]*mat.Dense{}
	for i, c := range conditions {
		means[c] = averages[i]
	}
	return h.ByCondition("condition mean", means)
}

// Chance predicts the mean of all training trials, whatever their condition: the best
// that can be done by knowing the time in the trial and nothing else.
func (h HeldOut) Chance() (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	bins, channels := h.size()
	mean := mat.NewDense(bins, channels, nil)
	for _, t := range h.Train.Trials {
		mean.Add(mean, t.Of(h.Series))
	}
	mean.Scale(1/float64(len(h.Train.Trials)), mean)
	p := Prediction{Name: "chance"}
	for range h.Test.Trials {
		p.Trials = append(p.Trials, mean)
	}
	return p, nil
}

// Decoder predicts what a linear decoder, fitted to the training trials, reads from
// the activity of each test trial.
func (h HeldOut) Decoder(cfg DecoderConfig) (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	d, err := FitDecoder(h.Train, h.Series, cfg)
	if err != nil {
		return Prediction{}, err
	}
	trials, err := d.Decode(h.Test)
	return Prediction{Name: "linear decoder", Trials: trials}, err
}

// Baselines are the models that need nothing but data, in this order: [HeldOut.Chance],
// [HeldOut.ConditionMean] and [HeldOut.Decoder].
func (h HeldOut) Baselines(cfg DecoderConfig) ([]Prediction, error) {
	chance, err := h.Chance()
	if err != nil {
		return nil, err
	}
	mean, err := h.ConditionMean()
	if err != nil {
		return nil, err
	}
	decoder, err := h.Decoder(cfg)
	if err != nil {
		return nil, err
	}
	return []Prediction{chance, mean, decoder}, nil
}

// Recorded is the test trials themselves.
func (h HeldOut) Recorded() (Prediction, error) {
	if err := h.check(); err != nil {
		return Prediction{}, err
	}
	p := Prediction{Name: "recorded"}
	for _, t := range h.Test.Trials {
		p.Trials = append(p.Trials, t.Of(h.Series))
	}
	return p, nil
}

// Responses averages predictions over the test trials of each condition, in the bins
// that all of them predict, and returns the names of the conditions that were
// tested. plotting.PSTH draws the first, and adds the others:
//
//	responses, names, err := h.Responses(recorded, spikes)
//	panel := plotting.PSTH(responses[0], names...).Add(responses[1])
func (h HeldOut) Responses(models ...Prediction) (responses []*spiketrain.Response, names []string, err error) {
	scored, err := h.scored(models)
	if err != nil {
		return nil, nil, err
	}
	first, last := 0, -1
	for k := range scored.bins {
		if slices.ContainsFunc(scored.rows, func(rows []bool) bool { return !rows[k] }) {
			continue
		}
		if last < 0 {
			first = k
		}
		if last >= 0 && k != last+1 {
			return nil, nil, fmt.Errorf("compare: bins %d to %d are not predicted in all trials, those before and after are: averages need one stretch of time", last+1, k-1)
		}
		last = k
	}
	if last < 0 {
		return nil, nil, errors.New("compare: no bin is predicted in all trials by all models")
	}
	var conditions []int
	number := map[int]int{}
	for c, name := range h.Test.Conditions {
		if slices.ContainsFunc(h.Test.Trials, func(t prepare.Trial) bool { return t.Condition == c }) {
			number[c] = len(names)
			names = append(names, name)
		}
	}
	for _, t := range h.Test.Trials {
		conditions = append(conditions, number[t.Condition])
	}
	for _, m := range models {
		var trials []*mat.Dense
		for _, x := range m.Trials {
			trials = append(trials, between(x, block{first, last + 1}))
		}
		r, err := spiketrain.Average(h.Test.Start+float64(first)*h.Test.Dt, h.Test.Dt, trials, conditions)
		if err != nil {
			return nil, nil, err
		}
		responses = append(responses, r)
	}
	return responses, names, nil
}

// Averaged is what a model predicts on average over the test trials of each condition,
// one condition after the other, with what was recorded as the targets: plotting.Outputs
// draws it. Only bins that the model predicts in all trials are in it.
func (h HeldOut) Averaged(model Prediction) (recording.Series, error) {
	recorded, err := h.Recorded()
	if err != nil {
		return recording.Series{}, err
	}
	responses, _, err := h.Responses(recorded, model)
	if err != nil {
		return recording.Series{}, err
	}
	s := recording.Series{Dt: h.Test.Dt, Names: slices.Clone(h.Test.Channels[h.Series])}
	if s.Targets, err = prepare.Stack(responses[0].Mean); err != nil {
		return recording.Series{}, err
	}
	s.Values, err = prepare.Stack(responses[1].Mean)
	return s, err
}
