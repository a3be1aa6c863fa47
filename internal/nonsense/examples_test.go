package nonsense

import (
	"context"
	"fmt"
	"reflect"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/experiment/macneil2011"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/plotting"
	"gonum.org/v1/gonum/mat"
)

// examples are valid arguments of functions for which the first valid ones of
// each type do not go together.
var examples = map[string]func(t reflect.Type) []value{}

func example(name string, args func() []any) {
	examples[name] = func(t reflect.Type) (all []value) {
		for i, a := range args() {
			all = append(all, value{fmt.Sprintf("ok%d", i), false, func() reflect.Value {
				if a == nil {
					return reflect.Zero(t.In(i))
				}
				return reflect.ValueOf(args()[i]).Convert(t.In(i))
			}})
		}
		return all
	}
}

func init() {
	exampleNetworks()
	exampleFramework()
	exampleRLS()
	exampleRest()
}

// saved is the name of a file that it writes.
func saved(name string, m interface{ Save(string) error }) string {
	if err := m.Save(name); err != nil {
		panic(err)
	}
	return name
}

func exampleNetworks() {
	example("neuro/rate.Runner.Step", func() []any { return []any{network().Runner(nil), waves(60, 1), 1} })
	example("neuro/rate.Load", func() []any { return []any{saved("rate.npz", network())} })
	example("neuro/rate.Network.UnmarshalBinary", func() []any { return []any{network(), must(network().MarshalBinary())} })
	example("neuro/spiking.Load", func() []any { return []any{saved("spiking.npz", model())} })
	example("neuro/recording.Load", func() []any { return []any{saved("recording.npz", recorded())} })
	example("neuro/recording.Stream", func() []any {
		return []any{"streamed.npz", func(add func(*recording.Recording) error) (*recording.Recording, error) {
			return recorded(), add(recorded())
		}}
	})
	example("neuro/recording.Spikes.ByUnit", func() []any { return []any{recorded().Spikes, 20} })
	example("neuro/recording.Series.Slice", func() []any { return []any{recorded().Outputs, 0, 10, 0, 1} })
	example("neuro/spiking.Model.UnmarshalBinary", func() []any { return []any{model(), must(model().MarshalBinary())} })
	example("neuro/dale.Network.UnmarshalBinary", func() []any { return []any{daleNetwork(), must(daleNetwork().MarshalBinary())} })
	example("neuro/dale.Load", func() []any { return []any{saved("dale.npz", daleNetwork())} })
	for _, name := range []string{"Project", "Temporal", "Alignment"} {
		example("neuro/factor.Basis."+name, func() []any { return []any{basis(), waves(40, 20)} })
	}
	example("neuro/task.NewCycling", func() []any { return []any{waves(60, 2), waves(60, 2), 0.001} })
	example("neuro/task.NewReaching", func() []any { return []any{[]*mat.Dense{waves(40, 2), waves(40, 2)}, 0.01} })
	example("neuro/task.DePasquale2023Reaching", func() []any { return []any{[]*mat.Dense{waves(40, 2), waves(40, 2)}, 0.01} })
}

