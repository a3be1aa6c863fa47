package rate

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Recording is what a network did on its own over a number of trials, all
// of them one after the other in time.
type Recording struct {
	// Dt is the time step in seconds.
	Dt float64
	// Activity is T × N_r over the recorded trials; nil if none was.
	Activity *mat.Dense
	// Outputs and Targets are T × m over the recorded trials.
	Outputs, Targets *mat.Dense
	// Errors is each trial's nMSE of the output (see [task.NMSE]), recorded
	// or not.
	Errors []float64
}

// MedianError returns the median over test trials of the output's nMSE.
func (r *Recording) MedianError() float64 { return task.Median(r.Errors) }

// Runner steps a network through trials, its state carried from each to the
// next. Make it with [Network.Runner].
type Runner struct {
	net                        *Network
	recurrent, input, feedback *mat.Dense // by columns
	state                      *state
	current                    []float64
	z                          []float64
}

// Runner returns a runner in state x, length N_r; nil means net.Initial.
func (n *Network) Runner(x []float64) *Runner {
	if x == nil {
		x = n.Initial
	}
	outputs, _ := n.Readout.Dims()
	return &Runner{
		net:       n,
		recurrent: byColumns(n.Recurrent), input: byColumns(n.Input), feedback: byColumns(n.Feedback),
		state:   n.start(x),
		current: make([]float64, n.Units()), z: make([]float64, outputs),
	}
}

// State returns a copy of the state.
func (r *Runner) State() []float64 { return append([]float64(nil), r.state.x...) }

// Step shows the network step t of a time-major input (nil for a network
// without inputs) and returns its activity (N_r) and output (m) before the
// step is taken. Both slices are overwritten by the next Step.
// Nothing is allocated. Cost: N_r² multiply-adds.
func (r *Runner) Step(inputs *mat.Dense, t int) (activity, output []float64) {
	n := r.net
	drive(r.current, r.recurrent, r.state.r, false)
	read(r.z, n.Readout, r.state.r)
	drive(r.current, r.input, channels(inputs, t), true)
	drive(r.current, r.feedback, r.z, true)
	for i, b := range n.Bias {
		r.current[i] += b
	}
	return r.state.r, r.z
}

// Advance takes the step prepared by Step.
func (r *Runner) Advance() { r.state.advance(r.current) }

// Test runs the network on its own through trials of a task and scores its
// output. Trials come from seed; activity is kept for the first recorded of
// them. A non-finite state ends the run with a *[neuro.DivergenceError].
func (n *Network) Test(ctx context.Context, k task.Task, trials, recorded int, seed uint64, watch neuro.Watch) (*Recording, error) {
	shape := k.Shape()
	if err := n.Validate(shape); err != nil {
		return nil, err
	}
	rec := &Recording{Dt: n.Dt}
	var activity, outputs, targets rows
	run := n.Runner(nil)
	for i := range trials {
		trial := k.Trial(neuro.Stream(seed, "test trials", i))
		if err := trial.Validate(shape); err != nil {
			return nil, err
		}
		out := mat.NewDense(trial.Steps(), shape.Outputs, nil)
		for t := range trial.Steps() {
			if err := ctx.Err(); err != nil {
				return rec, err
			}
			r, z := run.Step(trial.Inputs, t)
			if k := neuro.NotFinite(z); k >= 0 {
				return rec, diverged("rate test", i, t, k, z[k])
			}
			out.SetRow(t, z)
			if i < recorded {
				activity.add(r)
			}
			run.Advance()
		}
		if i < recorded {
			outputs.addAll(out)
			targets.addAll(trial.Targets)
		}
		rec.Errors = append(rec.Errors, task.NMSE(out, trial.Targets, trial.Scored()))
		stop, err := watch.Report(neuro.Progress{Stage: "test", Done: i + 1, Total: trials, Error: rec.Errors[i]})
		if err != nil {
			return rec, err
		}
		if stop {
			break
		}
	}
	rec.Activity, rec.Outputs, rec.Targets = activity.dense(), outputs.dense(), targets.dense()
	return rec, nil
}

func diverged(stage string, trial, step, channel int, value float64) error {
	return &neuro.DivergenceError{
		Stage: stage, Trial: trial, Step: step, What: fmt.Sprintf("output %d", channel), Value: value,
		Advice: "try a larger Alpha or a smaller Gain",
	}
}

// rows collects a time-major matrix whose length is not known beforehand.
type rows struct {
	data []float64
	cols int
}

func (r *rows) add(row []float64) {
	r.data = append(r.data, row...)
	r.cols = len(row)
}

func (r *rows) addAll(m *mat.Dense) {
	for t := range m.RawMatrix().Rows {
		r.add(m.RawRowView(t))
	}
}

func (r *rows) dense() *mat.Dense {
	if r.cols == 0 {
		return nil
	}
	return mat.NewDense(len(r.data)/r.cols, r.cols, r.data)
}
