package depasquale2016

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// rasterNeurons is how many neurons a raster shows.
const rasterNeurons = 100

// excerpt is stretches of a recording, one after the other: what a figure
// shows of it, and all that is kept of long ones.
type excerpt struct {
	dt                                             float64
	factors, factorTargets, outputs, outputTargets *mat.Dense
	spikes                                         spiking.Spikes
}

// excerptOf takes stretches out of a recording, and the spikes of its first
// neurons in them.
func excerptOf(rec *spiking.Recording, stretches []task.Stretch) excerpt {
	e := excerpt{
		dt:      rec.Dt,
		factors: cut(rec.Factors, stretches), factorTargets: cut(rec.FactorTargets, stretches),
		outputs: cut(rec.Outputs, stretches), outputTargets: cut(rec.OutputTargets, stretches),
	}
	var at float64
	for _, s := range stretches {
		from := float64(s.From) * rec.Dt
		few := rec.Spikes.Window(from, float64(s.To)*rec.Dt).Below(rasterNeurons)
		for i, t := range few.Times {
			e.spikes.Times = append(e.spikes.Times, t-from+at)
			e.spikes.Neurons = append(e.spikes.Neurons, few.Neurons[i])
		}
		at += float64(s.To-s.From) * rec.Dt
	}
	return e
}

// cut puts stretches of a time-major matrix one after the other.
func cut(m *mat.Dense, stretches []task.Stretch) *mat.Dense {
	_, cols := m.Dims()
	var rows []float64
	for _, s := range stretches {
		for t := s.From; t < s.To; t++ {
			rows = append(rows, m.RawRowView(t)...)
		}
	}
	return mat.NewDense(len(rows)/cols, cols, rows)
}

// firstReaches is where each direction is first reached for, from 0.2 s before
// to 0.2 s after the reach, which lies in the middle of its trial. Trials of a
// further task are no reaches.
func firstReaches(rec *spiking.Recording) []task.Stretch {
	var first []task.Stretch
	half := int((reachSeconds/2 + 0.2) / rec.Dt)
	for _, s := range rec.Trials {
		if s.Part > 0 || slices.ContainsFunc(first, func(f task.Stretch) bool { return f.Condition == s.Condition }) {
			continue
		}
		middle := (s.From + s.To) / 2
		first = append(first, task.Stretch{From: max(s.From, middle-half), To: min(s.To, middle+half), Condition: s.Condition})
	}
	slices.SortFunc(first, func(a, b task.Stretch) int { return a.Condition - b.Condition })
	return first
}

func (e excerpt) seconds() float64 {
	steps, _ := e.outputs.Dims()
	return float64(steps) * e.dt
}

func (e excerpt) outputPanel() *plotting.OutputsPanel {
	return plotting.Outputs(recording.Series{Dt: e.dt, Values: e.outputs, Targets: e.outputTargets})
}

// factorPanel shows the first factors.
func (e excerpt) factorPanel(n int) *plotting.OutputsPanel {
	return plotting.Outputs(recording.Series{Dt: e.dt, Values: columns(e.factors, n), Targets: columns(e.factorTargets, n)}).YLabel("factor (a.u.)")
}

func (e excerpt) rasterPanel() *plotting.RasterPanel {
	return plotting.Raster(recording.Spikes{Times: e.spikes.Times, Units: e.spikes.Neurons}).Rows(rasterNeurons).XLim(0, e.seconds())
}

// everyNth is every n-th row of a matrix, sharing its numbers. Principal
// components of an activity that changes over 10 ms do not need each step.
func everyNth(m *mat.Dense, n int) *mat.Dense {
	raw := m.RawMatrix()
	raw.Rows, raw.Stride = (raw.Rows+n-1)/n, n*raw.Stride
	var few mat.Dense
	few.SetRawMatrix(raw)
	return &few
}
