package experiment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

// markdown is RESULTS.md: the answer, then a part for each paper.
func (r *Results) markdown() string {
	var b strings.Builder
	b.WriteString("# What comes out\n\n")
	if r.Quick {
		b.WriteString("**Small sizes, to see that everything works: the numbers mean nothing.**\n\n")
	} else {
		b.WriteString(r.answer())
	}
	fmt.Fprintf(&b, "`spikewalk reproduce` has computed this, in %s on one core (%s, numerics version %d), and draws it again from what it has kept with `--redraw`. "+
		"Numbers are medians over seeds, with the smallest and the largest in brackets (for eight seeds and more, the quartiles); "+
		"a threshold on \"each\" is about the worst seed, one on \"best\" about the best. "+
		"Parameters were chosen on seeds from %d on, not on those reported, unless a setup says otherwise. "+
		"All numbers are in [results.json](results.json); the command writes each figure as SVG and its data as JSON, too.\n",
		duration(r.Seconds), platform(), neuro.NumericsVersion, ValidationSeed)
	for _, s := range r.Skipped {
		fmt.Fprintf(&b, "\nSkipped: %s, for %s.\n", s.ID, s.Why)
	}
	for _, paper := range r.papers() {
		b.WriteString(r.of(paper).markdownOf(paper))
	}
	return b.String()
}

// answer tells how many thresholds were passed, and which were not and why.
func (r *Results) answer() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s.** The thresholds were set beforehand and never moved.", r.passed())
	missed := r.notPassed()
	if len(missed) == 0 {
		b.WriteString("\n\n")
		return b.String()
	}
	fmt.Fprintf(&b, " Not passed:\n\n")
	b.WriteString("| experiment | measure | here | threshold | why |\n|---|---|---|---|---|\n")
	for _, row := range missed {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s |\n", row.ID, anchor(row.ID), cell(row.Metric), cell(row.found()), row.Threshold, or(cell(row.why), "not known"))
	}
	b.WriteString("\n")
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

// markdownOf is a paper's part: how to read its numbers, then each experiment.
func (r *Results) markdownOf(paper Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n%s, doi:[%s](https://doi.org/%[3]s): %s, %s of computing on one core. %s\n",
		paper.Title, paper.Short, paper.DOI, r.passed(), duration(r.Seconds), paper.Numbers)
	for _, e := range r.Experiments {
		b.WriteString(e.markdown(r.Quick))
	}
	return b.String()
}

// passed tells in words how many thresholds were passed.
func (r *Results) passed() string {
	passed, all := r.Passed()
	return fmt.Sprintf("%d of %d thresholds passed", passed, all)
}

// markdown is the experiment's section: what is claimed, its figures, and folded
// how it was tested and all numbers.
func (r Result) markdown(quick bool) string {
	var b strings.Builder
	e := r.Experiment
	fmt.Fprintf(&b, "\n### %s\n\n**%s**%s\n", e.ID, e.Statement, r.passed(quick))
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "\nFailed: %s.\n", f)
	}
	for k := range r.Figures {
		name := r.figureName(k)
		fmt.Fprintf(&b, "\n![%s](%s.png)\n\n[PDF](%[2]s.pdf)\n", e.Statement, name)
	}
	summary := "Setup and numbers"
	if len(e.measures) == 0 {
		summary = "Setup"
	}
	fmt.Fprintf(&b, "\n<details>\n<summary>%s</summary>\n\n%s\n\nSeeds: %s; %s of computing.\n", summary, e.Setup, listed(r.Seeds), duration(r.Seconds))
	if len(e.measures) > 0 {
		b.WriteString(r.table(quick))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}

// passed tells how many of the experiment's thresholds were passed, if it has any.
func (r Result) passed(quick bool) string {
	passed, all := (&Results{Experiments: []Result{r}, Quick: quick}).Passed()
	if all == 0 {
		return ""
	}
	return fmt.Sprintf(" %d of %s passed.", passed, count(all, "threshold"))
}

// count is "1 threshold" or "2 thresholds".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// table is the experiment's measures.
func (r Result) table(quick bool) string {
	var b strings.Builder
	b.WriteString("\n| measure | here | threshold | passed | paper |\n|---|---|---|---|---|\n")
	for i, m := range r.Experiment.measures {
		thresholds, met := r.verdict(i)
		if quick {
			met = ""
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", cell(m.Name), cell(r.found(i)), or(thresholds, "–"), or(met, "–"), or(cell(m.Paper), "–"))
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
