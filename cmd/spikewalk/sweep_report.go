package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/plotting"
	"github.com/spikewalk/spikewalk/sweep"
)

// reportSweep writes the table and the figure of a sweep over fields into its folder, and
// prints each measure in each condition.
func reportSweep(out io.Writer, table *sweep.Table, folder string, fields, measures []string) error {
	if err := errors.Join(table.WriteParquet(filepath.Join(folder, "table.parquet")), table.WriteCSV(filepath.Join(folder, "table.csv"))); err != nil {
		return err
	}
	for _, m := range measures {
		if err := printMeasure(out, table, m, fields); err != nil {
			return err
		}
	}
	files := []string{"table.parquet", "table.csv"}
	figure, err := sweepFigure(table, fields, measures)
	if err == nil && figure != nil {
		files = append(files, "figure.png", "figure.pdf", "figure.svg")
		err = figure.Save(filepath.Join(folder, "figure.png"), filepath.Join(folder, "figure.pdf"), filepath.Join(folder, "figure.svg"))
	}
	if err != nil {
		return fmt.Errorf("the figure: %w", err)
	}
	if err := kept.Sums(folder, files...); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "Medians; in brackets their 95 %% confidence intervals (bootstrap).\n%d of %d rows are in %s: %s\n", table.Len(), table.Total(), folder, strings.Join(files, ", ")); err != nil {
		return err
	}
	if bad := table.Failed(); bad.Len() > 0 {
		why, err := bad.Texts("Error")
		if err != nil {
			return err
		}
		return fmt.Errorf("%d of %d rows failed, the first with: %s; the column Error has them all", bad.Len(), table.Len(), why[0])
	}
	return nil
}

// printMeasure prints a line for each condition.
func printMeasure(out io.Writer, table *sweep.Table, measure string, fields []string) error {
	all, err := table.Summarise(measure, fields...)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, measure); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		name := s.Settings
		if name == "" {
			name = "as reproduced"
		}
		line := fmt.Sprintf("  %s\t%.3g\t(%.3g to %.3g)\tn = %d", name, s.Median, s.Low, s.High, s.N)
		if math.IsNaN(s.Median) {
			line = fmt.Sprintf("  %s\tNaN\t\tn = %d", name, s.N)
		}
		if s.Failed > 0 {
			line += fmt.Sprintf(", %d failed", s.Failed)
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// sweepFigure draws each measure against the first field that holds numbers, a curve for
// each combination of the others; nil if there is no such field, or nothing to draw. What
// is not finite, such as a measure that a condition has not, is left out.
func sweepFigure(table *sweep.Table, fields, measures []string) (*plotting.Drawing, error) {
	x := slices.IndexFunc(fields, func(f string) bool { return numeric(table, f) })
	if x < 0 || table.Good().Len() == 0 {
		return nil, nil
	}
	others := slices.Delete(slices.Clone(fields), x, x+1)
	var panels []plotting.Panel
	for _, m := range measures {
		curves, err := table.Curve(fields[x], m, others...)
		if err != nil {
			return nil, err
		}
		if curves = finite(curves); len(curves) == 0 {
			continue
		}
		p := plotting.Curve(curves...).Band().XLabel(fields[x]).YLabel(m)
		if len(others) == 1 && numeric(table, others[0]) {
			p.Ordered()
		}
		var xs, ys []float64
		for _, c := range curves {
			xs = append(xs, c.X...)
			ys = append(ys, slices.Concat(c.Values...)...)
		}
		if decades(xs, 10) {
			p.LogX()
		}
		if decades(ys, 30) {
			p.LogY()
		}
		panels = append(panels, p)
	}
	if len(panels) == 0 {
		return nil, nil
	}
	return plotting.Figure(panels...).Columns(2), nil
}

// finite are the curves without what is not finite.
func finite(curves []plotting.Samples) (out []plotting.Samples) {
	for _, c := range curves {
		kept := plotting.Samples{Name: c.Name}
		for i, values := range c.Values {
			values = slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
			if len(values) > 0 {
				kept.X, kept.Values = append(kept.X, c.X[i]), append(kept.Values, values)
			}
		}
		if len(kept.X) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

func numeric(table *sweep.Table, field string) bool {
	_, err := table.Floats(field)
	return err == nil
}

// decades tells whether numbers are better seen on a logarithmic axis: they are positive
// and as far from one another.
func decades(v []float64, far float64) bool {
	return len(v) > 0 && slices.Min(v) > 0 && slices.Max(v)/slices.Min(v) >= far
}
