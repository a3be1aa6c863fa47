package nonsense

import (
	"context"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/experiment/bench"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/notebooks/nb"
	"github.com/spikewalk/spikewalk/plotting"
)

// builders make the valid values of types whose fields alone do not say what
// is valid, and small ones of those whose presets take long. The first of a
// type is the one that goes with the first of the others: matrices are 40 × 2,
// populations have D = 1.
var builders = map[reflect.Type][]value{}

// spoilt holds further nonsense of a type, beyond a field at a time.
var spoilt = map[reflect.Type][]value{}

func build[T any](label string, f func() T) {
	t := reflect.TypeFor[T]()
	builders[t] = append(builders[t], value{label, false, func() reflect.Value { return reflect.ValueOf(f()).Convert(t) }})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func init() {
	build("ctx", soon)
	build("matrix", func() mat.Matrix { return waves(40, 2) })
	build("matrix", func() *mat.Dense { return waves(40, 2) })
	build("symmetric", func() mat.Symmetric { return mat.NewSymDense(2, []float64{2, 1, 1, 2}) })
	build("rng", func() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) })
	build("reader", func() io.Reader { return strings.NewReader("not a file") })
	build("once", func() neuro.Watch { return once })
	build("outcome", func() neuro.Outcome { return neuro.Outcome{Dt: 0.01, Target: waves(40, 2), Output: waves(40, 2)} })
	build("error", func() error { return errOwn })
	build("a file", func() string { return "file.npz" })
	build("two", func() []int { return []int{0, 1} })
	build("two", func() []float64 { return []float64{0.1, 0.9} })
	build("one", func() []float64 { return []float64{0.5} })
	build("three", func() []float64 { return []float64{1, 2, 3} })
	buildTasks()
	buildRate()
	buildSpiking()
	buildFramework()
	buildOthers()
	buildHDF5()
}

func sine() task.Sinusoids {
	s := task.SumOfSinusoids()
	s.Dt = 0.01
	return s
}

func cycling() task.Cycling {
	return must(task.NewCycling(waves(60, 2), waves(60, 2), 0.001))
}

func buildTasks() {
	build("sinusoids", func() task.Task { return cycling() })
	build("mix", func() task.Task { return must(task.NewMix(sine(), sine())) })
	build("cycling", cycling)
	build("mix", func() task.Mix { return must(task.NewMix(sine(), sine())) })
	build("reaching", func() task.Reaching {
		return must(task.NewReaching([]*mat.Dense{waves(40, 2), waves(40, 2)}, 0.01))
	})
	build("trial", func() task.Trial { return must(cycling().Trial(nil)) })
	build("shape", func() task.Shape { return cycling().Shape() })
	build("window", func() task.Window { return task.Window{From: 0, To: 40} })
}

func rateConfig() rate.Config {
	c := rate.DePasquale2016Sinusoids()
	c.Units, c.WarmUpTrials, c.TrainingTrials, c.TestTrials, c.RecordedTrials = 20, 1, 2, 1, 1
	return c
}

// network is an untrained rate network for cycling.
func network() *rate.Network {
	return must(rate.New(rateConfig(), cycling().Shape()))
}

func basis() *factor.Basis {
	return must(factor.PCA(waves(60, 20), factor.Components(2)))
}

func buildRate() {
	build("small", rateConfig)
	build("network", network)
	build("runner", func() *rate.Runner { return network().Runner(nil) })
	build("source", func() task.Source { return must(rate.NewSource(readable(), basis(), cycling())) })
	build("basis", basis)
	build("arrays", func() map[string]*mat.Dense {
		return map[string]*mat.Dense{"weight_ih_l0": waves(20, 1), "weight_hh_l0": waves(20, 20), "weight": waves(2, 20)}
	})
	build("PyTorch", func() rate.ImportConfig { return rate.PyTorch(0.01) })
	build("names", func() rate.ArrayNames { return rate.ArrayNames{} })
	build("find", func() factor.Finder { return factor.PCA })
	build("2", func() factor.Select { return factor.Components(2) })
	build("0.9", func() factor.Select { return factor.Variance(0.9) })
	build("Churchland", func() factor.JPCAConfig {
		c := factor.Churchland2012(0.01)
		c.Components = 2
		return c
	})
	build("rotations", func() *factor.Rotations {
		c := factor.Churchland2012(0.01)
		c.Components = 2
		return must(factor.JPCA([]*mat.Dense{waves(40, 3), swapped(waves(40, 3))}, c))
	})
}

// swapped is a matrix from its last row to its first.
func swapped(m *mat.Dense) *mat.Dense {
	rows, _ := m.Dims()
	out := mat.DenseCopyOf(m)
	for i := range rows {
		out.SetRow(i, m.RawRowView(rows-1-i))
	}
	return out
}

// readable is a network that makes an output by itself.
func readable() *rate.Network {
	n := network()
	n.Feedback = nil
	n.Readout = waves(2, 20)
	return n
}

func spikingConfig() spiking.Config {
	c := spiking.DePasquale2023()
	c.Neurons, c.WarmUpTrials, c.DemeaningTrials, c.TrainingTrials = 20, 1, 1, 2
	return c
}

func daleConfig() dale.Config {
	c := dale.Sparse()
	c.Neurons, c.Rounds, c.TrialsPerRound, c.ValidationTrials = 20, 1, 1, 1
	return c
}

func testConfig() spiking.TestConfig {
	c := spiking.DefaultTest()
	c.WarmUpTrials, c.Trials, c.Recorded = 1, 2, 1
	return c
}

func source() task.Source { return must(task.NewSource(cycling())) }

