package experiment

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// markdown is RESULTS.md.
func (r *Results) markdown() string {
	var b strings.Builder
	b.WriteString("# What comes out\n\n")
	passed, all := r.Passed()
	if r.Quick {
		b.WriteString("**Small sizes, to see that everything works: the numbers mean nothing.**\n\n")
	}
	fmt.Fprintf(&b, "Written by `spikewalk reproduce`: %d of %d bars passed, %s with %d runs side by side (%s, numerics version %d). "+
		"Numbers are medians over seeds, with the smallest and the largest in brackets (of eight seeds and more, the quartiles); "+
		"a bar on \"each\" is about the worst seed, one on \"best\" about the best. "+
		"Errors are nMSE = Σ|y - ỹ|² / Σ|ỹ|² in closed loop, the median over test trials. "+
		"Parameters were chosen on seeds from %d on, not on those reported, but where a setup says so.\n\n",
		passed, all, duration(r.Seconds), r.Jobs, runtime.GOOS+"/"+runtime.GOARCH, neuro.NumericsVersion, ValidationSeed)
	b.WriteString("| experiment | measure | here | bar | passed | paper |\n|---|---|---|---|---|---|\n")
	for _, e := range r.Experiments {
		for i, m := range e.Experiment.Measures {
			bars, met := e.verdict(i)
			if r.Quick {
				met = ""
			}
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s | %s |\n", e.Experiment.ID, anchor(e.Experiment.ID),
				cell(m.Name), cell(e.found(i)), or(bars, "–"), or(met, "–"), or(cell(m.Paper), "–"))
		}
	}
	for _, e := range r.Experiments {
		b.WriteString(e.markdown())
	}
	return b.String()
}

// markdown is the experiment's section.
func (r Result) markdown() string {
	var b strings.Builder
	e := r.Experiment
	fmt.Fprintf(&b, "\n## %s\n\n**%s** %s\n\n", e.ID, e.Statement, e.Setup)
	fmt.Fprintf(&b, "Seeds: %s; %s of computing.\n", listed(r.Seeds), duration(r.Seconds))
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "\nFailed: %s.\n", f)
	}
	if r.Figure != nil {
		fmt.Fprintf(&b, "\n![%s](%s.png)\n", e.ID, e.ID)
	}
	return b.String()
}

// found is the median and the spread of a measure.
func (r Result) found(i int) string {
	values, unit := r.Values[i], r.Experiment.Measures[i].Unit
	switch len(values) {
	case 0:
		return "–"
	case 1:
		return quantity(values[0], unit)
	}
	lo, hi := spread(values)
	return fmt.Sprintf("%s [%s, %s]", quantity(task.Median(values), unit), quantity(lo, ""), quantity(hi, ""))
}

// verdict lists a measure's bars, and whether each was passed.
func (r Result) verdict(i int) (bars, met string) {
	var list, words []string
	for _, b := range r.Experiment.Measures[i].Bars {
		list = append(list, b.String())
		word := "**no**"
		if len(r.Values[i]) > 0 && len(r.Failures) == 0 && b.Pass(r.Values[i]) {
			word = "yes"
		}
		words = append(words, word)
	}
	return strings.Join(list, ", "), strings.Join(words, ", ")
}

// quantity is a number of three digits with its unit.
func quantity(v float64, unit string) string {
	s := fmt.Sprintf("%.3g", v)
	if unit == "" {
		return s
	}
	return s + " " + unit
}

func duration(seconds float64) string {
	if seconds < 100 {
		return fmt.Sprintf("%.0f s", seconds)
	}
	return fmt.Sprintf("%.0f min", seconds/60)
}

func listed(seeds []uint64) string {
	if len(seeds) == 0 {
		return "none"
	}
	var s []string
	for _, v := range seeds {
		s = append(s, fmt.Sprint(v))
	}
	return strings.Join(s, ", ")
}

// anchor is how a heading is linked to on common hosts.
func anchor(id string) string { return strings.ReplaceAll(id, ".", "") }

// cell keeps text from breaking a table.
func cell(s string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s) }

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
