package spiking

import (
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
)

// What random numbers are for.
const (
	slowWeights     neuro.Purpose = "slow"
	fastWeights     neuro.Purpose = "fast"
	initialVoltages neuro.Purpose = "voltages"
	updates         neuro.Purpose = "updates"
	trialsAlone     neuro.Purpose = "trials alone"
)

// The stages of training; those of a test are package run's.
const (
	demeaning = "demeaning"
	warmUp    = "warm-up"
	training  = "training"
)

// trialsOf is what the trials of a stage are drawn from.
var trialsOf = map[string]neuro.Purpose{
	demeaning:      "demeaning trials",
	warmUp:         "warm-up trials",
	training:       "training trials",
	run.WarmUp:     "test warm-up trials",
	run.Entraining: "entraining trials",
	run.Testing:    "test trials",
}
