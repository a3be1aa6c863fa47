package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Table is the scores of a number of models on the same bins of the same trials.
type Table struct {
	// Series was predicted, in so many Trials and in Bins of them together; Skipped
	// bins were not predicted by all models.
	Series                string
	Trials, Bins, Skipped int
	// Channels are the names of its channels.
	Channels []string
	// Level is that of the intervals.
	Level float64
	// Rows in the order of the models.
	Rows []Row
}

// Row is the scores of a model.
type Row struct {
	Name string
	// NMSE is task.NMSE over all trials; R2 the R² weighted by variance.
	NMSE, R2 Interval
	// Channels are the R² of each.
	Channels []Interval
	// Averages is the R², weighted by variance, of the means over the test trials of
	// each condition. Noise that differs from trial to trial counts less in it.
	Averages float64
	// Errors are the nMSE of each trial: a plotting.Group.
	Errors []float64

	sums []tally
}

// Interval is a score with its bootstrap interval over test trials; of fewer than ten
// trials it is too narrow (stats.Bootstrap).
type Interval struct{ Value, Low, High float64 }

func (i Interval) String() string { return fmt.Sprintf("%.3f [%.3f, %.3f]", i.Value, i.Low, i.High) }

// scored are the bins that all models predict, trial by trial.
type scored struct {
	rows                [][]bool
	bins, used, skipped int
}

func (h HeldOut) scored(models []Prediction) (*scored, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if len(models) == 0 {
		return nil, errors.New("compare: there is no model to score: give at least one prediction")
	}
	bins, channels := h.size()
	s := &scored{bins: bins}
	for i := range h.Test.Trials {
		rows := make([]bool, bins)
		for k := range rows {
			rows[k] = true
		}
		for _, m := range models {
			if len(m.Trials) != len(h.Test.Trials) {
				return nil, fmt.Errorf("compare: %s predicts %d trials, %d are tested", m.Name, len(m.Trials), len(h.Test.Trials))
			}
			x := m.Trials[i]
			if err := filled(fmt.Sprintf("prediction of trial %d by %s", i, m.Name), x); err != nil {
				return nil, err
			}
			if r, c := x.Dims(); r != bins || c != channels {
				return nil, fmt.Errorf("compare: %s predicts %d x %d in trial %d: %s is %d x %d", m.Name, r, c, i, h.Series, bins, channels)
			}
			for k := range rows {
				if slices.ContainsFunc(x.RawRowView(k), math.IsNaN) {
					rows[k] = false
				}
			}
		}
		for _, use := range rows {
			if use {
				s.used++
			} else {
				s.skipped++
			}
		}
		s.rows = append(s.rows, rows)
	}
	if s.used == 0 {
		return nil, errors.New("compare: no bin is predicted by all models: nothing can be compared")
	}
	return s, nil
}

// pick stacks the scored rows of trials.
func (s *scored) pick(trials []*mat.Dense) *mat.Dense {
	_, n := trials[0].Dims()
	out := mat.NewDense(s.used, n, nil)
	at := 0
	for i, m := range trials {
		for k, use := range s.rows[i] {
			if use {
				out.SetRow(at, m.RawRowView(k))
				at++
			}
		}
	}
	return out
}

// Compare scores models on the test trials, in the bins that all of them predict. Two
// models of one name are an error. Cost: Resamples × trials × channels² for each.
func (h HeldOut) Compare(models ...Prediction) (*Table, error) {
	s, err := h.scored(models)
	if err != nil {
		return nil, err
	}
	recorded, err := h.Recorded()
	if err != nil {
		return nil, err
	}
	_, channels := h.size()
	table := &Table{Series: h.Series, Trials: len(h.Test.Trials), Bins: s.used, Skipped: s.skipped, Level: h.Level, Channels: slices.Clone(h.Test.Channels[h.Series])}
	for j := len(table.Channels); j < channels; j++ {
		table.Channels = append(table.Channels, fmt.Sprintf("%s %d", h.Series, j))
	}
	observed := s.pick(recorded.Trials)
	for i, m := range models {
		if slices.ContainsFunc(models[:i], func(o Prediction) bool { return o.Name == m.Name }) {
			return nil, fmt.Errorf("compare: two models are called %q: give each a name", m.Name)
		}
		p := s.pick(m.Trials)
		if err := finite("prediction of "+m.Name, p); err != nil {
			return nil, err
		}
		table.Rows = append(table.Rows, h.row(m, p, observed, recorded, s))
	}
	return table, nil
}

