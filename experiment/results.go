package experiment

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/plotting"
)

// Results is what [Reproduce] found.
type Results struct {
	Experiments []Result
	// Seconds is the time of all runs together, whenever they ran.
	Seconds float64
	// Skipped are the experiments that were not run.
	Skipped []Skip
	// Quick results come from small sizes and mean nothing.
	Quick bool
}

// Result is what all runs of one experiment gave.
type Result struct {
	Experiment Experiment
	// Seeds that ran to their end, and Failures of those that did not, one
	// sentence each.
	Seeds    []uint64
	Failures []string
	// Values of each measure of the experiment, one for each seed.
	Values [][]float64
	// Seconds is the time of all runs together.
	Seconds float64
	// Figures draw the experiment's figures; none if no run ended well.
	Figures []func() *plotting.Drawing
}

// Row is one line of results.json: one measure against one of its thresholds,
// or against none.
type Row struct {
	ID     string `json:"id"`
	Metric string `json:"metric"`
	// Value is the median over seeds, or what the threshold is about; null if no
	// run ended well.
	Value *float64 `json:"value"`
	// Spread is the smallest and the largest over seeds, of eight seeds and
	// more the quartiles. Values has one number for each seed; what is not
	// finite is null.
	Spread []*float64 `json:"spread"`
	Values []*float64 `json:"values"`
	Seeds  []uint64   `json:"seeds"`
	Unit   string     `json:"unit"`
	// Threshold is the aim in words, Paper what the paper reports; Pass is
	// null where there is no threshold.
	Threshold string  `json:"threshold"`
	Paper     string  `json:"paper"`
	Pass      *bool   `json:"pass"`
	Seconds   float64 `json:"seconds"`

	why string
}

// Rows returns the lines of results.json. Quick results are not judged.
func (r *Results) Rows() []Row {
	var rows []Row
	for _, e := range r.Experiments {
		for _, row := range e.rows() {
			if r.Quick {
				row.Pass = nil
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// rows are the experiment's lines of results.json.
func (r Result) rows() []Row {
	var rows []Row
	for i, m := range r.Experiment.measures {
		var values []float64
		if i < len(r.Values) {
			values = r.Values[i]
		}
		row := Row{
			ID: r.Experiment.ID, Metric: m.Name, Unit: m.Unit, Paper: m.Paper, Seeds: r.Seeds, Seconds: r.Seconds, why: m.Why,
			Spread: []*float64{}, Values: []*float64{},
		}
		if row.Seeds == nil {
			row.Seeds = []uint64{}
		}
		for _, v := range values {
			row.Values = append(row.Values, number(v))
		}
		if len(values) > 0 {
			row.Value = number(stats.Median(values))
			lo, hi := spread(values)
			row.Spread = []*float64{number(lo), number(hi)}
		}
		if len(m.Thresholds) == 0 {
			rows = append(rows, row)
		}
		for _, t := range m.Thresholds {
			judged := row
			pass := len(values) > 0 && len(r.Failures) == 0 && t.pass(values)
			judged.Threshold, judged.Pass = t.String(), &pass
			if len(values) > 0 {
				judged.Value = number(t.of(values))
			}
			rows = append(rows, judged)
		}
	}
	return rows
}

// number is nil for what JSON cannot write.
func number(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// spread is the range of a few values, the quartiles of eight or more.
func spread(values []float64) (lo, hi float64) {
	if len(values) < 8 {
		return slices.Min(values), slices.Max(values)
	}
	return stats.Quartiles(values)
}

// Passed counts the thresholds that were passed, and all.
func (r *Results) Passed() (passed, all int) {
	for _, row := range r.Rows() {
		if row.Pass == nil {
			continue
		}
		all++
		if *row.Pass {
			passed++
		}
	}
	return passed, all
}

// NotPassed tells of each threshold that was not passed, in one line: what was
// measured, and what the threshold is.
func (r *Results) NotPassed() (lines []string) {
	for _, row := range r.notPassed() {
		lines = append(lines, fmt.Sprintf("%s, %s: %s, the threshold is %s", row.ID, row.Metric, row.found(), row.Threshold))
	}
	return lines
}

// notPassed are the lines of the thresholds that were not passed.
func (r *Results) notPassed() []Row {
	return slices.DeleteFunc(r.Rows(), func(row Row) bool { return row.Pass == nil || *row.Pass })
}

// found is the number that is held against the threshold.
func (r Row) found() string {
	if r.Value == nil {
		return "nothing"
	}
	return quantity(*r.Value, r.Unit)
}

// Failed returns the ids of experiments of which a run did not end well.
func (r *Results) Failed() (ids []string) {
	for _, e := range r.Experiments {
		if len(e.Failures) > 0 {
			ids = append(ids, e.Experiment.ID)
		}
	}
	return ids
}

// figureName is what the files of figure k are called: by the experiment's id, and
// from the second on with a number.
func (r Result) figureName(k int) string {
	if k == 0 {
		return r.Experiment.ID
	}
	return fmt.Sprintf("%s-%d", r.Experiment.ID, k+1)
}

// saveFigures writes the experiment's figures, named by its id: PNG, SVG, PDF, and
// their numbers as JSON.
func (r Result) saveFigures(folder string) error {
	for k, draw := range r.Figures {
		name := r.figureName(k)
		var figure *plotting.Drawing
		if draw != nil {
			figure = draw()
		}
		if figure == nil {
			return fmt.Errorf("the figure %s was not drawn: its function returns nil", name)
		}
		var names, paths []string
		for _, ending := range []string{"png", "svg", "pdf", "json"} {
			names, paths = append(names, name+"."+ending), append(paths, filepath.Join(folder, name+"."+ending))
		}
		if err := figure.Save(paths...); err != nil {
			return fmt.Errorf("the figure %s: %w", name, err)
		}
		if err := kept.Sums(folder, names...); err != nil {
			return err
		}
	}
	return nil
}

// saveTexts writes results.json and RESULTS.md. Beside them SHA256SUMS has the
// checksums of all that was written.
func (r *Results) saveTexts(folder string) error {
	text, err := json.MarshalIndent(r.Rows(), "", "  ")
	if err != nil {
		return err
	}
	if err := scratch.WriteFile(filepath.Join(folder, "results.json"), append(text, '\n'), scratch.Public); err != nil {
		return err
	}
	if err := scratch.WriteFile(filepath.Join(folder, "RESULTS.md"), []byte(r.markdown()), scratch.Public); err != nil {
		return err
	}
	return kept.Sums(folder, "results.json", "RESULTS.md")
}

// summary is what one run found, in one line.
func (j *job) summary(e Experiment) string {
	if j.err != nil {
		return "failed: " + j.err.Error()
	}
	var parts []string
	for i, m := range e.measures {
		parts = append(parts, fmt.Sprintf("%s %s", m.Name, quantity(j.outcome.values[i], m.Unit)))
	}
	return or(strings.Join(parts, ", "), "drawn")
}
