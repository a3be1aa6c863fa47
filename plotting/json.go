package plotting

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// figureJSON is what a figure shows, as numbers.
type figureJSON struct {
	Title       string      `json:"title,omitempty"`
	Tag         string      `json:"tag,omitempty"`
	Caption     string      `json:"caption,omitempty"`
	Description string      `json:"description"`
	Panels      []panelJSON `json:"panels"`
}

type panelJSON struct {
	Letter string      `json:"letter"`
	Title  string      `json:"title,omitempty"`
	Frames []frameJSON `json:"frames"`
}

type frameJSON struct {
	X axisJSON `json:"x"`
	Y axisJSON `json:"y"`
	// Z is the upright axis of a box in three dimensions, and the scale of colours.
	Z *axisJSON `json:"z,omitempty"`
	// ScaleBar stands in for the y axis of stacked traces.
	ScaleBar *scaleBarJSON `json:"scale_bar,omitempty"`
	// Series are the marks from back to front.
	Series []seriesJSON `json:"series"`
}

type axisJSON struct {
	Label string `json:"label"`
	// Unit is what the label has in brackets at its end.
	Unit string `json:"unit,omitempty"`
	Log  bool   `json:"log,omitempty"`
	// Ticks are those that stand for something else than their number.
	Ticks []tickJSON `json:"ticks,omitempty"`
}

type tickJSON struct {
	At    float64 `json:"at"`
	Label string  `json:"label"`
}

type scaleBarJSON struct {
	Length float64 `json:"length"`
	Label  string  `json:"label"`
}

// seriesJSON are the numbers of one mark; see [Data].
type seriesJSON struct {
	Name string `json:"name,omitempty"`
	Mark string `json:"mark,omitempty"`
	X    reals  `json:"x,omitempty"`
	Y    reals  `json:"y,omitempty"`
	Z    reals  `json:"z,omitempty"`
	ToX  reals  `json:"to_x,omitempty"`
	ToY  reals  `json:"to_y,omitempty"`
	Low  reals  `json:"low,omitempty"`
	High reals  `json:"high,omitempty"`
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
// anew: for each panel its frames with the axes' labels and units, and for each
// mark (a line, a row of points, bars or spikes) its name, its kind and its x
// and y, and low and high where there are error bars or a band, and to_x and
// to_y where there are arrows or shaded stretches. They are all the samples as
// they were given, not only those that the eye can tell apart: those of stacked
// traces are not moved. Long recordings make files of megabytes.
func (d *Drawing) JSON() ([]byte, error) {
	contents, err := d.contents()
	if err != nil {
		return nil, err
	}
	out := figureJSON{Title: d.title, Tag: d.tag, Caption: d.caption, Description: d.describe(contents)}
	spots := d.spots(len(contents))
	for i, content := range contents {
		panel := panelJSON{Letter: or(spots[i].letter, "A"), Title: content.Title}
		for _, f := range content.Frames {
			panel.Frames = append(panel.Frames, f.json())
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

func (f Frame) json() frameJSON {
	out := frameJSON{X: f.X.json(), Y: f.Y.json(), Series: []seriesJSON{}}
	if f.box != nil {
		var z axisJSON
		out.X, out.Y, z = f.box.axis(0).json(), f.box.axis(1).json(), f.box.axis(2).json()
		out.Z = &z
	}
	if f.key != nil {
		z := f.key.json()
		out.Z = &z
	}
	if f.Bar != nil {
		out.Y.Ticks, out.ScaleBar = nil, &scaleBarJSON{f.Bar.Length, f.Bar.Label}
	}
	for _, m := range f.ordered() {
		if d := m.Data; !d.empty() {
			out.Series = append(out.Series, seriesJSON{
				Name: m.called(), Mark: m.Kind, X: d.X, Y: d.Y, Z: d.Z, ToX: d.ToX, ToY: d.ToY, Low: d.Low, High: d.High,
			})
		}
	}
	return out
}

func (a Axis) json() axisJSON {
	out := axisJSON{Label: a.Label, Unit: unitIn(a.Label), Log: a.Log}
	for _, t := range a.Ticks {
		if t.Label != "" {
			out.Ticks = append(out.Ticks, tickJSON{t.Value, t.Label})
		}
	}
	return out
}

// unitIn is what a label has in brackets at its end: "mV" of "v (mV)".
func unitIn(label string) string {
	before, found := strings.CutSuffix(label, ")")
	if begin := strings.LastIndex(before, "("); found && begin >= 0 {
		return before[begin+1:]
	}
	return ""
}
