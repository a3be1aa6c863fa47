package depasquale2016

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// rasterNeurons is how many neurons a raster shows.
const rasterNeurons = 100

// excerpt is stretches of a recording, one after the other: what a figure
// shows of it, and all that is kept of long ones.
type excerpt struct {
	Factors, Outputs recording.Series
	Spikes           recording.Spikes
}

// excerptOf takes stretches out of a recording, and the spikes of its first
// neurons in them.
func excerptOf(rec *recording.Recording, stretches []recording.Trial) excerpt {
	e := excerpt{Factors: cut(rec.Factors, stretches), Outputs: cut(rec.Outputs, stretches)}
	var at float64
	for _, s := range stretches {
		from := float64(s.From) * rec.Dt
		few := rec.Spikes.Window(from, float64(s.To)*rec.Dt).Below(rasterNeurons)
		for i, t := range few.Times {
			e.Spikes.Times = append(e.Spikes.Times, t-from+at)
			e.Spikes.Units = append(e.Spikes.Units, few.Units[i])
		}
		at += float64(s.Steps()) * rec.Dt
	}
	return e
}

// cut puts stretches of a series one after the other.
func cut(s recording.Series, stretches []recording.Trial) recording.Series {
	_, cols := s.Dims()
	rows := func(m *mat.Dense) *mat.Dense {
		var data []float64
		for _, one := range stretches {
			for t := one.From; t < one.To; t++ {
				data = append(data, m.RawRowView(t)...)
			}
		}
		return mat.NewDense(len(data)/cols, cols, data)
	}
	s.Values, s.Targets = rows(s.Values), rows(s.Targets)
	return s
}

// beginning is the first seconds of a recording.
func beginning(rec *recording.Recording, seconds float64) excerpt {
	return excerpt{rec.Factors.Window(0, seconds), rec.Outputs.Window(0, seconds), rec.Spikes.Window(0, seconds).Below(rasterNeurons)}
}

// firstReaches is where each direction is first reached for, from 0.2 s before
// to 0.2 s after the reach, which lies in the middle of its trial. Trials of a
// further task are no reaches.
func firstReaches(rec *recording.Recording) []recording.Trial {
	var first []recording.Trial
	half := int((reachSeconds/2 + 0.2) / rec.Dt)
	for _, s := range rec.Kept() {
		if s.Part > 0 || slices.ContainsFunc(first, func(f recording.Trial) bool { return f.Condition == s.Condition }) {
			continue
		}
		middle := (s.From + s.To) / 2
		first = append(first, recording.Trial{From: max(s.From, middle-half), To: min(s.To, middle+half), Condition: s.Condition})
	}
	slices.SortFunc(first, func(a, b recording.Trial) int { return a.Condition - b.Condition })
	return first
}

func (e excerpt) seconds() float64 {
	steps, _ := e.Outputs.Dims()
	return float64(steps) * e.Outputs.Dt
}

func (e excerpt) outputPanel() *plotting.OutputsPanel {
	return plotting.Outputs(e.Outputs)
}

// factorPanel shows the first factors, each in a row of its own.
func (e excerpt) factorPanel(n int) *plotting.OutputsPanel {
	steps, all := e.Factors.Dims()
	n = min(n, all)
	return plotting.Outputs(e.Factors.Slice(0, steps, 0, n)).Names(numbered("factor", n)...)
}

// numbered is "muscle 1", "muscle 2" and so on.
func numbered(what string, n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("%s %d", what, i+1))
	}
	return names
}

func (e excerpt) rasterPanel() *plotting.RasterPanel {
	return plotting.Raster(e.Spikes).Rows(rasterNeurons).XLim(0, e.seconds())
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
