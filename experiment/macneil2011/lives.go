package macneil2011

import (
	"context"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/plotting"
)

// What the experiments with neural integrators have in common: a seed is a
// population, and everything is judged against what that population can do
// with its linear optimal decoders.

// optimumConfig is a population, the linear optimal integrator that is made of it, and how
// drift is measured.
type optimumConfig struct {
	Population nef.Config `sweep:"-Dimensions -Seed"`
	Integrator attractor.Config
	Drift      integrator.DriftConfig `sweep:"-Seed"`
}

// follow gives all of it the seed.
func (c *optimumConfig) follow(seed uint64) { c.Population.Seed, c.Drift.Seed = seed, seed }

// Quick looks for drift at a few places, for a short time.
func (c *optimumConfig) Quick() { c.Drift.Positions, c.Drift.Free = 5, 0.2 }

// fortyNeurons is what all integrators have but for what an experiment varies. Decoder
// form holds whatever learning does, at half the cost; noise on single weights wants
// weight form.
func fortyNeurons() optimumConfig {
	c := optimumConfig{nef.MacNeil2011(), integrator.MacNeil2011(), integrator.DefaultDrift()}
	c.Integrator.Form = attractor.Decoders
	return c
}

// lifeConfig is an integrator and its life, of which the experiment says how long it
// is and when drift is looked at.
type lifeConfig struct {
	optimumConfig
	Life integrator.LifeConfig `sweep:"-Seconds -Sample -Seed -Curve -Drift"`
}

// inLight is a life with vision, at the learning rate of the paper.
func inLight() lifeConfig {
	c := lifeConfig{fortyNeurons(), integrator.Light(1200)}
	c.Life.Sample = 0.1
	return c
}

// spoiltConfig is an integrator that is perturbed before it learns.
type spoiltConfig struct {
	lifeConfig
	// Perturbation is the standard deviation of the factors that weights are multiplied
	// by, less 1.
	Perturbation float64
}

func spoilt() spoiltConfig { return spoiltConfig{inLight(), 0.15} }

// paperKappa is the learning rate of MacNeil & Eliasmith (2011) per second, κ =
// 4e-11 in each step of 0.1 ms: the default of every life.
const paperKappa = 4e-7

// lifeTimes are the times, in s, at which drift is measured in a life of 20
// minutes.
var lifeTimes = []float64{0, 25, 50, 100, 200, 400, 800, 1200}

// life is how an integrator drifted at each of some times, in s, and the drift of
// the optimum that it is judged by.
type life struct {
	Optimum integrator.Drift
	Times   []float64
	Drifts  []integrator.Drift
}

// at is the drift at one of the times.
func (l life) at(seconds float64) integrator.Drift { return l.Drifts[slices.Index(l.Times, seconds)] }

// falls is how many times smaller drift became until then.
func (l life) falls(seconds float64) float64 {
	return l.at(0).MeanSpeed / l.at(seconds).MeanSpeed
}

// ratio is the drift then in units of the optimum's.
func (l life) ratio(seconds float64) float64 { return ratio(l.at(seconds), l.Optimum) }

// ratios returns the ratio at each time.
func (l life) ratios() []float64 {
	var v []float64
	for _, d := range l.Drifts {
		v = append(v, ratio(d, l.Optimum))
	}
	return v
}

// life is one of the given time in s, in which drift is measured at the times
// of the curve; quick ones last 2 s.
func (c lifeConfig) life(r experiment.Run, seconds float64, curve ...float64) integrator.LifeConfig {
	cfg := c.Life
	cfg.Seconds, cfg.Seed, cfg.Drift, cfg.Curve = seconds, r.Seed, c.Drift, slices.Clone(curve)
	if r.Quick {
		cfg.Seconds = 2
		for i := range cfg.Curve { // as many looks, in order, within the 2 s
			cfg.Curve[i] = 2 * float64(i) / float64(len(curve))
		}
	}
	return cfg
}

