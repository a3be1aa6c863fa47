package nonsense

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/compare"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/prepare"
)

func init() {
	build("set", prepared)
	build("split", func() prepare.Split { return prepare.Split{Train: prepared(), Test: prepared()} })
	build("held out", func() compare.HeldOut { return heldOut() })
	build("prediction", func() compare.Prediction { return must(heldOut().Chance()) })
	build("means", func() map[int]*mat.Dense { return map[int]*mat.Dense{0: waves(40, 2), 1: waves(40, 2)} })
	build("alone", func() compare.Placement { return compare.Placement{} })
	build("narrow", func() compare.Benchmark {
		b := compare.MCMaze()
		b.From, b.To, b.Kernel = 0.05, 0.15, 0.01
		return b
	})
	build("NLB", func() compare.DecoderConfig { return compare.NLBDecoder() })
	build("decoder", func() *compare.Decoder { return must(compare.FitDecoder(prepared(), "file.npz", compare.NLBDecoder())) })
	build("ridge", func() *compare.Linear { return must(compare.Ridge(waves(40, 2), waves(40, 2), []float64{1}, 0)) })
	build("Poisson", func() *compare.Poisson { return must(compare.FitPoisson(waves(40, 2), spikeCounts(), 1)) })
	build("smoothed", func() compare.CoSmoothing { return compare.SmoothedSpikes(1) })
	build("table", func() *compare.Table { return must(heldOut().Compare(must(heldOut().Chance()))) })
}

// spikeCounts are 0 and 1.
func spikeCounts() *mat.Dense {
	m := waves(40, 2)
	m.Apply(func(_, _ int, v float64) float64 { return math.Round(math.Abs(v)) }, m)
	return m
}

// prepared is six trials of one condition, with a series named as builders name one.
func prepared() *prepare.Set {
	set := &prepare.Set{Dt: 0.005, Units: []int{0, 1}, Conditions: []string{"left", "right"}}
	for i := range 6 {
		set.Trials = append(set.Trials, prepare.Trial{
			Index: i, Condition: 0, Counts: spikeCounts(),
			Series: map[string]*mat.Dense{prepare.Rates: waves(40, 2), "file.npz": waves(40, 2)},
		})
	}
	return set
}

func heldOut() compare.HeldOut {
	h := compare.NewHeldOut(prepare.Split{Train: prepared(), Test: prepared()}, "file.npz")
	h.Resamples = 10
	return h
}

func init() {
	build("ranks", func() factor.RankChoice { return factor.RankChoice{Ranks: []int{1}, Ridges: []float64{0.1}, Folds: 4} })
	build("regression", func() *factor.Regression { return must(factor.ReducedRank(waves(40, 2), waves(40, 2), 1, 0.1)) })
}
