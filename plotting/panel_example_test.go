package plotting_test

import (
	"fmt"
	"image/color"
	"log"
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// Histogram is a panel of one's own, made of a plotter of gonum's.
type Histogram struct {
	Values []float64
	Bins   int
}

func (h Histogram) Content() (plotting.Content, error) {
	bars, err := plotter.NewHist(plotter.Values(h.Values), h.Bins)
	if err != nil {
		return plotting.Content{}, err
	}
	var middles, counts []float64
	for _, b := range bars.Bins {
		middles, counts = append(middles, (b.Min+b.Max)/2), append(counts, b.Weight)
	}
	bars.FillColor, bars.LineStyle.Width = plotting.Colors(1)[0], vg.Length(0.5)
	bars.LineStyle.Color = color.White
	xMin, xMax, yMin, yMax := bars.DataRange()
	return plotting.Content{
		Title: "intervals",
		Frames: []plotting.Frame{{
			X:      plotting.Axis{Label: "interval (ms)", Min: xMin, Max: xMax},
			Y:      plotting.Axis{Label: "count", Min: yMin, Max: yMax},
			Height: 3,
			Marks:  []plotting.Mark{{Name: "intervals", Kind: "bars", Plot: bars, Data: plotting.Data{X: middles, Y: counts}}},
		}},
	}, nil
}

// A panel of one's own takes part in a figure as all others do.
func ExamplePanel() {
	histogram := Histogram{Values: []float64{4, 5, 5, 6, 6, 6, 7, 7, 9, 14}, Bins: 5}
	fig := plotting.Figure(histogram, plotting.Raster(recording.Spikes{Times: []float64{0.1, 0.2}, Units: []int{0, 1}})).Width(plotting.ColumnWidth)
	svg, err := fig.SVG()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Contains(string(svg), ">interval (ms)</text>"))
	// Output: true
}

// A figure's numbers, for whoever wants to draw it anew.
func ExampleDrawing_JSON() {
	fig := plotting.Figure(plotting.Drift(plotting.Line{Name: "tuned", X: []float64{-1, 1}, Y: []float64{0.1, -0.1}}))
	numbers, err := fig.JSON()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(numbers))
	// Output:
	// {"description":"drift (°/s) against eye position (°), 1 × horizontal line, 1 × line (tuned).","panels":[{"letter":"A","frames":[{"x":{"label":"eye position (°)","unit":"°"},"y":{"label":"drift (°/s)","unit":"°/s"},"series":[{"mark":"horizontal line","y":[0]},{"name":"tuned","mark":"line","x":[-1,1],"y":[0.1,-0.1]}]}]}]}
}
