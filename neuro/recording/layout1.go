package recording

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
)

// Layout 1 was of spiking networks alone. It has the steps of the trials that
// were kept, and conditions and scores of all; quantities of the neurons in
// "selected" at every k-th step; voltages of other neurons, whose numbers are not
// in the file, at every step; and an array for each mean of each condition.

type layout1 struct {
	npz.Stamp
	Dt             float64
	Neurons, Every int
	MeanConditions []int
	Warnings       []neuro.Warning
}

var quantities1 = []string{"voltage", "learned", "slow_input", "fast_input", "input", "slow_train", "fast_train"}

func decodeLayout1(file *npz.Reader) (*Recording, error) {
	var h layout1
	if err := file.Header(npz.Stamp{Format: stamp().Format, Numerics: 1}, &h); err != nil {
		return nil, err
	}
	in := reader{Reader: file, known: map[string]bool{npz.Config: true}, wrong: new(error)}
	r := &Recording{Dt: h.Dt, Units: h.Neurons, Warnings: h.Warnings}
	r.Spikes = Spikes{Times: in.vector(spikeTimes), Units: in.integers("spike_neurons", npz.Any)}
	r.Factors = in.series1(factorsName, "factor"+targetsEnding, h.Dt)
	r.Outputs = in.series1(outputsName, "output"+targetsEnding, h.Dt)
	selected, dt := in.integers("selected", npz.Any), h.Dt*float64(max(1, h.Every))
	in.quantities1(r, "", selected, dt)
	if s := in.series1("voltages", "", h.Dt); s.Values != nil {
		r.set("voltages", s)
	}
	r.FactorErrors, r.OutputErrors, r.Rates = in.vector(factorErrors), in.vector(outputErrors), in.vector(ratesArray)
	r.Final = in.final1()
	in.trials1(r)
	if err := in.means1(r, h.MeanConditions, selected, dt); err != nil {
		return nil, err
	}
	return r, in.done(r)
}

func (in reader) series1(name, targets string, dt float64) Series {
	s := Series{Values: in.matrix(name), Dt: dt}
	if targets != "" {
		s.Targets = in.matrix(targets)
	}
	return s
}

func (in reader) quantities1(r *Recording, prefix string, selected []int, dt float64) {
	for _, name := range quantities1 {
		if s := in.series1(prefix+name, "", dt); s.Values != nil {
			s.Units = selected
			s.Values = stacked(r.Series[name].Values, s.Values)
			r.set(name, s)
		}
	}
}

func (in reader) final1() State {
	final := make(State)
	for _, name := range []string{"voltages", "slow", "fast", "source"} {
		if x := in.vector(finalPrefix + name); x != nil {
			final[name] = x
		}
	}
	if x, _ := in.numbers(finalPrefix+"refractory", "i8", npz.Any); x != nil {
		final["refractory"] = x
	}
	if len(final) == 0 {
		return nil
	}
	return final
}

// trials1 reads the table of trials. Answers stand without the trials that asked
// nothing, so that they can be told only where all did.
func (in reader) trials1(r *Recording) {
	kept, conditions := in.integers(trialTable, npz.Any, 3), in.integers("conditions", npz.Any)
	right, _ := in.numbers(correct, "b1", npz.Any)
	for i, c := range conditions {
		t := Trial{Condition: c}
		if 3*i+2 < len(kept) {
			t.From, t.To = kept[3*i], kept[3*i+1]
		}
		if len(right) == len(conditions) {
			t.Question, t.Correct = true, right[i] != 0
		}
		r.Trials = append(r.Trials, t)
	}
}

func (in reader) means1(r *Recording, conditions, selected []int, dt float64) error {
	if len(conditions) == 0 {
		return nil
	}
	m := &Recording{Dt: dt, Units: r.Units}
	var counts []float64
	for i, c := range conditions {
		prefix := fmt.Sprintf("mean_%d_", c)
		if !in.Has(prefix+trialTable) || i > 0 && c <= conditions[i-1] {
			return fmt.Errorf("config.json lists conditions %v of averages, which are not those of the file", conditions)
		}
		n, _ := in.numbers(prefix+trialTable, "i8", npz.Any)
		m.Trials = append(m.Trials, Trial{From: len(counts), To: len(counts) + len(n), Condition: c})
		counts = append(counts, n...)
		m.Factors = m.Factors.append(in.series1(prefix+factorsName, prefix+"factor"+targetsEnding, dt))
		in.quantities1(m, prefix, selected, dt)
	}
	m.set(Counts, Series{Values: denseRows(slices.Clip(counts), 1), Dt: dt})
	r.Means = m
	return nil
}
