package dale

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// What a source's trials tell before any neuron is simulated: how large the
// factors are, and how the outputs follow from them.

// previewTrials is how many trials are looked at.
const previewTrials = 5

// preview returns the mean second moments of [ỹ; 1] over a few trials, and
// the least-squares readout W (m × (P+1)) of the targets from [ỹ; 1].
func preview(cfg Config, src task.Source) (moments *mat.SymDense, readout *mat.Dense, err error) {
	shape := src.Shape()
	p := shape.Factors
	moments = mat.NewSymDense(p+1, nil)
	cross := mat.NewDense(p+1, shape.Outputs, nil)
	yAndOne := mat.NewVecDense(p+1, nil)
	yAndOne.SetVec(p, 1)
	var state task.State
	for i := range previewTrials {
		trial, next, err := src.Trial(neuro.Stream(cfg.Seed, forPreview, i), state)
		if err != nil {
			return nil, nil, err
		}
		if err := trial.Validate(shape); err != nil {
			return nil, nil, err
		}
		state = next
		for t := range trial.Steps() {
			copy(yAndOne.RawVector().Data, trial.Factors.RawRowView(t))
			moments.SymRankOne(moments, 1, yAndOne)
			cross.RankOne(cross, 1, yAndOne, trial.Targets.RowView(t))
		}
	}
	steps := moments.At(p, p)
	moments.ScaleSym(1/steps, moments)
	cross.Scale(1/steps, cross)
	readout, err = solveReadout(moments, cross)
	return moments, readout, err
}

// solveReadout solves the normal equations by the eigenvectors of the second
// moments, those of no weight left out: factors may be linearly dependent.
func solveReadout(moments *mat.SymDense, cross *mat.Dense) (*mat.Dense, error) {
	var svd mat.SVD
	if !svd.Factorize(moments, mat.SVDThin) {
		return nil, fmt.Errorf("dale: the readout of the targets from the factors cannot be found: the decomposition of the factors' second moments fails")
	}
	var w mat.Dense
	svd.SolveTo(&w, cross, svd.Rank(1e-12))
	return carry.Transposed(&w), nil
}

// gainFor is the gain g at which currents u ỹ = g Q J̃ V ỹ have the root mean
// square that cfg asks for; Q keeps lengths.
func gainFor(cfg Config, src task.Source, moments *mat.SymDense) (float64, error) {
	shape := src.Shape()
	directions := src.Directions()
	if err := directions.Validate(shape); err != nil {
		return 0, fmt.Errorf("dale: %w", err)
	}
	var power float64
	for i := range shape.Factors {
		for j := range shape.Factors {
			power += moments.At(i, j) * mat.Dot(directions.Factors.ColView(i), directions.Factors.ColView(j))
		}
	}
	if !(power > 0) {
		return 0, fmt.Errorf("dale: the factors of %s drive nothing: all of them, or their directions, are zero", shape.Name)
	}
	return cfg.Drive * math.Sqrt(float64(cfg.Neurons)/power), nil
}

// decoderOf returns (uᵀu)⁻¹uᵀ, P × N: what reads factors from currents u y.
func decoderOf(factors *mat.Dense) (*mat.Dense, error) {
	var svd mat.SVD
	if !svd.Factorize(factors, mat.SVDThin) {
		return nil, fmt.Errorf("dale: the decomposition of the factors' directions fails")
	}
	p, _ := factors.Dims()
	if rank := svd.Rank(1e-12); rank < p {
		return nil, fmt.Errorf("dale: the directions of the %d factors span %d dimensions only: factors cannot be told apart in the currents, take fewer", p, rank)
	}
	unit := mat.NewDense(p, p, nil)
	for i := range p {
		unit.Set(i, i, 1)
	}
	var inverse mat.Dense
	svd.SolveTo(&inverse, unit, p)
	return carry.Transposed(&inverse), nil
}
