package data

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Purposes of random numbers.
const (
	cyclingFactorsStream neuro.Purpose = "cycling factors"
	cyclingEMGStream     neuro.Purpose = "cycling EMG"
	reachingEMGStream    neuro.Purpose = "reaching EMG"
)

// between draws uniformly from [low, high).
func between(rng *rand.Rand, low, high float64) float64 {
	return low + (high-low)*rng.Float64()
}

// The rms of the synthetic factors falls geometrically between those of the
// recording's first and last.
const (
	firstRMS = 14.4
	lastRMS  = 0.105
	// Factors are made of these many harmonics of the cycle, so that the
	// fastest has 8 periods in it.
	harmonics = 8
)

// SyntheticCycling returns data in place of the cycling recording, of the same
// shapes and scales: a 2 s cycle at 1 ms, 12 centred, orthogonal, periodic
// factors whose rms falls from 14.4 to 0.105, and the smooth non-negative EMG
// of 3 muscles, each active around two phases of the cycle. The same seed
// gives the same data.
//
// Factors share the recording's statistics and nothing else: no result about
// motor cortex can come from them.
func SyntheticCycling(seed uint64) *CyclingRecording {
	return &CyclingRecording{
		Factors: syntheticFactors(neuro.Stream(seed, cyclingFactorsStream)),
		EMG:     syntheticCyclingEMG(neuro.Stream(seed, cyclingEMGStream)),
		Dt:      cyclingDt,
		Source:  Source{Name: cycling.name, Synthetic: true, Seed: seed},
	}
}

// syntheticFactors mixes the harmonics of the cycle. On a whole number of
// periods these are orthogonal; an orthonormal mixture of them, the Q of a
// random matrix, stays so. Factor j's weights favour low harmonics by
// 1/h^(2-j/8): leading factors are slow, as the recording's are.
func syntheticFactors(rng *rand.Rand) *mat.Dense {
	basis := mat.NewDense(cyclingSamples, 2*harmonics, nil)
	for h := 1; h <= harmonics; h++ {
		for t := range cyclingSamples {
			sin, cos := math.Sincos(2 * math.Pi * float64(h*t) / cyclingSamples)
			// Columns of rms 1.
			basis.Set(t, 2*h-2, math.Sqrt2*cos)
			basis.Set(t, 2*h-1, math.Sqrt2*sin)
		}
	}
	weights := mat.NewDense(2*harmonics, cyclingFactors, nil)
	for k := range 2 * harmonics {
		for j := range cyclingFactors {
			slope := 2 - float64(j)/8
			weights.Set(k, j, rng.NormFloat64()/math.Pow(float64(k/2+1), slope))
		}
	}
	var qr mat.QR
	qr.Factorize(weights)
	var q mat.Dense
	qr.QTo(&q)
	factors := mat.NewDense(cyclingSamples, cyclingFactors, nil)
	factors.Mul(basis, q.Slice(0, 2*harmonics, 0, cyclingFactors))
	factors.Apply(func(_, j int, v float64) float64 {
		return v * firstRMS * math.Pow(lastRMS/firstRMS, float64(j)/(cyclingFactors-1))
	}, factors)
	return factors
}

// syntheticCyclingEMG gives each muscle a large and a small burst, bumps on
// the circle
//
//	a exp(k (cos(φ - φ0) - 1)).
func syntheticCyclingEMG(rng *rand.Rand) *mat.Dense {
	emg := mat.NewDense(cyclingSamples, cyclingMuscles, nil)
	for m := range cyclingMuscles {
		for _, height := range []float64{between(rng, 0.35, 0.55), between(rng, 0.05, 0.2)} {
			phase, sharpness := between(rng, 0, 2*math.Pi), between(rng, 2, 8)
			for t := range cyclingSamples {
				phi := 2 * math.Pi * float64(t) / cyclingSamples
				emg.Set(t, m, emg.At(t, m)+height*math.Exp(sharpness*(math.Cos(phi-phase)-1)))
			}
		}
	}
	return emg
}

// SyntheticReaching returns data in place of the reaching recording, of the same
// shapes and scales: for each of 8 directions, 45° apart, the smooth
// non-negative EMG of 2 muscles over 0.81 s at 10 ms. A muscle is silent, fires
// a burst around 0.5 s and keeps a smaller, holding activity. Burst, hold
// and the burst's time depend on the angle between the reach and the muscle's
// preferred direction by a cosine. The same seed gives the same data.
func SyntheticReaching(seed uint64) *ReachingRecording {
	rng := neuro.Stream(seed, reachingEMGStream)
	emg := make([]*mat.Dense, reachingConditions)
	for c := range emg {
		emg[c] = mat.NewDense(reachingSamples, reachingMuscles, nil)
	}
	first := between(rng, 0, 2*math.Pi)
	for m := range reachingMuscles {
		// Antagonists prefer about opposite directions.
		muscle := newReachingMuscle(rng, first+math.Pi*float64(m))
		for c := range emg {
			tuning := math.Cos(2*math.Pi*float64(c)/reachingConditions - muscle.preferred)
			for t := range reachingSamples {
				emg[c].Set(t, m, muscle.activity(float64(t)*reachingDt, tuning))
			}
		}
	}
	return &ReachingRecording{
		EMG: emg, Dt: reachingDt,
		Source: Source{Name: reaching.name, Synthetic: true, Seed: seed},
	}
}

// reachingMuscle is what distinguishes one muscle from another.
type reachingMuscle struct {
	preferred   float64 // direction, rad
	burst, hold float64 // activity in the preferred direction
	time, width float64 // of the burst, s
	delay       float64 // of the burst in the direction opposite, s
	rise        float64 // of the hold, s
}

func newReachingMuscle(rng *rand.Rand, direction float64) reachingMuscle {
	return reachingMuscle{
		preferred: direction + between(rng, -0.5, 0.5),
		burst:     between(rng, 0.75, 0.95),
		hold:      between(rng, 0.15, 0.3),
		time:      between(rng, 0.45, 0.5),
		width:     between(rng, 0.045, 0.06),
		delay:     between(rng, 0.05, 0.12),
		rise:      between(rng, 0.02, 0.03),
	}
}

// activity at time t for a reach whose angle to the preferred direction has
// cosine tuning: a Gaussian burst and a sigmoid hold.
func (m reachingMuscle) activity(t, tuning float64) float64 {
	gain := (1.25 + tuning) / 2.25 // some activity in every direction
	late := m.delay * (1 - tuning) / 2
	z := (t - m.time - late) / m.width
	hold := 1 / (1 + math.Exp(-(t-m.time-late)/m.rise))
	return gain * (m.burst*math.Exp(-z*z/2) + m.hold*hold)
}
