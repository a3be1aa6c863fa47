package experiment

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// Sizes of temporal XOR, and the gain g0 of g = g0 √(N/N_r), which was chosen
// on the validation seeds.
const (
	xorUnits      = 1000
	xorRateTrials = 40
	xorNeurons    = 1000
	xorTrials     = 100
	xorTests      = 200
	xorRateTests  = 50
	xorGain       = 12
)

// xorConditions names the conditions of task.TemporalXOR.
var xorConditions = []string{"short, short", "short, long", "long, short", "long, long"}

// xorInSpikes is xor.spiking.
func xorInSpikes() Experiment {
	e := Experiment{
		ID:        "xor.spiking",
		Statement: "Spiking neurons remember the length of a pulse, compare the next one with it, and keep the answer until it is asked for.",
		Setup: fmt.Sprintf("Temporal XOR, %d rate units (full-FORCE, %d trials), the components that hold 99 %% of their variance, %d neurons, g = %g √(N/N_r), "+
			"%d training and %d test trials, of which the rate network was shown the first %d.",
			xorUnits, xorRateTrials, xorNeurons, float64(xorGain), xorTrials, xorTests, xorRateTests),
		Seeds: 5,
		Measures: []Measure{
			{Name: "correct, spiking network", Unit: "%", Bars: []Bar{atLeast(95)}},
			{Name: "correct, rate network", Unit: "%"},
			{Name: "output, spiking network"},
			{Name: "output, rate network"},
			{Name: "factors, spiking network"},
			{Name: "components"},
		},
	}
	return define(e, runXORInSpikes, drawXOR)
}

func drawXOR(all []decisions) *plotting.Drawing {
	var spikes, rates plotting.Group
	spikes.Name, rates.Name = "spiking network", "rate network"
	for _, d := range all {
		spikes.Values, rates.Values = append(spikes.Values, d.correct), append(rates.Values, d.rateCorrect)
	}
	one := all[0]
	return plotting.Figure(
		plotting.Outputs(one.dt, one.rateMeans, one.means).Start(-xorBefore).Names(xorConditions...).Legend("rate network", "spiking network").
			Title("mean output, by the pulses' lengths").XLabel("time from the first pulse (s)").YLim(-1.3, 1.3).Height(9),
		plotting.Comparison(spikes, rates).Threshold(95, "95 %").Title("test, one point a seed").YLabel("correct trials (%)").Height(9),
		plotting.Outputs(one.dt, one.targets, one.outputs).Title("spiking network, first trials").YLabel("output").YLim(-1.3, 1.3),
		plotting.Raster(one.spikes.Times, one.spikes.Neurons).Neurons(xorShown).Title("its spikes"),
	).Columns(2)
}

// decisions is how a rate network and its spiking twin answer.
type decisions struct {
	dt                   float64
	correct, rateCorrect float64 // in per cent
	// means and rateMeans are the mean outputs from xorBefore the first pulse
	// on, T × conditions.
	means, rateMeans *mat.Dense
	// targets, outputs and spikes are of the spiking network's first seconds.
	targets, outputs *mat.Dense
	spikes           spiking.Spikes
}

const (
	xorBefore  = 0.2 // seconds shown before the first pulse
	xorAfter   = 1.9 // and after its start
	xorSeconds = 6   // of single trials
	xorShown   = 60  // neurons whose spikes are
)

