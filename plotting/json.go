package plotting

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// figureJSON is what a figure shows, as numbers.
type figureJSON struct {
	Title  string      `json:"title,omitempty"`
	Banner string      `json:"banner,omitempty"`
	Panels []panelJSON `json:"panels"`
}

type panelJSON struct {
	Letter string      `json:"letter"`
	Title  string      `json:"title,omitempty"`
	Frames []frameJSON `json:"frames"`
}

type frameJSON struct {
	X axisJSON `json:"x"`
	Y axisJSON `json:"y"`
	// Z is the upright axis of a box in three dimensions.
	Z *axisJSON `json:"z,omitempty"`
	// Series are the marks from back to front.
	Series []seriesJSON `json:"series"`
}

type axisJSON struct {
	Label string `json:"label"`
	// Ticks are those that stand for something else than their number.
	Ticks []tickJSON `json:"ticks,omitempty"`
}

type tickJSON struct {
	At    float64 `json:"at"`
	Label string  `json:"label"`
}

// seriesJSON are the coordinates of one mark, in the units of the axes.
type seriesJSON struct {
	// Name is that in the legend; without one it has none.
	Name string `json:"name,omitempty"`
	X    reals  `json:"x"`
	Y    reals  `json:"y,omitempty"`
	Z    reals  `json:"z,omitempty"`
	// ToX and ToY are the tips of a field's arrows, which start at X and Y.
	ToX reals `json:"to_x,omitempty"`
	ToY reals `json:"to_y,omitempty"`
	// Low and High are the ends of error bars and the edges of bands.
	Low  reals `json:"low,omitempty"`
	High reals `json:"high,omitempty"`
}

// add leaves out what the last mark was drawn from as well: a line's dots.
func (f *frameJSON) add(s seriesJSON) {
	if n := len(f.Series); n == 0 || !reflect.DeepEqual(f.Series[n-1], s) {
		f.Series = append(f.Series, s)
	}
}

// reals are null where JSON has no number for them.
type reals []float64

// MarshalJSON writes the shortest text that reads back as the same number.
func (r reals) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i, v := range r {
		if i > 0 {
			b = append(b, ',')
		}
		if finite(v) {
			b = strconv.AppendFloat(b, v, 'g', -1, 64)
		} else {
			b = append(b, "null"...)
		}
	}
	return append(b, ']'), nil
}

// JSON encodes the numbers that the figure shows, so that others can draw it
// anew: for each panel its frames with the axes' labels and units, and for
// each line, row of points, bars or spikes its x and y (and low and high, where
// there are error bars or a band; to_x and to_y, where there are arrows), all
// samples and not only those that the eye can tell apart. Traces that are
// stacked come as they are drawn, each moved to its place. Long recordings make
// files of megabytes.
func (d *Drawing) JSON() ([]byte, error) {
	contents, err := d.contents()
	if err != nil {
		return nil, err
	}
	out := figureJSON{Title: d.title, Banner: d.banner}
	for i, content := range contents {
		panel := panelJSON{Letter: letter(i), Title: content.Title}
		for _, f := range content.Frames {
			frame := frameJSON{X: f.X.json(), Y: f.Y.json(), Series: []seriesJSON{}}
			for _, m := range f.Marks {
				if box, ok := m.(*spaceBox); ok {
					frame.X, frame.Y, frame.Z = box.json()
				}
				if s, ok := numbers(m); ok {
					s.Name = or(s.Name, nameIn(content.Legend, m))
					frame.add(s)
				}
			}
			panel.Frames = append(panel.Frames, frame)
		}
		out.Panels = append(out.Panels, panel)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		return nil, fmt.Errorf("plotting: encoding the figure's data: %w", err)
	}
	return b.Bytes(), nil
}

func (a Axis) json() axisJSON {
	out := axisJSON{Label: a.Label}
	for _, t := range a.Ticks {
		if t.Label != "" {
			out.Ticks = append(out.Ticks, tickJSON{t.Value, t.Label})
		}
	}
	return out
}

// numbers are those of a mark; a mark that only guides the eye has none.
func numbers(m plot.Plotter) (seriesJSON, bool) {
	switch m := m.(type) {
	case *polyline:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *trialsLine:
		return seriesJSON{Name: m.name, X: m.x, Y: m.y}, true
	case *dots:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *shiftedDots:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *whiskers:
		return seriesJSON{X: m.x, Y: m.y, Low: m.low, High: m.high}, true
	case *band:
		return seriesJSON{X: m.x, Low: m.low, High: m.high}, true
	case *bars:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *timedLine:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *spacePath:
		return seriesJSON{X: m.path.data[0], Y: m.path.data[1], Z: m.path.data[2]}, true
	case *arrow:
		return seriesJSON{X: m.x, Y: m.y}, true
	case *quiver:
		var s seriesJSON
		for k, from := range m.from {
			s.X, s.Y = append(s.X, from[0]), append(s.Y, from[1])
			s.ToX, s.ToY = append(s.ToX, m.to[k][0]), append(s.ToY, m.to[k][1])
		}
		return s, true
	case *tickMark:
		return seriesJSON{X: []float64{m.x}, Y: []float64{m.y}}, true
	case *spikes:
		s := seriesJSON{X: m.times}
		for _, n := range m.neurons {
			s.Y = append(s.Y, float64(n))
		}
		return s, true
	case plotter.XYer: // gonum's own, in a panel of the user's
		var s seriesJSON
		for i := range m.Len() {
			x, y := m.XY(i)
			s.X, s.Y = append(s.X, x), append(s.Y, y)
		}
		return s, true
	}
	return seriesJSON{}, false
}

// nameIn is the name of a mark whose picture the legend shows.
func nameIn(legend []LegendEntry, m plot.Plotter) string {
	for _, e := range legend {
		shown := []plot.Thumbnailer{e.Thumb}
		if b, ok := e.Thumb.(both); ok {
			shown = b[:]
		}
		for _, t := range shown {
			if sameMark(t, m) {
				return e.Name
			}
		}
	}
	return ""
}

// sameMark tells whether the legend shows this very mark, or has a sample
// without data for all lines of one style.
func sameMark(sample plot.Thumbnailer, m plot.Plotter) bool {
	v, w := reflect.ValueOf(sample), reflect.ValueOf(m)
	if v.Kind() == reflect.Pointer && w.Kind() == reflect.Pointer && v.Pointer() == w.Pointer() {
		return true
	}
	line, ok := sample.(*polyline)
	other, alike := m.(*polyline)
	return ok && alike && line.x == nil && reflect.DeepEqual(line.style, other.style)
}
