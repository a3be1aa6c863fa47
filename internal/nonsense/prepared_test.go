package nonsense

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func init() {
	build("session", func() data.SessionConfig {
		c := data.DefaultSession()
		c.Trials, c.Units, c.Muscles = 8, 2, 2
		return c
	})
	build("recorded", func() task.Recorded {
		return must(task.NewRecorded([]*mat.Dense{waves(40, 2), waves(40, 2)}, []*mat.Dense{waves(40, 2), waves(40, 2)}, 0.01))
	})
	build("filter", func() *prepare.Butterworth { return must(prepare.LowPass(4, 10, 100)) })
	build("kernel", func() prepare.Kernel { return prepare.Gaussian(0.02) })
	example("neuro/prepare.LowPass", func() []any { return []any{4, 10.0, 100.0} })
	example("neuro/prepare.HighPass", func() []any { return []any{4, 10.0, 100.0} })
	example("neuro/prepare.Bin", func() []any { return []any{[]float64{0.1, 0.9}, 0.0, 0.1, 10, prepare.LeftClosed} })
	example("neuro/prepare.EMG", func() []any { return []any{voltages(), prepare.EMGConfig{Rectify: true, LowPass: 10, Order: 4}} })
	example("neuro/prepare.Normalise", func() []any { return []any{voltages(), 1.0} })
	example("neuro/prepare.Resample", func() []any { return []any{voltages(), 50.0} })
	example("neuro/prepare.WithoutNaN", func() []any { return []any{voltages()} })
	example("neuro/prepare.ChooseTrials", func() []any { return []any{laboratory(), prepare.TrialRules{Finite: []string{"go"}}} })
	example("neuro/prepare.ConditionsOf", func() []any { return []any{laboratory(), []string{"result"}} })
	example("neuro/prepare.Directions", func() []any { return []any{laboratory(), "target_pos", "", 8} })
	example("neuro/prepare.Cut", func() []any {
		return []any{laboratory(), prepare.Config{
			Align: "go", From: 0, To: 0.4, Dt: 0.1, Edges: prepare.LeftClosed, Series: map[string]prepare.Stamps{"emg": prepare.Instant},
		}}
	})
	example("neuro/prepare.Session", func() []any {
		return []any{laboratory(), prepare.SessionConfig{
			Smooth: prepare.Gaussian(0.1), Config: prepare.Config{Align: "go", From: 0, To: 0.4, Dt: 0.1, Edges: prepare.LeftClosed},
		}}
	})
	example("neuro/prepare.Set.Window", func() []any { return []any{prepared(), 0.0, 0.1} })
	example("neuro/prepare.Set.HoldOut", func() []any { return []any{prepared(), 0.5, uint64(1)} })
	example("neuro/prepare.Set.Folds", func() []any { return []any{prepared(), 2, uint64(1)} })
	example("neuro/prepare.Set.SoftNormalised", func() []any { return []any{prepared(), prepare.Rates, 5.0} })
	example("neuro/prepare.Set.Divided", func() []any { return []any{prepared(), prepare.Rates, []float64{1, 2}} })
}

func voltages() recording.Series { return recording.Series{Values: shifted(waves(40, 2)), Dt: 0.01} }

// shifted is a matrix with positive values.
func shifted(m *mat.Dense) *mat.Dense {
	m.Apply(func(_, _ int, v float64) float64 { return v + 10 }, m)
	return m
}

// laboratory is two units in two trials, with muscles.
func laboratory() *recording.Recording {
	return &recording.Recording{
		Units:  2,
		Spikes: recording.SpikesOf([][]float64{{0.1, 0.2, 1.1}, {0.3, 1.4}}),
		Trials: []recording.Trial{{Start: 0, Stop: 0.7}, {Start: 0.7, Stop: 1.4, Condition: 1}},
		TrialTable: &recording.Table{Columns: []recording.Column{
			{Name: "go", Numbers: []float64{0.1, 0.8}}, {Name: "result", Texts: []string{"R", "A"}},
			{Name: "target_pos", Rows: mat.NewDense(2, 2, []float64{1, 0, 0, 1})},
		}},
		Series: map[string]recording.Series{"emg": {Values: waves(200, 2), Dt: 0.01}},
	}
}