// live lets a copy of an integrator live for 20 minutes, otherwise than c says if
// change says so, and returns what became of it, judged by its optimum.
func (c lifeConfig) live(ctx context.Context, r experiment.Run, o optimum, name string, g *attractor.Attractor, change func(*integrator.LifeConfig)) (*attractor.Attractor, life, error) {
	cfg := c.life(r, 1200, lifeTimes...)
	if change != nil {
		change(&cfg)
	}
	g = g.Clone()
	run, err := integrator.Live(experiment.Part(ctx, name), g, cfg)
	return g, life{o.drift, lifeTimes, run.Curve}, err
}

// liveOn lets an integrator go on living, and measures its drift: the k-th part
// of a life wants a seed of its own.
func liveOn(ctx context.Context, r experiment.Run, g *attractor.Attractor, name string, cfg integrator.LifeConfig, k int) (integrator.Drift, error) {
	cfg.Seed = r.Seed + uint64(k)<<32
	if _, err := integrator.Live(experiment.Part(ctx, name), g, cfg); err != nil {
		return integrator.Drift{}, err
	}
	return integrator.MeasureDrift(ctx, g, cfg.Drift)
}

// optimum is a population's linear optimal integrator, and how it drifts.
type optimum struct {
	*attractor.Attractor
	drift integrator.Drift
}

// optimum returns that of the population. It is shared: clone before learning.
func (c optimumConfig) optimum(ctx context.Context, r experiment.Run) (optimum, error) {
	return experiment.Share(r, "optimum", c, func() (optimum, error) {
		pop, err := nef.NewPopulation(c.Population)
		if err != nil {
			return optimum{}, err
		}
		return c.optimal(ctx, pop)
	})
}

// optimal builds and measures the linear optimal integrator of a population.
func (c optimumConfig) optimal(ctx context.Context, pop *nef.Population) (optimum, error) {
	g, err := integrator.New(pop, c.Integrator)
	if err != nil {
		return optimum{}, err
	}
	drift, err := integrator.MeasureDrift(ctx, g, c.Drift)
	return optimum{g, drift}, err
}

// stage is a moment in an integrator's life.
type stage struct {
	name  string
	drift integrator.Drift
	role  plotting.Role
}

// ratio is a drift in units of the optimum's.
func ratio(d, optimum integrator.Drift) float64 { return d.MeanSpeed / optimum.MeanSpeed }

// positions draws where the eye goes when it is left alone, from every other
// of the held positions, in their order.
func (s stage) positions() *plotting.TracesPanel {
	_, n := s.drift.Traces.Dims()
	var shown []int
	for i := 0; i < n; i += 2 {
		shown = append(shown, i)
	}
	traces := s.drift.Traces
	traces.Names = nil // eleven would fill the legend
	return plotting.Traces(traces).Channels(shown...).Ordered().
		YLim(-60, 60).Title(s.name).YLabel("position (°)")
}

// velocities draws drift against position at each stage.
func velocities(stages ...stage) *plotting.DriftPanel {
	var series []plotting.Line
	var roles []plotting.Role
	for _, s := range stages {
		roles = append(roles, s.role)
		series = append(series, plotting.Line{Name: s.name, X: s.drift.Positions, Y: s.drift.Velocities})
	}
	return plotting.Drift(series...).Role(roles...).XLabel("held position (°)").YLabel("drift (°/s)")
}

// overTime draws how drift changes over the lives of all populations, in units of
// the optimum's, which the line at 1 is called by.
func overTime[D any](optimum string, all []D, lives func(D) []life, names ...string) *plotting.CurvePanel {
	var curves []plotting.Samples
	for i, name := range names {
		curves = append(curves, experiment.Curve(name, lives(all[0])[i].Times, all, func(d D) []float64 { return lives(d)[i].ratios() }))
	}
	return plotting.Curve(curves...).Band().HLine(1, optimum).XLabel("learning time (s)").YLabel("drift / optimum's")
}

// ends compares where lives end, in units of the optimum's drift.
func ends[D any](all []D, lives func(D) []life, names ...string) *plotting.ComparisonPanel {
	return plotting.Comparison(experiment.Groups(all, func(d D) (v []float64) {
		for _, l := range lives(d) {
			v = append(v, l.ratio(l.Times[len(l.Times)-1]))
		}
		return v
	}, names...)...).HLine(1, "optimum").YLabel("drift / optimum's")
}

// steepness is the absolute slope of drift against position in 1/s.
func steepness(d integrator.Drift) float64 { return math.Abs(d.Slope) }
