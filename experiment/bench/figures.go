package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/plotting"
)

// drawings writes the figures for which there is something to draw and returns
// their names.
func (r *Result) drawings(folder string) (drawn []string, err error) {
	for _, f := range []struct {
		name   string
		panels []plotting.Panel
	}{{"ratios", r.ratioPanels()}, {"growth", r.growthPanels()}} {
		var paths []string
		for _, ending := range []string{".png", ".svg", ".pdf"} {
			paths = append(paths, filepath.Join(folder, f.name+ending))
		}
		if len(f.panels) > 0 {
			if err := plotting.Figure(f.panels...).Columns(len(f.panels)).Save(paths...); err != nil {
				return nil, err
			}
			drawn = append(drawn, f.name)
			continue
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				return nil, err
			}
		}
	}
	return drawn, nil
}

// ratioPanels is one panel: each row's ratios, their median, and its threshold.
func (r *Result) ratioPanels() []plotting.Panel {
	var groups []plotting.Group
	for _, row := range r.Rows {
		if row.Ratio == nil {
			continue
		}
		name := strings.ReplaceAll(row.Name, "-", " ") + "\n" + times(row.Ratio)
		for _, t := range row.Thresholds {
			if t.What == "ratio" {
				name += fmt.Sprintf("\n(%s)", t)
			}
		}
		groups = append(groups, plotting.Group{Name: name, Values: row.Ratios})
	}
	if len(groups) == 0 {
		return nil
	}
	return []plotting.Panel{plotting.Comparison(groups...).LogY().HLine(1, "as fast as the peer").Height(6).
		Title("Times faster than the peer, single pairs and median (threshold)").YLabel("peer's time / ours")}
}

// growthPanels are two: time and memory against the number of neurons.
func (r *Result) growthPanels() (panels []plotting.Panel) {
	var seconds, memory []plotting.Samples
	add := func(to *[]plotting.Samples, name string, points []point, of func(point) float64) {
		s := plotting.Samples{Name: name}
		for _, p := range points {
			s.X, s.Values = append(s.X, float64(p.Neurons)), append(s.Values, []float64{of(p)})
		}
		*to = append(*to, s)
	}
	for _, row := range r.Rows {
		g := row.Growth
		if !g.fitted() {
			continue
		}
		add(&seconds, fmt.Sprintf("%s, exponent %.2f", row.Unit, g.SecondsExponent), g.Points, func(p point) float64 { return p.Seconds })
		if g.BytesExponent != nil {
			add(&memory, fmt.Sprintf("in use, exponent %.2f", *g.BytesExponent), g.Points, func(p point) float64 { return p.Bytes / 1e6 })
			add(&memory, "the matrices alone, N²", g.Points, func(p point) float64 { return p.Matrices / 1e6 })
		}
	}
	for _, p := range []struct {
		title, label string
		curves       []plotting.Samples
	}{{"Time of a trial of 2 s", "time (s)", seconds}, {"Memory while training", "memory (MB)", memory}} {
		if len(p.curves) > 0 {
			panels = append(panels, plotting.Curve(p.curves...).LogX().LogY().Height(6).XLabel("neurons N").YLabel(p.label).Title(p.title))
		}
	}
	return panels
}