func runXORInSpikes(ctx context.Context, r Run) (Values, decisions, error) {
	k := task.NewTemporalXOR()
	net, basis, err := xorNetwork(ctx, r, k)
	if err != nil {
		return nil, decisions{}, err
	}
	src, err := rate.NewSource(net, basis, k)
	if err != nil {
		return nil, decisions{}, err
	}
	cfg := r.spiking(xorNeurons, xorTrials)
	cfg.Gain = relativeGain(xorGain, cfg.Neurons, net.Units())
	cfg.WarmUpTrials, cfg.DemeaningTrials = min(cfg.WarmUpTrials, 5), min(cfg.DemeaningTrials, 30)
	model, err := spiking.Transfer(ctx, cfg, src, r.watchPart("spikes"))
	if err != nil {
		return nil, decisions{}, err
	}
	test, tests := r.test(), xorRateTests
	if !r.Quick {
		test.WarmUpTrials, test.Trials = 5, xorTests
	} else {
		tests = test.Trials
	}
	test.Recorded, test.Record.Spikes = tests, firstNeurons(xorShown)
	rec, err := model.Test(ctx, src, test, r.watchPart("test"))
	if err != nil {
		return nil, decisions{}, err
	}
	trials, outputs, err := outputsOf(ctx, net, k, tests, test.Seed)
	if err != nil {
		return nil, decisions{}, err
	}
	v, d := xorResult(k, basis, rec, trials, outputs)
	return v, d, nil
}

// xorNetwork is a rate network that does the task, and its components.
func xorNetwork(ctx context.Context, r Run, k task.TemporalXOR) (*rate.Network, *factor.Basis, error) {
	cfg := rate.TemporalXOR2016()
	cfg.Seed, cfg.Units, cfg.TrainingTrials = r.Seed, xorUnits, xorRateTrials
	cfg.WarmUpTrials, cfg.TestTrials, cfg.RecordedTrials = 3, 12, 12
	if r.Quick {
		cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 60, 3, 2
	}
	fit, err := rate.TrainFullForce(ctx, cfg, k, r.watchPart("full-FORCE"))
	if err != nil {
		return nil, nil, err
	}
	basis, err := factor.PCA(fit.Activity, factor.Variance(0.99))
	return fit.Network, basis, err
}

// xorResult compares what the two networks did in the same trials.
func xorResult(k task.TemporalXOR, basis *factor.Basis, rec *spiking.Recording, trials []task.Trial, outputs []*mat.Dense) (Values, decisions) {
	var together *mat.Dense
	var errors []float64
	right := 0
	for i, trial := range trials {
		together = below(together, outputs[i])
		errors = append(errors, task.NMSE(outputs[i], trial.Targets, trial.Scored()))
		if trial.Correct(outputs[i]) {
			right++
		}
	}
	shown := int(xorSeconds / k.Dt)
	d := decisions{
		dt: k.Dt, correct: 100 * rec.Accuracy(), rateCorrect: 100 * float64(right) / float64(len(trials)),
		means: conditionMeans(rec.Outputs, trials), rateMeans: conditionMeans(together, trials),
		targets: mat.DenseCopyOf(head(rec.OutputTargets, shown)), outputs: mat.DenseCopyOf(head(rec.Outputs, shown)),
		spikes: rec.Spikes.Window(0, xorSeconds),
	}
	factors, output := rec.MedianErrors()
	return Values{
		"correct, spiking network": d.correct,
		"correct, rate network":    d.rateCorrect,
		"output, spiking network":  output,
		"output, rate network":     task.Median(errors),
		"factors, spiking network": factors,
		"components":               float64(basis.Dim()),
	}, d
}

// conditionMeans averages outputs (T × 1) of trials that follow one another
// over those of each condition, aligned at the first pulse.
func conditionMeans(outputs *mat.Dense, trials []task.Trial) *mat.Dense {
	dt := task.NewTemporalXOR().Dt
	before, length := int(xorBefore/dt), int((xorBefore+xorAfter)/dt)
	means := mat.NewDense(length, len(xorConditions), nil)
	counts := make([]float64, len(xorConditions))
	rows, _ := outputs.Dims()
	start := 0
	for _, trial := range trials {
		from := start + onset(trial) - before
		start += trial.Steps()
		if from+length > rows {
			break
		}
		c := trial.Condition
		counts[c]++
		for t := range length {
			mean := means.At(t, c)
			means.Set(t, c, mean+(outputs.At(from+t, 0)-mean)/counts[c])
		}
	}
	return means
}

// onset is the step in which a trial's input starts.
func onset(trial task.Trial) int {
	t := 0
	for trial.Inputs.At(t, 0) == 0 {
		t++
	}
	return t
}

// firstNeurons are the neurons 0 to n-1.
func firstNeurons(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
