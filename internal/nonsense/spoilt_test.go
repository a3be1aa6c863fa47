package nonsense

import (
	"math"
	"math/rand/v2"
	"reflect"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

func spoil[T any](label string, rough bool, v T) {
	t := reflect.TypeFor[T]()
	spoilt[t] = append(spoilt[t], value{label, rough, func() reflect.Value { return reflect.ValueOf(&v).Elem() }})
}

// spoiltTask is a task, and a source of factors, that somebody else wrote.
type spoiltTask struct {
	shape task.Shape
	trial task.Trial
}

func (s spoiltTask) Shape() task.Shape                    { return s.shape }
func (s spoiltTask) Trial(*rand.Rand) (task.Trial, error) { return s.trial, nil }

type spoiltSource struct {
	spoiltTask
	factors, inputs *mat.Dense
	constant        []float64
}

func (s spoiltSource) Directions() task.Directions {
	return task.Directions{Factors: s.factors, Inputs: s.inputs, Constant: s.constant}
}
func (s spoiltSource) Trial(*rand.Rand, task.State) (task.Trial, task.State, error) {
	return s.trial, task.State{}, nil
}

// filled is a 60 × 2 matrix of one number.
func filled(x float64) *mat.Dense {
	m := mat.NewDense(60, 2, nil)
	m.Apply(func(int, int, float64) float64 { return x }, m)
	return m
}

func init() {
	good := spoiltTask{shape: cycling().Shape(), trial: must(cycling().Trial(nil))}
	with := func(change func(*spoiltTask)) spoiltTask {
		s := good
		change(&s)
		return s
	}
	tasks := []struct {
		label string
		rough bool
		task  spoiltTask
	}{
		{"nothing", false, spoiltTask{}},
		{"targets of 1e300", false, with(func(s *spoiltTask) { s.trial.Targets = filled(1e300) })},
		{"targets of 1e150", false, with(func(s *spoiltTask) { s.trial.Targets = filled(1e150) })},
		{"targets of NaN", true, with(func(s *spoiltTask) { s.trial.Targets = filled(math.NaN()) })},
		{"no targets", false, with(func(s *spoiltTask) { s.trial.Targets = nil })},
		{"empty targets", false, with(func(s *spoiltTask) { s.trial.Targets = new(mat.Dense) })},
		{"targets of 0", false, with(func(s *spoiltTask) { s.trial.Targets = filled(0) })},
		{"inputs of 1e300", false, with(func(s *spoiltTask) { s.trial.Inputs = mat.NewDense(60, 1, filled(1e300).RawMatrix().Data[:60]) })},
		{"short inputs", false, with(func(s *spoiltTask) { s.trial.Inputs = waves(10, 1) })},
		{"factors of 1e300", false, with(func(s *spoiltTask) { s.trial.Factors = filled(1e300) })},
		{"factors of 0", false, with(func(s *spoiltTask) { s.trial.Factors = filled(0) })},
		{"no factors", false, with(func(s *spoiltTask) { s.trial.Factors = nil })},
		{"a window beyond the trial", false, with(func(s *spoiltTask) { s.trial.Score = task.Window{From: 50, To: 1e9} })},
		{"a window backwards", false, with(func(s *spoiltTask) { s.trial.Score = task.Window{From: 50, To: 10} })},
		{"1e9 outputs", false, with(func(s *spoiltTask) { s.shape.Outputs = 1e9 })},
		{"-1 inputs", false, with(func(s *spoiltTask) { s.shape.Inputs = -1 })},
		{"other channels", false, with(func(s *spoiltTask) { s.shape.Outputs = 3 })},
		{"Dt of 0", false, with(func(s *spoiltTask) { s.shape.Dt = 0 })},
		{"Dt of 1e-300", false, with(func(s *spoiltTask) { s.shape.Dt = 1e-300 })},
	}
	for _, t := range tasks {
		spoil[task.Task](t.label, t.rough, t.task)
		spoil[task.Source](t.label, t.rough, spoiltSource{spoiltTask: t.task, factors: waves(2, 2)})
	}
	for _, s := range []struct {
		label string
		spoiltSource
	}{
		{"no directions", spoiltSource{spoiltTask: good}},
		{"directions of 1e300", spoiltSource{spoiltTask: good, factors: filled(1e300)}},
		{"directions of 0", spoiltSource{spoiltTask: good, factors: filled(0)}},
		{"other directions", spoiltSource{spoiltTask: good, factors: waves(2, 5)}},
		{"1e5 directions", spoiltSource{spoiltTask: good, factors: waves(1e5, 2)}},
		{"other inputs", spoiltSource{spoiltTask: good, factors: waves(2, 2), inputs: waves(3, 3)}},
		{"a constant too short", spoiltSource{spoiltTask: good, factors: waves(3, 2), constant: []float64{1}}},
		{"a constant of 1e300", spoiltSource{spoiltTask: good, factors: waves(2, 2), constant: []float64{1e300, 1}}},
	} {
		spoil[task.Source](s.label, false, s.spoiltSource)
	}
	for _, w := range []struct {
		label string
		spoiltWorld
	}{
		{"nothing", spoiltWorld{}},
		{"1e300", spoiltWorld{[]float64{1e300, 0}, attractor.Command{Control: []float64{0}}}},
		{"a velocity of 1e9", spoiltWorld{[]float64{1, 0}, attractor.Command{Control: []float64{0}, Velocity: []float64{1e9, 0}}}},
		{"a long correction", spoiltWorld{[]float64{1, 0}, attractor.Command{Control: []float64{0}, Correction: make([]float64, 7)}}},
		{"no control", spoiltWorld{[]float64{1, 0}, attractor.Command{}}},
	} {
		spoil[attractor.World](w.label, false, w.spoiltWorld)
	}
	spoil[plotting.Panel]("an empty panel", false, spoiltPanel{})
}

type spoiltWorld struct {
	start   []float64
	command attractor.Command
}

func (w spoiltWorld) Start() []float64                       { return w.start }
func (w spoiltWorld) Step(_ []float64, c *attractor.Command) { *c = w.command }

type spoiltPanel struct{}

func (spoiltPanel) Content() (c plotting.Content, err error) { return c, nil }
