package plotting_test

import (
	"log"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

func ExampleFigure() {
	const dt = 0.001
	target, actual := imitate(2001, dt)
	times, neurons := poisson(300, 2, 70)
	fig := plotting.Figure(
		plotting.Traces(recording.Series{Dt: dt, Values: target}).Names("right", "left").Title("Input").YLabel("a.u."),
		plotting.Raster(recording.Spikes{Times: times, Units: neurons}).Rows(300).Title("Spikes"),
		plotting.Traces(recording.Series{Dt: dt, Values: waves(2001, 3, dt)}).Title("Factors").YLabel("activity (1000 Hz)"),
		plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target}).Title("Output").Names("x (cm)", "y (cm)"),
	).
		Title("From input to output").
		Tag("synthetic")
	if err := fig.Save("column.png"); err != nil {
		log.Panic(err)
	}
}

func ExampleDrawing_Columns() {
	const dt = 0.001
	target, actual := imitate(1001, dt)
	times, neurons := poisson(80, 1, 50)
	fig := plotting.Figure(
		plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target}).Overlaid().Title("Output").Names("hand x", "hand y"),
		plotting.Scree([]float64{4, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01}),
		plotting.Raster(recording.Spikes{Times: times, Units: neurons}).Rows(80).Title("Spikes of eighty neurons in one trial that lasts a second"),
		plotting.Trajectory(waves(1001, 2, dt), 0, 1).Name("rates").Dt(dt),
	).Columns(2)
	if err := fig.Save("grid.png", "grid.svg", "grid.pdf"); err != nil {
		log.Panic(err)
	}
}