func model() *spiking.Model {
	return must(spiking.Transfer(context.Background(), spikingConfig(), source()))
}

func recorded() *recording.Recording {
	return must(model().Test(context.Background(), source(), testConfig()))
}

func daleNetwork() *dale.Network {
	return must(dale.Transfer(context.Background(), daleConfig(), source()))
}

func buildSpiking() {
	build("small", spikingConfig)
	build("small", daleConfig)
	build("small", testConfig)
	build("recording's", source)
	build("model", model)
	build("recording", recorded)
	build("dale", daleNetwork)
	build("spikes", func() recording.Spikes { return recorded().Spikes })
	build("trains", func() *spiketrain.Trains { return trains() })
	build("response", func() *spiketrain.Response { return must(trains().PSTH(spiketrain.DefaultPSTH())) })
}

func trains() *spiketrain.Trains {
	times := []float64{0.1, 0.2, 0.25, 0.4, 0.7, 1.1, 1.3, 1.35, 1.6, 1.9}
	neurons := []int{0, 1, 0, 1, 0, 0, 1, 0, 1, 1}
	return must(spiketrain.Cut(times, neurons, 2, []spiketrain.Window{{Zero: 0, Start: 0, Stop: 1}, {Zero: 1, Start: 0, Stop: 1}}))
}

func ring() attractor.RingConfig {
	c := attractor.Ring()
	c.Population.Neurons, c.Points = 30, 200
	return c
}

func integrate() *attractor.Attractor {
	return must(integrator.New(must(nef.NewPopulation(nef.MacNeil2011())), integrator.MacNeil2011()))
}

func attract() *attractor.Attractor { return must(attractor.NewRing(ring())) }

func buildFramework() {
	build("LIF", func() neuron.Model { return neuron.DePasquale2016() })
	build("neurons", func() *neuron.Population { return must(neuron.New(neuron.DePasquale2016(), 3, 0.001)) })
	build("MacNeil", nef.MacNeil2011)
	build("population", func() *nef.Population { return must(nef.NewPopulation(nef.MacNeil2011())) })
	build("line", func() nef.Points { return must(nef.Line(1, 0.05)) })
	build("tuning", func() nef.Tuning {
		return nef.Tuning{Encoders: mat.NewDense(2, 1, []float64{1, -1}), MaxRates: []float64{80, 90}, Intercepts: []float64{0, 0.1}}
	})
	build("identity", func() func([]float64) []float64 { return nef.Identity })
	build("spiking", func() *nef.Spiking { return must(nef.NewSpiking(3, nef.MacNeil2011().LIF(), 0.001, nef.SubStep)) })
	build("synapse", func() *nef.Synapse { return must(nef.NewSynapse(3, 0.1, 0.001)) })
	build("integrator", integrate)
	build("short", func() integrator.LifeConfig {
		c := integrator.Light(0.1)
		c.Curve = nil
		return c
	})
	build("short", func() integrator.DriftConfig {
		return integrator.DriftConfig{Positions: 3, Range: 40, Hold: 0.01, Free: 0.02, Sample: 0.01}
	})
	build("ring", attract)
	build("small ring", ring)
	build("simulation", func() *attractor.Simulation { return must(attract().Simulate(1)) })
	build("gaze", func() attractor.World { return must(attractor.NewGaze(attractor.DefaultGaze(), 2, 0.001, 1)) })
	build("wander", func() attractor.World { return must(attractor.NewWander(ring(), 1)) })
	build("short", func() attractor.LifeConfig { return attractor.LifeConfig{Seconds: 0.01, Kappa: 1e-8, Sample: 0.005} })
	build("short", func() attractor.DriftConfig { return attractor.DriftConfig{Hold: 0.01, Free: 0.02, Sample: 0.01} })
	build("rls", func() *rls.RLS { return must(rls.New(2, rls.Default())) })
	build("filtered", func() *rls.Filtered {
		f := must(rls.NewFiltered(1, 2, 0.9, 0.8))
		if err := f.Learn(rls.Default()); err != nil {
			panic(err)
		}
		return f
	})
	build("state", func() rls.State { return must(rls.NewFiltered(1, 2, 0.9, 0.8)).State() })
	build("readouts", func() *rls.Readouts { return must(rls.New(2, rls.Default())).NewReadouts(2) })
}

func buildOthers() {
	build("panel", func() plotting.Panel { return plotting.Traces(recording.Series{Dt: 0.01, Values: waves(40, 2)}) })
	build("samples", func() plotting.Samples {
		return plotting.Samples{X: []float64{1, 2}, Values: [][]float64{{1, 2}, {3}}}
	})
	build("scree", func() *plotting.ScreePanel { return plotting.Scree([]float64{0.9, 0.1}) })
	build("tuning", func() *plotting.TuningPanel { return plotting.Tuning([]float64{1, 2, 3}, waves(3, 2)) })
	build("figure", func() *plotting.Drawing {
		return plotting.Figure(plotting.Traces(recording.Series{Dt: 0.01, Values: waves(40, 2)}))
	})
	build("slider", func() nb.Control { return nb.Slider("gain", 1, 1, 2) })
	build("quick", func() bench.Options { return bench.Options{Quick: true, Rows: []string{"demo"}} })
	build("nothing", func() experiment.Options { return experiment.Options{Seeds: 1} })
	build("array", func() *matfile.Array { return array() })
}

// array is read from a file, as arrays are.
func array() *matfile.Array {
	const name = "array.npy"
	text := "\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }"
	text += strings.Repeat(" ", 127-len(text)) + "\n" + strings.Repeat("\x00", 16)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		panic(err)
	}
	return must(must(data.Open(name)).Variable("array"))
}
