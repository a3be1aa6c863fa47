package experiment

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/plotting"
)

// ValidationSeed is the first of the seeds on which parameters were chosen.
// Seeds below it are for reporting.
const ValidationSeed = 101

// Paper is a paper whose statements are put to the test.
type Paper struct {
	// Short is how it is called in a sentence, DOI where it is found.
	Short, Title, DOI string
	// Numbers says, in prose, how its experiments' numbers are to be read.
	Numbers string
}

// Experiment is one statement of a paper, and how it is put to the test. It is
// completed by [Define].
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

	measures []Measure[any]
	run      func(context.Context, Run) (found any, err error)
	coder    coder
	figures  []func([]outcome) *plotting.Drawing
	config   configured
}

// Run is what one run of an experiment is given. Its context carries who
// watches it; see [Part].
type Run struct {
	// Seed of every random number.
	Seed uint64
	// Quick asks for what shows that everything works, such as synthetic data in the
	// place of recordings. The numbers then mean nothing. Sizes are the config's.
	Quick bool
	// Recordings are those that the experiment says it needs.
	Recordings []string

	shared *shared
}

// Needs refuses a recording that the experiment does not say it needs: without
// a network that would be found after an hour.
func (r Run) Needs(recording string) error {
	if !slices.Contains(r.Recordings, recording) {
		return fmt.Errorf("the experiment does not list the %s recording among those that it needs", recording)
	}
	return nil
}

// outcome is what one run found, and the number of each measure.
type outcome struct {
	found  any
	values []float64
}

// Define completes an experiment: run finds something with one seed and a config, of
// which each measure is a number, and each of figures draws what all seeds have
// found. An experiment that lacks run or figures, or a measure its Of, or whose C is no
// struct, is not run by [Reproduce]. D must be a type of exported fields: numbers, texts, matrices
// and structs, slices and maps of them, for Reproduce keeps it in files.
//
// C is a struct of the experiment's own parameters, and of configs of what it
// is made of; base holds those that are reproduced, and [Experiment.Sweep] changes
// others. Run must follow every field that package sweep names: those that
// follow from others, as all seeds do from [Run], are taken out by tags. Where *C has a
// method Quick, it makes sizes small enough to show only that everything works.
func Define[C, D any](e Experiment, base C, measures []Measure[D], run func(context.Context, Run, C) (D, error), figures ...func([]D) *plotting.Drawing) Experiment {
	e.measures = nil
	for _, m := range measures {
		if m.Of == nil {
			return e
		}
		e.measures = append(e.measures, Measure[any]{m.Name, m.Unit, m.Paper, func(found any) float64 { return m.Of(found.(D)) }, m.Thresholds, m.Why})
	}
	if run == nil || len(figures) == 0 || reflect.TypeFor[C]().Kind() != reflect.Struct {
		return e
	}
	e.coder = coderOf[D]()
	e.run = func(ctx context.Context, r Run) (any, error) { return run(ctx, r, sized(base, r.Quick)) }
	e.config = configuredOf(base, run)
	e.figures = nil
	for _, figure := range figures {
		if figure == nil {
			e.run = nil
			return e
		}
		e.figures = append(e.figures, func(outcomes []outcome) *plotting.Drawing {
			var found []D
			for _, o := range outcomes {
				found = append(found, o.found.(D))
			}
			return figure(found)
		})
	}
	return e
}

// outcome measures what a run has found.
func (e Experiment) outcome(found any) outcome {
	o := outcome{found: found}
	for _, m := range e.measures {
		o.values = append(o.values, m.Of(found))
	}
	return o
}

// Find returns the experiments with the given ids or of the given families
// ("int" for int.learn and all others that begin with "int."), in their order
// and each once; all of them for none.
func Find(all []Experiment, ids ...string) ([]Experiment, error) {
	if len(ids) == 0 {
		return all, nil
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		some := false
		var known []string
		for _, e := range all {
			known = append(known, e.ID)
			if e.ID == id || strings.HasPrefix(e.ID, id+".") {
				wanted[e.ID], some = true, true
			}
		}
		if !some {
			return nil, fmt.Errorf("no experiment is called %q: there are %s", id, strings.Join(known, ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(e Experiment) bool { return !wanted[e.ID] }), nil
}
