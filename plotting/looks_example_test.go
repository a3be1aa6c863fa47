package plotting_test

import (
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// Drift before and after learning, and how well it could be done: colours that
// mean the same in all figures.
func ExampleRole() {
	x := []float64{-40, -20, 0, 20, 40}
	perturbed := plotting.Line{Name: "perturbed", X: x, Y: []float64{9, 4, -1, -5, -8}}
	learned := plotting.Line{Name: "learned", X: x, Y: []float64{0.4, -0.7, 0.2, 0.5, -0.6}}
	optimum := plotting.Line{Name: "optimum", X: x, Y: []float64{0.5, -0.5, 0.3, 0.4, -0.4}}
	compared := plotting.SameScales(
		plotting.Drift(perturbed, optimum).Role(plotting.Perturbed, plotting.Optimum).Title("before"),
		plotting.Drift(learned, optimum).Role(plotting.Learned, plotting.Optimum).Title("after"),
	)
	if err := plotting.Figure(compared...).Columns(2).Save("roles.png"); err != nil {
		log.Fatal(err)
	}
	// Output:
}

// Doses in their order, along one ramp.
func ExampleTracesPanel_Ordered() {
	const dt = 0.001 // s
	doses := []string{"0.1 nA", "0.2 nA", "0.4 nA", "0.8 nA"}
	voltage := mat.NewDense(200, len(doses), nil)
	for k := range doses {
		for t := range 200 {
			voltage.Set(t, k, float64(int(1)<<k)*(1-math.Exp(-float64(t)*dt/0.03)))
		}
	}
	s := recording.Series{Dt: dt, Values: voltage, Names: doses, Unit: "mV"}
	if err := plotting.Figure(plotting.Traces(s).Ordered().Title("steps of current")).Save("ordered.png"); err != nil {
		log.Fatal(err)
	}
	// Output:
}

func init() {
	examples["roles.png"] = ExampleRole
	examples["ordered.png"] = ExampleTracesPanel_Ordered
}
