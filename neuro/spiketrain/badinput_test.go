package spiketrain

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestBadTrains(t *testing.T) {
	nan := math.NaN()
	list := func(times ...float64) [][]float64 { return [][]float64{times} }
	for want, trials := range map[string][]Trial{
		"no trials":                 nil,
		"no neurons":                {{Stop: 1}},
		"trial 1 has 2 neurons":     {{Stop: 1, Times: list()}, {Stop: 1, Times: [][]float64{{}, {}}}},
		"condition -1":              {{Condition: -1, Stop: 1, Times: list()}},
		"condition 0 has no trial":  {{Condition: 1, Stop: 1, Times: list()}},
		"is a condition 922337203":  {{Condition: math.MaxInt, Stop: 1, Times: list()}, {Stop: 1, Times: list()}},
		"from 1 to 1 s":             {{Start: 1, Stop: 1, Times: list()}},
		"from 0 to NaN s":           {{Stop: nan, Times: list()}},
		"spikes at 1.1 s":           {{Stop: 1, Times: list(0.5, 1.1)}},
		"spikes at NaN s":           {{Stop: 1, Times: list(nan)}},
		"spikes at 0.4 s after 0.5": {{Stop: 1, Times: list(0.5, 0.4)}},
	} {
		_, err := New(trials)
		says(t, err, want)
	}
	window := []Window{{Stop: 1}}
	_, err := Cut([]float64{1}, nil, 1, window)
	says(t, err, "1 spike times and 0 neurons")
	_, err = Cut(nil, nil, 0, window)
	says(t, err, "0 neurons")
	_, err = Cut(nil, nil, 1<<40, window)
	says(t, err, "are more than")
	_, err = Cut([]float64{0.5}, []int{2}, 2, window)
	says(t, err, "neuron 2: neurons are 0 to 1")
	_, err = Cut([]float64{nan}, []int{0}, 2, window)
	says(t, err, "NaN s")
	_, err = Cut(nil, nil, 2, []Window{{Zero: math.Inf(1), Stop: 1}})
	says(t, err, "window 0 is aligned to +Inf s")
	_, _, _, err = MinInterval([]float64{1}, nil, 0.001)
	says(t, err, "1 spike times and 0 neurons")
	_, _, _, err = MinInterval([]float64{nan}, []int{0}, 0.001)
	says(t, err, "NaN s")
	_, _, _, err = MinInterval(nil, nil, nan)
	says(t, err, "least interval of NaN s")
	_, err = Cut(nil, nil, 2, nil)
	says(t, err, "no trials")
	_, err = Cut([]float64{1.7e9 + 3, 1.7e9 + 1}, []int{0, 0}, 1, []Window{{Stop: 10}, {Zero: 10, Stop: 10}})
	says(t, err, "spikes are from 1700000001 to 1700000003 s, windows from 0 to 20 s: both must be seconds of one clock")
	_, err = Cut(nil, nil, 2, []Window{{Start: 1, Stop: 0}})
	says(t, err, "from 1 to 0 s")
	apart, err := New([]Trial{{Stop: 1, Times: list()}, {Start: 1, Stop: 2, Times: list()}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = apart.PSTH(DefaultPSTH())
	says(t, err, "no time is covered")
	_, err = apart.Fano(1)
	says(t, err, "no time is covered")
}

func TestBadResponses(t *testing.T) {
	nan := math.NaN()
	_, err := new(Trains).PSTH(DefaultPSTH())
	says(t, err, "no trials")
	trains, err := New([]Trial{{Stop: 1, Times: [][]float64{{0.5}}}})
	if err != nil {
		t.Fatal(err)
	}
	for want, cfg := range map[string]PSTHConfig{
		"Bin is 0":     {},
		"Sigma is -1":  {Bin: 0.1, Sigma: -1},
		"does not fit": {Bin: 2},
		"a Gaussian of 25 s is wider than the 1 s":      {Bin: 0.01, Sigma: 25},
		"a Gaussian of 1e+300 s is wider":               {Bin: 0.1, Sigma: 1e300},
		"a Gaussian of 0.01 s is lost in bins of 0.1 s": {Bin: 0.1, Sigma: 0.01},
		"more than": {Bin: 1e-300},
	} {
		_, err := trains.PSTH(cfg)
		says(t, err, want)
	}
	_, err = trains.Fano(1e-300)
	says(t, err, "more than")
	if wide, err := trains.PSTH(PSTHConfig{Bin: 0.1, Sigma: 1}); err != nil || math.Abs(wide.Mean[0].At(9, 0)-1) > 0.2 {
		t.Errorf("one spike in a second under a wide Gaussian: %v, %v", wide, err)
	}
	_, err = trains.SmoothedRates(1, DefaultPSTH())
	says(t, err, "trial 1")
	psth, err := trains.PSTH(DefaultPSTH())
	if err != nil {
		t.Fatal(err)
	}
	_, err = psth.Variability()
	says(t, err, "fewer than two trials")

	x := mat.NewDense(3, 2, nil)
	bad := mat.NewDense(3, 2, nil)
	bad.Set(2, 1, math.Inf(1))
	for want, c := range map[string]struct {
		signals    []*mat.Dense
		conditions []int
	}{
		"0 signals":          {nil, nil},
		"1 signals and 2":    {[]*mat.Dense{x}, []int{0, 0}},
		"condition -1":       {[]*mat.Dense{x}, []int{-1}},
		"condition 0 has no": {[]*mat.Dense{x}, []int{1}},
		"condition 1 has no": {[]*mat.Dense{x, x}, []int{0, math.MaxInt}},
		"trial 0 is empty":   {[]*mat.Dense{{}}, []int{0}},
		"trial 1 is nil":     {[]*mat.Dense{x, nil}, []int{0, 0}},
		"trial 1 is 2 x 2":   {[]*mat.Dense{x, mat.NewDense(2, 2, nil)}, []int{0, 0}},
		"step 2, channel 1":  {[]*mat.Dense{x, bad}, []int{0, 0}},
	} {
		_, err := Average(0, 1, c.signals, c.conditions)
		says(t, err, want)
	}
	_, err = Average(0, 0, []*mat.Dense{x}, []int{0})
	says(t, err, "in steps of 0 s")
	_, err = Average(nan, 1, []*mat.Dense{x}, []int{0})
	says(t, err, "from NaN s")
	still, err := Average(0, 1, []*mat.Dense{x, x}, []int{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	_, err = still.Variability()
	says(t, err, "nothing varies")

	a, b := responses(3, waves), responses(2, waves)
	_, err = R2(a, b)
	says(t, err, "2 neurons predicted")
	_, _, err = BestMatch(a, &Response{Dt: 1, Mean: a.Mean})
	says(t, err, "every 0.01 and 1 s")
	_, _, err = BestMatch(a, &Response{Dt: 0.01, Mean: a.Mean[:1]})
	says(t, err, "2 and 1 conditions")
	_, _, err = BestMatch(&Response{}, &Response{})
	says(t, err, "no response")
	_, err = R2(a, nil)
	says(t, err, "no response")
	_, err = R2(a, &Response{Dt: 0.01, Mean: []*mat.Dense{a.Mean[0], nil}})
	says(t, err, "nothing for condition 1")
	_, err = R2(&Response{Dt: 0.01, Mean: []*mat.Dense{a.Mean[0], b.Mean[0]}}, a)
	says(t, err, "condition 1 has 2 neurons, condition 0 has 3")
	_, err = R2(a, &Response{Dt: 0.01, Mean: []*mat.Dense{bad, bad}})
	says(t, err, "+Inf in condition 0 at step 2, channel 1")
	_, err = (&Response{Mean: a.Mean, SEM: a.Mean[:1], Trials: []int{2, 2}}).Variability()
	says(t, err, "condition 1 has fewer than two trials")
	_, err = (&Response{Mean: a.Mean, SEM: b.Mean, Trials: []int{2, 2}}).Variability()
	says(t, err, "standard errors of 50 x 2")
	_, err = (&RateModel{}).Predict(a)
	says(t, err, "no weights")
	_, err = FitRates(a, &Response{Dt: 0.01, Mean: []*mat.Dense{x, x}}, 0)
	says(t, err, "50 and 3 samples")
	_, err = FitRates(a, b, -1)
	says(t, err, "ridge of -1")
	double := responses(2, func(c, t, _ int) float64 { return waves(c, t, 0) })
	_, err = FitRates(a, double, 0)
	says(t, err, "depend on each other")
	model, err := FitRates(a, double, 1e-3)
	if err != nil {
		t.Fatal(err)
	}
	_, err = model.Predict(nil)
	says(t, err, "no response")
	_, err = model.Predict(a)
	says(t, err, "3 factors, the model has 2")
}
