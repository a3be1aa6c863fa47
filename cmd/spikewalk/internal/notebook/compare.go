package notebook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/player"
)

// Difference is a cell whose outputs are not those of the committed notebook.
type Difference struct {
	Cell      int
	FirstLine string
	What      string
}

func (d Difference) String() string {
	return fmt.Sprintf("cell %d (%s): %s", d.Cell, d.FirstLine, d.What)
}

// Compare lists the cells whose outputs in the executed notebook differ from
// those in the committed one, in text, in a pixel, or at any setting of a figure
// that plays.
func Compare(committed, executed *Notebook) []Difference {
	was, is := committed.Code(), executed.Code()
	var out []Difference
	for i := range max(len(was), len(is)) {
		switch {
		case i >= len(is):
			out = append(out, Difference{was[i].Number, was[i].FirstLine(), "it is missing"})
		case i >= len(was):
			out = append(out, Difference{is[i].Number, is[i].FirstLine(), "it is new"})
		default:
			if what := compareOutputs(merged(was[i].Outputs), merged(is[i].Outputs)); what != "" {
				out = append(out, Difference{is[i].Number, is[i].FirstLine(), what})
			}
		}
	}
	return out
}

// HasOutputs tells whether any cell shows what came of it.
func (n *Notebook) HasOutputs() bool {
	return slices.ContainsFunc(n.Code(), func(c *Cell) bool { return len(c.Outputs) > 0 })
}

// merged joins neighbouring pieces of one stream: where a text is cut is a
// matter of timing.
func merged(outputs []Output) []Output {
	var out []Output
	for _, o := range outputs {
		if n := len(out); n > 0 && o.Type == "stream" && out[n-1].Type == "stream" && out[n-1].Stream == o.Stream {
			out[n-1].Text += o.Text
			continue
		}
		out = append(out, o)
	}
	return out
}

func compareOutputs(was, is []Output) string {
	for i := range min(len(was), len(is)) {
		if what := compareOutput(was[i], is[i]); what != "" {
			return fmt.Sprintf("output %d: %s", i+1, what)
		}
	}
	if len(was) != len(is) {
		return fmt.Sprintf("it has %d outputs, the committed one has %d", len(is), len(was))
	}
	return ""
}

func compareOutput(was, is Output) string {
	if was.Type != is.Type || was.Stream != is.Stream {
		return fmt.Sprintf("is %s, the committed one is %s", is.describe(), was.describe())
	}
	if what := compareText("text", was.Text, is.Text); what != "" {
		return what
	}
	if w, i := was.Name+was.Value, is.Name+is.Value; w != i {
		return compareText("the error", w, i)
	}
	for _, mime := range slices.Sorted(maps.Keys(union(was.Data, is.Data))) {
		w, inOld := was.Data[mime]
		i, inNew := is.Data[mime]
		switch {
		case !inNew:
			return mime + " is missing"
		case !inOld:
			return mime + " is new"
		case mime == player.MIME:
			if what := compareFigure(w, i); what != "" {
				return what
			}
		case strings.HasPrefix(mime, "image/"):
			if what := compareImage(mime, w, i); what != "" {
				return what
			}
		default:
			if what := compareText(mime, w, i); what != "" {
				return what
			}
		}
	}
	return ""
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	return all
}

func (o Output) describe() string {
	if o.Type == "stream" {
		return "text on " + o.Stream
	}
	if o.Type == "error" {
		return "an error"
	}
	return "a " + o.Type
}

// compareText shows the first line that differs.
func compareText(name, was, is string) string {
	if was == is {
		return ""
	}
	w, i := strings.Split(was, "\n"), strings.Split(is, "\n")
	for k := range min(len(w), len(i)) {
		if w[k] != i[k] {
			return fmt.Sprintf("%s differs in line %d: is %q, the committed one is %q", name, k+1, shortened(i[k]), shortened(w[k]))
		}
	}
	return fmt.Sprintf("%s has %d lines, the committed one has %d", name, len(i), len(w))
}

func shortened(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
