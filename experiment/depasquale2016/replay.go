package depasquale2016

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// replayed is a source that keeps its trials, for a second network that is
// taught with the same seed. Trials of a large rate network cost as much as
// teaching with them.
//
// It draws one number more for each trial than the source does, so that its
// trials are others than the source's own. Networks that several experiments
// share must all be given one, or the numbers would depend on who asked first.
type replayed struct {
	task.Source
	kept map[moment]madeTrial
	keep bool // else only what is kept is replayed
}

// moment is what a trial depends on: the stream that it is drawn from, known
// by its next number, and the state before it, known by its first.
type moment struct {
	drawn uint64
	state float64
}

type madeTrial struct {
	trial task.Trial
	next  task.State
}

func replay(src task.Source) *replayed {
	return &replayed{Source: src, kept: map[moment]madeTrial{}, keep: true}
}

// Trial implements [task.Source].
func (s *replayed) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	at := moment{drawn: rng.Uint64(), state: math.Inf(1)}
	if x := state.Numbers(); x != nil {
		at.state = x[0]
	}
	if m, ok := s.kept[at]; ok {
		return m.trial, m.next, nil
	}
	trial, next, err := s.Source.Trial(rng, state)
	if err == nil && s.keep {
		s.kept[at] = madeTrial{trial, next}
	}
	return trial, next, err
}

// observed is a rate network as the source of a test, with what it puts out
// itself. It runs in the first trials alone: a large one costs more than the
// spiking network that is tested, which needs no teacher. The factors of later
// trials are zero, so that their factor errors say nothing.
type observed struct {
	task.Source
	net     *rate.Network
	basis   *factor.Basis
	task    task.Task
	left    int // trials in which the network still runs
	trials  []task.Trial
	outputs []*mat.Dense
}

// observe lets the network run in so many trials.
func observe(net *rate.Network, basis *factor.Basis, k task.Task, trials int) (*observed, error) {
	src, err := rate.NewSource(net, basis, k)
	return &observed{Source: src, net: net, basis: basis, task: k, left: trials}, err
}

// Trial implements [task.Source].
func (s *observed) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, err := task.NewTrial(s.task, rng)
	if err != nil {
		return trial, state, err
	}
	if s.left == 0 {
		trial.Factors = mat.NewDense(trial.Steps(), s.basis.Dim(), nil)
		return trial, state, nil
	}
	s.left--
	run := s.net.Runner(state.Numbers())
	activity := mat.NewDense(trial.Steps(), s.net.Units(), nil)
	outputs := mat.NewDense(trial.Steps(), s.task.Shape().Outputs, nil)
	for t := range trial.Steps() {
		rates, z := run.Step(trial.Inputs, t)
		activity.SetRow(t, rates)
		outputs.SetRow(t, z)
		run.Advance()
	}
	trial.Factors, err = s.basis.Project(activity)
	s.trials, s.outputs = append(s.trials, trial), append(s.outputs, outputs)
	return trial, task.NewState(run.State()...), err
}
