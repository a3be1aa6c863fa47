package experiment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
)

// ValidationSeed is the first of the seeds on which parameters were chosen.
// Seeds below it are for reporting.
const ValidationSeed = 101

// Experiment is one statement of a paper, and how it is put to the test.
type Experiment struct {
	// ID is how it is called, such as "osc.fullforce": what comes before the
	// point is the family it belongs to.
	ID string
	// Paper is whose statement it is.
	Paper Paper
	// Statement is what the paper claims, and Setup how it is tested here:
	// task, sizes, trials. Both are prose.
	Statement, Setup string
	// Seeds is the number of seeds that are run unless asked otherwise.
	Seeds int
	// Recordings are the names of those that it needs, see [data.List].
	Recordings []string
	// Measures are the numbers that come out.
	Measures []Measure

	run    func(context.Context, Run) (outcome, error)
	figure func([]outcome) *plotting.Drawing
}

// Run is what one run of an experiment is given.
type Run struct {
	// Seed of every random number.
	Seed uint64
	// Quick asks for sizes that show that everything works. The numbers then
	// mean nothing.
	Quick bool
	// Watch is told how far the run is; nil watches nothing.
	Watch neuro.Watch

	shared     *shared
	recordings []string // those that the experiment says it needs
}

// needs refuses a recording that the experiment does not say it needs: without
// a network that would be found after an hour.
func (r Run) needs(recording string) error {
	if !slices.Contains(r.recordings, recording) {
		return fmt.Errorf("the experiment does not list the %s recording among those that it needs", recording)
	}
	return nil
}

// Values are the numbers that one run measured, by the name of the measure.
type Values map[string]float64

// outcome is what one run gave: its numbers, and what its figure needs.
type outcome struct {
	values Values
	detail any
}

// define completes an experiment whose runs give a detail of type D and whose
// figure is drawn from the details of all seeds.
func define[D any](e Experiment, run func(context.Context, Run) (Values, D, error), figure func([]D) *plotting.Drawing) Experiment {
	e.run = func(ctx context.Context, r Run) (outcome, error) {
		values, detail, err := run(ctx, r)
		if err != nil {
			return outcome{}, err
		}
		for _, m := range e.Measures {
			if _, ok := values[m.Name]; !ok {
				return outcome{}, fmt.Errorf("%s, seed %d, did not measure %q", e.ID, r.Seed, m.Name)
			}
		}
		return outcome{values, detail}, nil
	}
	e.figure = func(outcomes []outcome) *plotting.Drawing {
		var details []D
		for _, o := range outcomes {
			details = append(details, o.detail.(D))
		}
		return figure(details)
	}
	return e
}

// All returns every experiment, in the order of the papers.
func All() []Experiment { return slices.Concat(ratesToSpikes(), fineTuning()) }

// ratesToSpikes are those of the first paper.
func ratesToSpikes() []Experiment {
	return of(DePasquale2016,
		allTasks(),
		fullForceSolves(),
		oscillationInSpikes(),
		fullForceTimes(),
		xorInSpikes(),
		fewComponents(),
		variancesOfBoth(),
		anglesBetween(),
		smallNetworks(),
		fixedWeights(),
		daleSparse(),
		cyclingEMG(),
		reachingEMG(),
		bothEMG(),
		inputIntegration(),
		contextInSpikes(),
		resembles(),
	)
}

// fineTuning are those of the second paper.
func fineTuning() []Experiment {
	return of(MacNeil2011,
		oculomotorParts(),
		linearOptimum(),
		recovers(),
		asGoodOrBetter(),
		keepsUpWithNoise(),
		windowMatters(),
		learnsFromScratch(),
		followsSurround(),
		survivesLesions(),
		learnsInDark(),
		planarLearns(),
		ringLearns(),
		pathLearns(),
	)
}

// of says whose statements the experiments put to the test.
func of(paper Paper, experiments ...Experiment) []Experiment {
	for i := range experiments {
		experiments[i].Paper = paper
	}
	return experiments
}

// Find returns the experiments with the given ids or of the given families
// ("int" for int.learn and all others that begin with "int."), in the order of
// the papers and each once; all of them for none.
func Find(ids ...string) ([]Experiment, error) {
	all := All()
	if len(ids) == 0 {
		return all, nil
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		some := false
		for _, e := range all {
			if e.ID == id || strings.HasPrefix(e.ID, id+".") {
				wanted[e.ID], some = true, true
			}
		}
		if !some {
			return nil, fmt.Errorf("no experiment is called %q: there are %s", id, strings.Join(IDs(), ", "))
		}
	}
	return slices.DeleteFunc(all, func(e Experiment) bool { return !wanted[e.ID] }), nil
}

// IDs returns the ids of all experiments.
func IDs() []string {
	var ids []string
	for _, e := range All() {
		ids = append(ids, e.ID)
	}
	return ids
}
