package attractor

import "github.com/spikewalk/spikewalk/neuro"

// The purposes of random numbers. Those of what moves and disturbs an attractor
// carry the name of the integrator, the first attractor there was: another name
// would give other numbers.
const (
	purposeVoltages            neuro.Purpose = "integrator voltages"
	purposeWeightPerturbation  neuro.Purpose = "integrator weight perturbation"
	purposeDecoderPerturbation neuro.Purpose = "integrator decoder perturbation"
	purposeWeightNoise         neuro.Purpose = "integrator weight noise"
	purposeLesion              neuro.Purpose = "integrator lesion"
	purposeDrift               neuro.Purpose = "attractor field"
	purposePreferredAngles     neuro.Purpose = "attractor preferred angles"
	purposePoints              neuro.Purpose = "attractor points"
	purposeGaze                neuro.Purpose = "attractor gaze"
	purposeWander              neuro.Purpose = "attractor wander"
)
