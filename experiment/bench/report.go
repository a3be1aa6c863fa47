package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Save writes bench.json (the rows), machine.json, BENCH.md, the figures
// ratios and growth (PNG, SVG and PDF), and the checksums of all in SHA256SUMS, into a folder, which is made if it is
// not there. A figure for which nothing was measured is left out, and one of
// an earlier run removed. What was kept of the rows meanwhile goes.
func (r *Result) Save(folder string) error {
	if err := scratch.Folder(folder, scratch.Public); err != nil {
		return err
	}
	drawn, err := r.drawings(folder)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		value any
	}{{"bench.json", r.Rows}, {"machine.json", r.machine}} {
		text, err := json.MarshalIndent(f.value, "", "  ")
		if err != nil {
			return fmt.Errorf("bench: %s: %w", f.name, err)
		}
		if err := scratch.WriteFile(filepath.Join(folder, f.name), append(text, '\n'), scratch.Public); err != nil {
			return err
		}
	}
	if err := scratch.WriteFile(filepath.Join(folder, "BENCH.md"), []byte(r.markdown(drawn)), scratch.Public); err != nil {
		return err
	}
	written := []string{"bench.json", "machine.json", "BENCH.md"}
	for _, name := range drawn {
		written = append(written, name+".png", name+".svg", name+".pdf")
	}
	if err := kept.Sums(folder, written...); err != nil {
		return err
	}
	r.keep.forget()
	return nil
}

// markdown is the report with the given figures.
func (r *Result) markdown(figures []string) string {
	var b strings.Builder
	m := r.machine
	fmt.Fprintf(&b, "# How fast it is\n\nMeasured on %s, %d cores, SIMD: %s; %s; %s; memory %s; load before the start %s.\n\n",
		m.CPU, m.Cores, m.SIMD, m.OS, m.Go, cmp.Or(m.Memory, "unknown"), cmp.Or(m.Load, "unknown"))
	fmt.Fprintf(&b, "Times are medians, with the shortest and the longest in brackets. Ours and the peer's were taken in turn in the same run; "+
		"the ratio is the median over these pairs. Peers use one core.\n\n")
	b.WriteString("| row | unit | cores | ours (s) | peer | peer (s) | ratio | threshold | met | of the limit |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s |\n", row.Name, cell(row.Unit), row.Cores,
			span(row.Seconds, row.SecondsRange), cell(row.Peer), span(row.PeerSeconds, row.PeerSecondsRange),
			times(row.Ratio), cmp.Or(row.aims(), "–"), row.met(), percent(row.LimitFraction))
	}
	b.WriteString("\n## What was done\n\n")
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "- **%s**: %s.", row.Name, row.Work)
		for _, more := range []struct{ what, text, end string }{{"Limit: ", row.Limit, "."}, {"", row.Note, ""}, {"Failed: ", row.Error, "."}} {
			if more.text != "" {
				fmt.Fprintf(&b, " %s%s%s", more.what, more.text, more.end)
			}
		}
		b.WriteString("\n")
	}
	for _, row := range r.Rows {
		b.WriteString(row.growthTable())
	}
	fmt.Fprintf(&b, "\n## Limits of the machine\n\n%s\n", m.Limits)
	for _, name := range figures {
		fmt.Fprintf(&b, "\n![%s](%s.png)\n", name, name)
	}
	if missing := r.Missing(); len(missing) > 0 {
		fmt.Fprintf(&b, "\n## What is missing\n\n%s\n\n`%s` installs all peers on Debian and Ubuntu.\n", strings.Join(missing, "\n"), Install)
	}
	return b.String()
}

// growthTable is empty for rows that measure no growth.
func (r *Row) growthTable() string {
	if !r.Growth.fitted() {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n| N | s per %s | memory (MB) | matrices (MB) | rate (Hz) |\n|---|---|---|---|---|\n", r.Name, r.Unit)
	for _, p := range r.Growth.Points {
		fmt.Fprintf(&b, "| %d | %.3g | %s | %s | %s |\n", p.Neurons, p.Seconds, known(p.Bytes/1e6), known(p.Matrices/1e6), known(p.Rate))
	}
	memory, matrices := "–", "–"
	if r.Growth.BytesExponent != nil {
		memory, matrices = fmt.Sprintf("%.2f", *r.Growth.BytesExponent), "2"
	}
	fmt.Fprintf(&b, "| exponent | %.2f | %s | %s | – |\n", r.Growth.SecondsExponent, memory, matrices)
	return b.String()
}

// known is a dash for what was not measured.
func known(v float64) string {
	if v == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3g", v)
}

// line is the row in one line.
func (r Row) line() string {
	if r.Error != "" {
		return fmt.Sprintf("%s: failed: %s", r.Name, r.Error)
	}
	s := fmt.Sprintf("%s: %s s per %s", r.Name, span(r.Seconds, r.SecondsRange), r.Unit)
	if r.Ratio != nil {
		s += fmt.Sprintf(", %s: %s s, ratio %s", r.Peer, span(r.PeerSeconds, r.PeerSecondsRange), times(r.Ratio))
	}
	if r.LimitFraction != nil {
		s += fmt.Sprintf(", %s of the limit", percent(r.LimitFraction))
	}
	if len(r.Thresholds) > 0 {
		s += fmt.Sprintf("; threshold %s: %s", r.aims(), r.met())
	}
	return s
}

func (l limits) String() string {
	flops := "multiply-adds: not measured, " + l.FlopsOf
	if l.Flops != nil {
		flops = fmt.Sprintf("multiply-adds %.1f GFLOP/s (dgemm of %s)", *l.Flops/1e9, l.FlopsOf)
	}
	return fmt.Sprintf("One core: memory %.1f GB/s (best of reading, copying, triad), cache %.1f GB/s (the same over 2.2 MB), %s.",
		l.Stream/1e9, l.Cache/1e9, flops)
}

func (r *Row) aims() string {
	var list []string
	for _, t := range r.Thresholds {
		list = append(list, t.String())
	}
	return strings.Join(list, ", ")
}

// met says whether the thresholds were met, one word each.
func (r *Row) met() string {
	var list []string
	for _, t := range r.Thresholds {
		word := "open"
		if t.Pass != nil {
			word = map[bool]string{true: "yes", false: "no"}[*t.Pass]
		}
		list = append(list, word)
	}
	return cmp.Or(strings.Join(list, ", "), "–")
}

func span(v *float64, r *[2]float64) string {
	switch {
	case v == nil:
		return "–"
	case r == nil || r[0] == r[1]:
		return fmt.Sprintf("%.3g", *v)
	}
	return fmt.Sprintf("%.3g [%.3g, %.3g]", *v, r[0], r[1])
}

func times(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.3gx", *v)
}

func percent(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100**v)
}

// cell keeps text from breaking a table.
func cell(s string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s) }
