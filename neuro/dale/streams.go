package dale

import "github.com/spikewalk/spikewalk/neuro"

// The purposes of random numbers.
const (
	forConnections neuro.Purpose = "connectivity"
	forVoltages    neuro.Purpose = "voltages"
	forPreview     neuro.Purpose = "preview"
	forValidation  neuro.Purpose = "validation"
)

// stage is a part of a training or a test, with the purposes of its random
// numbers.
type stage struct {
	name          string
	trials, noise neuro.Purpose
}

var (
	inTraining   = stage{"training", "training trials", "noise"}
	inWarmUp     = stage{"test warm-up", "test warm-up trials", "test warm-up noise"}
	inEntraining = stage{"entraining", "entraining trials", "entraining noise"}
	inTest       = stage{name: "test", trials: "test trials"}
)
