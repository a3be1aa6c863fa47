// Package macneil2011 puts to the test what MacNeil & Eliasmith (2011) say of
// the learning rule that keeps an integrator tuned.
//
// Each experiment is a file that is named by its id; what several share is in
// lives.go, saccades.go and bump.go.
package macneil2011

import "github.com/spikewalk/spikewalk/experiment"

var paper = experiment.Paper{
	Short: "MacNeil & Eliasmith 2011",
	Title: "Fine-Tuning and the Stability of Recurrent Neural Networks",
	DOI:   "10.1371/journal.pone.0022885",
	Numbers: "A seed is a fresh random population of neurons. Drift is measured with spikes: the integrator is held for 0.5 s at each of 21 positions within ±40°, " +
		"left alone for 2 s, and a line is fitted to where it goes; drift is the mean absolute slope of these lines in °/s, " +
		"and \"slope\" that of drift velocity against position in 1/s (negative for a leaky integrator). " +
		"\"Of the optimum\" is the ratio to the same population with its linear optimal decoders, taken population by population. " +
		"Perturbations are heavy-tailed, so medians and quartiles are reported.",
}

// Experiments returns all experiments of the paper, in its order.
func Experiments() []experiment.Experiment {
	all := []experiment.Experiment{
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
	}
	for i := range all {
		all[i].Paper = paper
	}
	return all
}

type thresholds = []experiment.Threshold

const (
	median = experiment.Median
	each   = experiment.Each
)
