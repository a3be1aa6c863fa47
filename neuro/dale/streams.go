package dale

import (
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
)

// The purposes of random numbers.
const (
	forConnections neuro.Purpose = "connectivity"
	forVoltages    neuro.Purpose = "voltages"
	forPreview     neuro.Purpose = "preview"
	forValidation  neuro.Purpose = "validation"
)

// training is the stage that is not one of a test.
const training = "training"

// streams names the random streams of each stage: its trials and their noise.
var streams = map[string]struct{ trials, noise neuro.Purpose }{
	training:       {"training trials", "noise"},
	run.WarmUp:     {"test warm-up trials", "test warm-up noise"},
	run.Entraining: {"entraining trials", "entraining noise"},
	run.Testing:    {trials: "test trials"},
}
