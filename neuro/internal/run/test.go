package run

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Test says how to test a trained network that carries factors. Its fields are
// those of spiking.TestConfig, which documents them.
type Test struct {
	WarmUpTrials, Trials int
	Recorded             int
	Record               recording.Keep
	Initial              recording.State
	Restart              bool
	Repeat               bool
	Perturbation         float64
	Entrain              int
	Seed                 uint64
}

// perturbations are what Perturbation draws.
const perturbations neuro.Purpose = "perturbation"

// The stages of a test, for [Tested].Next.
const (
	WarmUp     = "test warm-up"
	Entraining = "entraining"
	Testing    = "test"
)

// Tested is a network that can be tested, with its source of trials.
type Tested interface {
	Network
	Quantities
	// Next draws trial i of a stage: [WarmUp], [Entraining] or [Testing].
	Next(stage string, i int) (*Trial, error)
	// State returns a copy of the state; SetState sets one that CheckState has
	// passed.
	State() recording.State
	CheckState(recording.State) error
	SetState(recording.State) error
	// Perturb adds noise of a standard deviation to the state.
	Perturb(sd float64, rng *rand.Rand)
}

// About describes what is tested, for messages and the recording.
type About struct {
	// Package begins errors ("spiking"), Where warnings ("spiking network on its
	// own"), and Try says what helps where the network is no better than silence.
	Package, Where, Try string
	Task                string
	Dt                  float64
	Units               int
	// Quantities are the names of those that the network has.
	Quantities []string
}

// Validate says what is wrong with the test of a network, if anything.
func (c Test) Validate(net Tested, a About) error {
	err := bound.Check(a.Package,
		bound.AtLeast("WarmUpTrials", c.WarmUpTrials, 0), bound.AtLeast("Trials", c.Trials, 1), bound.AtLeast("Recorded", c.Recorded, 0),
		bound.AtLeast("Entrain", c.Entrain, 0), bound.NotNegative("Perturbation", c.Perturbation), bound.AtLeast("Record.Every", c.Record.Every, 0))
	if err != nil {
		return err
	}
	if c.Entrain > 0 && c.Restart {
		return fmt.Errorf("%s: Entrain is %d and Restart set: either the targets lead into each test trial, or a state is set", a.Package, c.Entrain)
	}
	if c.Initial != nil {
		if err := net.CheckState(c.Initial); err != nil {
			return err
		}
	}
	return a.check(c.Record)
}

// check says what a network does not have of what is to be kept.
func (a About) check(k recording.Keep) error {
	for what, list := range map[string][]int{"spikes": k.Spikes, "quantities": k.Units} {
		for _, i := range list {
			if i < 0 || i >= a.Units {
				return fmt.Errorf("%s: %s of neuron %d asked for, neurons are 0 to %d", a.Package, what, i, a.Units-1)
			}
		}
	}
	if k.Units != nil && len(k.Units) == 0 && len(k.Quantities)+len(k.Mean) > 0 {
		return fmt.Errorf("%s: quantities of no neurons: Units is empty, nil keeps all", a.Package)
	}
	for _, name := range append(slices.Clip(k.Quantities), k.Mean...) {
		if !slices.Contains(a.Quantities, name) {
			return fmt.Errorf("%s: there is no quantity %q to record, choose from %q", a.Package, name, a.Quantities)
		}
	}
	if k.File != "" {
		if err := npz.CheckPlace(k.File); err != nil {
			return fmt.Errorf("%s: %w", a.Package, err)
		}
	}
	return nil
}

// Run tests a network. Where an error or the watcher ends the test, the recording
// holds what was reached; where the warm-up fails it is nil.
func (c Test) Run(ctx context.Context, net Tested, a About) (rec *recording.Recording, err error) {
	if c.Record.File == "" {
		return c.run(ctx, net, a, nil)
	}
	err = recording.Stream(c.Record.File, func(add func(*recording.Recording) error) (*recording.Recording, error) {
		var err error
		if rec, err = c.run(ctx, net, a, add); rec == nil {
			return nil, err
		}
		return rest(rec), err
	})
	return rec, err
}

// rest is a recording without the trials that were kept in full, which begin the
// table: those are in the parts of a file.
func rest(rec *recording.Recording) *recording.Recording {
	n, rest := len(rec.Kept()), *rec
	rest.Trials = rec.Trials[n:]
	rest.FactorErrors = rec.FactorErrors[min(n, len(rec.FactorErrors)):]
	rest.OutputErrors = rec.OutputErrors[min(n, len(rec.OutputErrors)):]
	return &rest
}

func (c Test) run(ctx context.Context, net Tested, a About, add func(*recording.Recording) error) (*recording.Recording, error) {
	all := Watched(ctx, c.WarmUpTrials+c.Trials)
	err := all.Stage("warm-up", c.WarmUpTrials, func(i int) (Report, error) { return Silent, driven(ctx, net, WarmUp, i) })
	if err != nil {
		return nil, err
	}
	r := NewRecorder(net, recording.Recording{
		Dt: a.Dt, Units: a.Units,
		Provenance: recording.Provenance{Program: "spikewalk", Numerics: neuro.NumericsVersion, Seed: c.Seed, Task: a.Task},
	}, c.Recorded, c.Record, add)
	var warnings []neuro.Warning
	all.Doubts = func() ([]neuro.Warning, error) {
		warnings = r.Verdict.Warnings(a.Where, a.Try)
		return warnings, nil
	}
	start := starts{Test: c, net: net}
	err = all.Stage("test", c.Trials, func(i int) (Report, error) {
		for k := range c.Entrain {
			if err := driven(ctx, net, Entraining, i*c.Entrain+k); err != nil {
				return Silent, err
			}
		}
		trial, err := start.next(i)
		if err != nil {
			return Silent, err
		}
		err = Through(ctx, net, trial, r)
		return Report{Error: r.FactorError}, err
	})
	rec := r.Recording()
	rec.Warnings, rec.Final = warnings, net.State()
	return rec, err
}

// driven runs a trial with the target factors fed in.
func driven(ctx context.Context, net Tested, stage string, i int) error {
	trial, err := net.Next(stage, i)
	if err != nil {
		return err
	}
	return Through(ctx, net, trial)
}

// starts brings a network into the state in which each test trial starts.
type starts struct {
	Test
	net   Tested
	state recording.State // of the first trial, where others start from it
	trial *Trial          // the first, where others repeat it
}

// next returns test trial i.
func (s *starts) next(i int) (*Trial, error) {
	start := s.Initial
	if i > 0 {
		start = s.state
	}
	if start != nil {
		if err := s.net.SetState(start); err != nil {
			return nil, err
		}
	}
	if i == 0 && s.Restart {
		s.state = s.net.State()
	}
	if s.Perturbation > 0 {
		s.net.Perturb(s.Perturbation, neuro.Stream(s.Seed, perturbations, i))
	}
	if i > 0 && s.Repeat {
		return s.trial, nil
	}
	var err error
	s.trial, err = s.net.Next(Testing, i)
	return s.trial, err
}