func exampleFramework() {
	still, state := []float64{0, 0}, []float64{1, 0}
	example("neuro/attractor.New", func() []any {
		pop := must(nef.NewPopulation(nef.MacNeil2011()))
		return []any{pop, attractor.Definition{Points: must(nef.Line(1, 0.05)), Config: attractor.DefaultConfig()}}
	})
	example("neuro/attractor.Attractor.MeasureDrift", func() []any {
		return []any{attract(), soon(), waves(2, 2), attractor.DriftConfig{Hold: 0.01, Free: 0.02, Sample: 0.01}}
	})
	example("neuro/attractor.Attractor.WalkInDarkness", func() []any { return []any{attract(), soon(), ring(), 0.1, uint64(1)} })
	example("neuro/attractor.Drift.AngularVelocities", func() []any {
		return []any{must(attract().MeasureDrift(context.Background(), waves(2, 2), attractor.DriftConfig{Hold: 0.01, Free: 0.02, Sample: 0.01}))}
	})
	example("neuro/attractor.Simulation.Step", func() []any { return []any{must(attract().Simulate(1)), still, []float64{0.1}} })
	example("neuro/attractor.Simulation.Hold", func() []any { return []any{must(attract().Simulate(1)), state, []float64{0.1}, 0.01} })
	example("neuro/attractor.Simulation.Learn", func() []any { return []any{must(attract().Simulate(1)), 1e-9, state} })
	example("neuro/attractor.Attractor.WithDecoders", func() []any { return []any{integrate(), waves(40, 1)} })
	example("neuro/attractor.Attractor.Lesion", func() []any { return []any{integrate(), 0.1, uint64(1)} })
	example("neuro/attractor.Attractor.UnmarshalBinary", func() []any { return []any{integrate(), must(integrate().MarshalBinary())} })
	example("neuro/attractor.Load", func() []any { return []any{saved("attractor.npz", integrate())} })
	example("neuro/integrator.New", func() []any {
		return []any{must(nef.NewPopulation(nef.MacNeil2011())), integrator.MacNeil2011()}
	})
	example("neuro/integrator.MeasureTransfer", func() []any { return []any{integrate()} })
	example("neuro/integrator.MeasureDrift", func() []any {
		return []any{soon(), integrate(), integrator.DriftConfig{Positions: 3, Range: 40, Hold: 0.01, Free: 0.02, Sample: 0.01}}
	})
	example("neuro/integrator.Live", func() []any { return []any{soon(), integrate(), integrator.Light(0.1)} })
	example("neuro/nef.StaticRMSE", func() []any {
		return []any{must(nef.NewPopulation(nef.MacNeil2011())), nef.Identity, waves(40, 1), must(nef.Line(1, 0.05))}
	})
	example("neuro/nef.Shell", func() []any { return []any{0.5, 1.0, 2, 10, uint64(1)} })
	example("neuro/nef.Grid", func() []any { return []any{1.0, 0.1, 2} })
	for _, name := range []string{"Currents", "Rates"} {
		example("neuro/nef.Population."+name, func() []any { return []any{must(nef.NewPopulation(nef.MacNeil2011())), []float64{0.5}} })
	}
	example("neuro/nef.Population.TuningCurves", func() []any { return []any{must(nef.NewPopulation(nef.MacNeil2011())), waves(40, 1)} })
	two := func() *neuron.Population { return must(neuron.New(neuron.Adaptive(), 2, 0.001)) }
	example("neuro/neuron.New", func() []any { return []any{neuron.Model(neuron.DePasquale2016()), 3, 0.001} })
	example("neuro/neuron.Population.Step", func() []any { return []any{two(), []float64{1, 2}} })
	example("neuro/neuron.Population.Restore", func() []any { return []any{two(), two().State()} })
	example("neuro/neuron.Population.Fits", func() []any { return []any{two(), two().State()} })
	example("neuro/neuron.JSON.UnmarshalJSON", func() []any { return []any{new(neuron.JSON), []byte(`{"LIF": {"Tau": 0.02}}`)} })
	example("neuro/nef.NewSpiking", func() []any { return []any{3, nef.MacNeil2011().LIF(), 0.001, nef.SubStep} })
	example("neuro/nef.Spiking.Step", func() []any {
		return []any{must(nef.NewSpiking(2, nef.MacNeil2011().LIF(), 0.001, nef.SubStep)), []float64{1, 2}}
	})
	example("neuro/nef.NewSynapse", func() []any { return []any{3, 0.1, 0.001} })
	example("neuro/nef.NewTwoSynapse", func() []any { return []any{3, 0.01, 0.1, 0.001} })
}

func exampleRLS() {
	learning := func() *rls.RLS { return must(rls.New(2, rls.Default())) }
	two := []float64{0.1, 0.9}
	targets := func() []rls.Target { return []rls.Target{{Weights: waves(3, 2), Error: []float64{1, 2, 3}}} }
	filtered := func() *rls.Filtered {
		f := must(rls.NewFiltered(1, 2, 0.9, 0.8))
		if err := f.Learn(rls.Default()); err != nil {
			panic(err)
		}
		return f
	}
	example("neuro/rls.NewFiltered", func() []any { return []any{3, 2, []float64{0.9, 0.8}} })
	example("neuro/rls.Filtered.Step", func() []any { return []any{filtered(), []int{0}} })
	example("neuro/rls.Filtered.Bank", func() []any { return []any{filtered(), []float64{0}, 1} })
	example("neuro/rls.Readouts.Output", func() []any { return []any{learning().NewReadouts(2), two} })
	example("neuro/rls.RLS.Update", func() []any { return []any{learning(), two, targets()} })
	example("neuro/rls.RLS.Correct", func() []any { return []any{learning(), targets()} })
}

func exampleRest() {
	example("neuro/spiketrain.New", func() []any { return []any{[]spiketrain.Trial{{Stop: 1, Times: [][]float64{{0.1}}}}} })
	windows := []spiketrain.Window{{Stop: 1}}
	example("neuro/spiketrain.Cut", func() []any { return []any{[]float64{0.1, 0.5}, []int{0, 1}, 2, windows} })
	example("neuro/spiketrain.Average", func() []any { return []any{0.0, 0.01, []*mat.Dense{waves(40, 2), waves(40, 2)}, []int{0, 1}} })
	example("experiment.Find", func() []any { return []any{macneil2011.Experiments(), []string{"int"}} })
	example("experiment.Run.Needs", func() []any { return []any{experiment.Run{Recordings: []string{"cycling"}}, "cycling"} })
	example("experiment.Share", func() []any { return []any{experiment.Run{}, "name", 1, func() (int, error) { return 1, nil }} })
	example("experiment.Options.Validate", func() []any { return []any{experiment.Options{}} })
	example("plotting.Drawing.Save", func() []any {
		return []any{plotting.Figure(plotting.Traces(recording.Series{Dt: 0.01, Values: waves(40, 2)})), []string{"figure.svg"}}
	})
}
