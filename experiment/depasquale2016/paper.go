// Package depasquale2016 puts to the test what DePasquale, Churchland & Abbott
// (2016) say of spiking networks with the factors of rate networks, and what
// belongs to it: the rate networks of DePasquale et al. (2018), motor cortex and
// muscles of DePasquale et al. (2023).
//
// Each experiment is a file that is named by its id; what several share is in
// transfer.go, sinusoids.go, excerpt.go, directions.go and replay.go.
package depasquale2016

import "github.com/spikewalk/spikewalk/experiment"

var paper = experiment.Paper{
	Short: "DePasquale, Churchland & Abbott 2016",
	Title: "Using Firing-Rate Dynamics to Train Recurrent Networks of Spiking Model Neurons",
	DOI:   "10.48550/arXiv.1601.07620",
	Numbers: "Motor cortex, muscles and the preset are those of DePasquale, Sussillo, Abbott & Churchland 2023 (https://doi.org/10.1016/j.neuron.2022.12.007). " +
		"Errors are nMSE = Σ|y - ỹ|² / Σ|ỹ|² in closed loop, the median over test trials. " +
		"A seed is the seed of everything: networks, trials, initial states.",
}

// Experiments returns all experiments of the paper, in its order.
func Experiments() []experiment.Experiment {
	all := []experiment.Experiment{
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
	best   = experiment.Best
)
