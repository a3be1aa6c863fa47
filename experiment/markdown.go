package experiment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

// markdown is RESULTS.md: a part for each paper.
func (r *Results) markdown() string {
	var b strings.Builder
	b.WriteString("# What comes out\n\n")
	if r.Quick {
		b.WriteString("**Small sizes, to see that everything works: the numbers mean nothing.**\n\n")
	}
	fmt.Fprintf(&b, "Written by `spikewalk reproduce`: %s, %s of computing on one core (%s, numerics version %d). "+
		"Numbers are medians over seeds, with the smallest and the largest in brackets (of eight seeds and more, the quartiles); "+
		"a threshold on \"each\" is about the worst seed, one on \"best\" about the best. "+
		"Parameters were chosen on seeds from %d on, not on those reported, but where a setup says so.\n",
		r.passed(), duration(r.Seconds), platform(), neuro.NumericsVersion, ValidationSeed)
	for _, s := range r.Skipped {
		fmt.Fprintf(&b, "\nSkipped: %s, for %s.\n", s.ID, s.Why)
	}
	for _, paper := range r.papers() {
		b.WriteString(r.of(paper).markdownOf(paper))
	}
	return b.String()
}

// papers lists the papers of which something was run, in the order of the experiments.
func (r *Results) papers() (all []Paper) {
	for _, e := range r.Experiments {
		if !slices.Contains(all, e.Experiment.Paper) {
			all = append(all, e.Experiment.Paper)
		}
	}
	return all
}

// of returns the results of one paper's experiments, and the time that all
// their runs took together.
func (r *Results) of(paper Paper) *Results {
	part := &Results{Quick: r.Quick}
	for _, e := range r.Experiments {
		if e.Experiment.Paper == paper {
			part.Experiments = append(part.Experiments, e)
			part.Seconds += e.Seconds
		}
	}
	return part
}

// markdownOf is a paper's part: the table, then what each line stands for.
func (r *Results) markdownOf(paper Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n%s, doi:[%s](https://doi.org/%[3]s): %s, %s of computing on one core. %s\n\n",
		paper.Title, paper.Short, paper.DOI, r.passed(), duration(r.Seconds), paper.Numbers)
	b.WriteString("| experiment | measure | here | threshold | passed | paper |\n|---|---|---|---|---|---|\n")
	for _, e := range r.Experiments {
		for i, m := range e.Experiment.measures {
			thresholds, met := e.verdict(i)
			if r.Quick {
				met = ""
			}
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s | %s |\n", e.Experiment.ID, anchor(e.Experiment.ID),
				cell(m.Name), cell(e.found(i)), or(thresholds, "–"), or(met, "–"), or(cell(m.Paper), "–"))
		}
	}
	for _, e := range r.Experiments {
		b.WriteString(e.markdown())
	}
	return b.String()
}

// passed tells in words how many thresholds were passed.
func (r *Results) passed() string {
	passed, all := r.Passed()
	return fmt.Sprintf("%d of %d thresholds passed", passed, all)
}

// markdown is the experiment's section.
func (r Result) markdown() string {
	var b strings.Builder
	e := r.Experiment
	fmt.Fprintf(&b, "\n### %s\n\n**%s** %s\n\n", e.ID, e.Statement, e.Setup)
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
	values, unit := r.Values[i], r.Experiment.measures[i].Unit
	switch len(values) {
	case 0:
		return "–"
	case 1:
		return quantity(values[0], unit)
	}
	lo, hi := spread(values)
	return fmt.Sprintf("%s [%s, %s]", quantity(stats.Median(values), unit), quantity(lo, ""), quantity(hi, ""))
}

// verdict lists a measure's thresholds, and whether each was passed.
func (r Result) verdict(i int) (thresholds, met string) {
	var list, words []string
	for _, t := range r.Experiment.measures[i].Thresholds {
		list = append(list, t.String())
		word := "**no**"
		if len(r.Values[i]) > 0 && len(r.Failures) == 0 && t.pass(r.Values[i]) {
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

// listed is "1, 2, 4", and "1 to 20" of many without a gap.
func listed(seeds []uint64) string {
	n := len(seeds)
	if n == 0 {
		return "none"
	}
	if n > 5 && seeds[n-1]-seeds[0] == uint64(n-1) {
		return fmt.Sprintf("%d to %d", seeds[0], seeds[n-1])
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
