package factor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// RankChoice is the ranks and penalties that [ChooseRank] tries.
type RankChoice struct {
	// Ranks, ascending, and Ridges (see [ReducedRank]).
	Ranks  []int
	Ridges []float64
	// Folds is the number of blocks of successive rows that are predicted from the
	// others.
	Folds int
}

// DefaultRankChoice tries all ranks up to most, penalties of 1e-4 … 1, and 10 folds.
func DefaultRankChoice(most int) RankChoice {
	c := RankChoice{Ridges: []float64{1e-4, 1e-3, 1e-2, 1e-1, 1}, Folds: 10}
	for r := 1; r <= most && r <= mostUnits; r++ {
		c.Ranks = append(c.Ranks, r)
	}
	return c
}

// ChooseRank fits [ReducedRank] with the rank and the ridge that cross-validation
// chooses. A score is 1 - Σ|y - ŷ|² / Σ|y - mean|² over all signals in the rows of a
// fold, averaged over folds; scores is ranks × ridges. The ridge is that of the best
// score. The rank is the smallest whose score with that ridge is within one standard
// error (over folds) of the best, as in Semedo et al. (2019): more dimensions than
// that are not known to predict anything.
//
// Rows that follow each other are alike, so that folds are blocks. Put trials one
// below the other, so that few blocks share a trial. A rank that a fold cannot have
// scores as the largest that it can. Cost: folds × T N (N + M), and for each ridge and
// fold N³.
func ChooseRank(x, y mat.Matrix, choice RankChoice) (best *Regression, scores *mat.Dense, err error) {
	if err := checkRegression(x, y, 0); err != nil {
		return nil, nil, err
	}
	if err := choice.check(x, y); err != nil {
		return nil, nil, err
	}
	scores = mat.NewDense(len(choice.Ranks), len(choice.Ridges), nil)
	of := make([]*mat.Dense, choice.Folds)
	for fold := range of {
		if of[fold], err = choice.fold(x, y, fold); err != nil {
			return nil, nil, err
		}
		scores.Add(scores, of[fold])
	}
	scores.Scale(1/float64(choice.Folds), scores)
	bestRank, bestRidge := 0, 0
	for i := range choice.Ranks {
		for j := range choice.Ridges {
			if scores.At(i, j) > scores.At(bestRank, bestRidge) {
				bestRank, bestRidge = i, j
			}
		}
	}
	least := scores.At(bestRank, bestRidge) - standardError(of, bestRank, bestRidge)
	rank := bestRank
	for i := bestRank; i >= 0; i-- {
		if scores.At(i, bestRidge) >= least {
			rank = i
		}
	}
	best, err = ReducedRank(x, y, choice.Ranks[rank], choice.Ridges[bestRidge])
	return best, scores, err
}

func (c RankChoice) check(x, y mat.Matrix) error {
	t, n := x.Dims()
	_, m := y.Dims()
	if c.Folds < 2 || c.Folds > t/2 {
		return fmt.Errorf("factor: %d folds of %d steps: choose at least 2, and at most half as many as steps (10 is usual)", c.Folds, t)
	}
	if len(c.Ranks) == 0 || len(c.Ridges) == 0 {
		return fmt.Errorf("factor: %d ranks and %d ridges to choose from: give at least one of each (DefaultRankChoice)", len(c.Ranks), len(c.Ridges))
	}
	for i, r := range c.Ranks {
		if r < 1 || r > min(n, m) || i > 0 && r <= c.Ranks[i-1] {
			return fmt.Errorf("factor: ranks %v of %d units and %d signals: they ascend from at least 1 to at most as many as either", c.Ranks, n, m)
		}
	}
	for _, r := range c.Ridges {
		if !(r >= 0 && r <= largest) {
			return fmt.Errorf("factor: a ridge of %g: it must be finite and not negative (1e-3 is usual)", r)
		}
	}
	return nil
}

// fold scores all ranks and ridges on one block of rows.
func (c RankChoice) fold(x, y mat.Matrix, fold int) (*mat.Dense, error) {
	t, _ := x.Dims()
	from, to := fold*t/c.Folds, (fold+1)*t/c.Folds
	split := func(m mat.Matrix) (train, test *mat.Dense) {
		_, columns := m.Dims()
		train, test = mat.NewDense(t-(to-from), columns, nil), mat.NewDense(to-from, columns, nil)
		for i := range t {
			row := mat.Row(nil, i, m)
			switch {
			case i < from:
				train.SetRow(i, row)
			case i < to:
				test.SetRow(i-from, row)
			default:
				train.SetRow(i-(to-from), row)
			}
		}
		return train, test
	}
	trainX, testX := split(x)
	trainY, testY := split(y)
	moments, scores := regress(trainX, trainY), mat.NewDense(len(c.Ranks), len(c.Ridges), nil)
	for j, ridge := range c.Ridges {
		full, err := moments.solve(ridge)
		if err != nil {
			return nil, fmt.Errorf("%w (without steps %d to %d, of cross-validation)", err, from, to-1)
		}
		for i, rank := range c.Ranks {
			r, err := full.cut(min(rank, full.rank))
			if err != nil {
				return nil, err
			}
			predicted, err := r.Predict(testX)
			if err != nil {
				return nil, err
			}
			scores.Set(i, j, explainedBy(predicted, testY))
		}
	}
	return scores, nil
}

// explainedBy is R² over all signals at once; of signals that do not vary in these
// rows it says nothing, and is 0.
func explainedBy(predicted, observed *mat.Dense) float64 {
	_, m := observed.Dims()
	off, varied := 0.0, 0.0
	for j := range m {
		y, p := mat.Col(nil, j, observed), mat.Col(nil, j, predicted)
		mean := floats.Sum(y) / float64(len(y))
		for i, v := range y {
			off += (v - p[i]) * (v - p[i])
			varied += (v - mean) * (v - mean)
		}
	}
	if varied == 0 {
		return 0
	}
	return 1 - off/varied
}

// standardError is that of the mean over folds of one score.
func standardError(of []*mat.Dense, i, j int) float64 {
	n, mean, squares := float64(len(of)), 0.0, 0.0
	for _, m := range of {
		mean += m.At(i, j) / n
	}
	for _, m := range of {
		squares += (m.At(i, j) - mean) * (m.At(i, j) - mean)
	}
	return math.Sqrt(squares / (n - 1) / n)
}