// row scores one model.
func (h HeldOut) row(m Prediction, p, observed *mat.Dense, recorded Prediction, s *scored) Row {
	fit := r2(p, observed, s.used+s.skipped)
	row := Row{Name: m.Name, sums: tallies(m.Trials, recorded.Trials, s, fit)}
	row.NMSE = h.interval(row.sums, task.NMSE(p, observed, task.Window{}), nmseOf)
	row.R2 = h.interval(row.sums, fit.Weighted(), r2Of)
	for j, v := range fit.Channels {
		row.Channels = append(row.Channels, h.interval(row.sums, v, func(t tally) float64 { return t.channel(j) }))
	}
	for _, t := range row.sums {
		row.Errors = append(row.Errors, nmseOf(t))
	}
	row.Averages = h.averaged(m, recorded, s)
	return row
}

// averaged is the R² of averages by condition, each over the trials in which a bin is
// scored.
func (h HeldOut) averaged(m, recorded Prediction, s *scored) float64 {
	_, channels := h.size()
	var p, o []*mat.Dense
	for c := range h.Test.Conditions {
		sumP, sumO, count := mat.NewDense(s.bins, channels, nil), mat.NewDense(s.bins, channels, nil), make([]float64, s.bins)
		for i, t := range h.Test.Trials {
			for k, use := range s.rows[i] {
				if t.Condition != c || !use {
					continue
				}
				count[k]++
				for j := range channels {
					sumP.Set(k, j, sumP.At(k, j)+m.Trials[i].At(k, j))
					sumO.Set(k, j, sumO.At(k, j)+recorded.Trials[i].At(k, j))
				}
			}
		}
		for k, n := range count {
			if n > 0 {
				rowP, rowO := mat.NewDense(1, channels, nil), mat.NewDense(1, channels, nil)
				rowP.Scale(1/n, between(sumP, block{k, k + 1}))
				rowO.Scale(1/n, between(sumO, block{k, k + 1}))
				p, o = append(p, rowP), append(o, rowO)
			}
		}
	}
	allP, errP := prepare.Stack(p)
	allO, errO := prepare.Stack(o)
	if errP != nil || errO != nil {
		return math.NaN()
	}
	return r2(allP, allO, len(o)).Weighted()
}

// interval bootstraps a score over trials.
func (h HeldOut) interval(sums []tally, value float64, score func(tally) float64) Interval {
	trials := make([]float64, len(sums))
	for i := range trials {
		trials[i] = float64(i)
	}
	low, high := stats.Bootstrap(trials, func(drawn []float64) float64 { return score(total(sums, drawn)) }, h.Level, h.Resamples, h.Seed)
	return Interval{value, low, high}
}

// Difference returns by how much the R² (weighted by variance) of one model exceeds
// that of another, with the interval of the difference: trials are drawn for both at
// once, so that what is hard to predict for both does not widen it.
func (h HeldOut) Difference(t *Table, better, than string) (Interval, error) {
	if err := h.check(); err != nil {
		return Interval{}, err
	}
	if t == nil {
		return Interval{}, errors.New("compare: there is no table: make it with Compare")
	}
	find := func(name string) (Row, error) {
		var names []string
		for _, r := range t.Rows {
			if r.Name == name {
				return r, nil
			}
			names = append(names, r.Name)
		}
		return Row{}, fmt.Errorf("compare: the table has no %q; it has %s", name, strings.Join(names, ", "))
	}
	a, err := find(better)
	if err != nil {
		return Interval{}, err
	}
	b, err := find(than)
	if err != nil {
		return Interval{}, err
	}
	if len(a.sums) != len(b.sums) || len(a.sums) == 0 {
		return Interval{}, errors.New("compare: the table does not hold the trials any more: make it with Compare")
	}
	trials := make([]float64, len(a.sums))
	for i := range trials {
		trials[i] = float64(i)
	}
	low, high := stats.Bootstrap(trials, func(drawn []float64) float64 {
		return r2Of(total(a.sums, drawn)) - r2Of(total(b.sums, drawn))
	}, h.Level, h.Resamples, h.Seed)
	return Interval{a.R2.Value - b.R2.Value, low, high}, nil
}

// String is the table in text, a line for each model, and below it, after an empty line,
// one for each channel.
func (t *Table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %d held-out trials, %d bins", t.Series, t.Trials, t.Bins)
	if t.Skipped > 0 {
		fmt.Fprintf(&b, " (%d not predicted by all)", t.Skipped)
	}
	fmt.Fprintf(&b, "; intervals of %g %% over trials\n", 100*t.Level)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\tnMSE\tR², weighted by variance\tof averages\n")
	for _, r := range t.Rows {
		fmt.Fprintf(w, "%s\t%v\t%v\t%.3f\n", r.Name, r.NMSE, r.R2, r.Averages)
	}
	w.Flush()
	w = tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\nR²")
	for _, r := range t.Rows {
		fmt.Fprintf(w, "\t%s", r.Name)
	}
	fmt.Fprintln(w)
	for j, name := range t.Channels {
		fmt.Fprint(w, name)
		for _, r := range t.Rows {
			if j < len(r.Channels) {
				fmt.Fprintf(w, "\t%.3f", r.Channels[j].Value)
			}
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	return b.String()
}
