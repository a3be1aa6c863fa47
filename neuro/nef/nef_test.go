package nef_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// population draws the paper's population with a seed and changes to it.
func population(t *testing.T, seed uint64, change ...func(*nef.Config)) *nef.Population {
	t.Helper()
	cfg := nef.MacNeil2011()
	cfg.Seed = seed
	for _, c := range change {
		c(&cfg)
	}
	pop, err := nef.NewPopulation(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return pop
}

func line(t *testing.T, dx float64) nef.Points {
	t.Helper()
	points, err := nef.Line(1, dx)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

var paperNoise = nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo}

func TestCurrentInvertsRate(t *testing.T) {
	lif := nef.MacNeil2011().LIF()
	for _, rate := range []float64{1, 20, 100, 499} {
		if got := lif.Rate(lif.Current(rate)); !scalar.EqualWithinRel(got, rate, 1e-9) {
			t.Errorf("Rate(Current(%g)) = %g", rate, got)
		}
	}
	if got := lif.Rate(1); got != 0 {
		t.Errorf("rate at the threshold is %g, want 0", got)
	}
	for _, rate := range []float64{500, 600, -1} {
		if got := lif.Current(rate); !math.IsNaN(got) {
			t.Errorf("Current(%g) = %g, want NaN: no current gives this rate", rate, got)
		}
	}
}

// At x = radius e every neuron must fire at its maximum rate, and at its
// intercept have the current its gain form says, in any dimension.
func TestTuningHitsMaximumAndIntercept(t *testing.T) {
	for _, gain := range []nef.GainForm{nef.GainUsual, nef.GainDemo} {
		for _, d := range []int{1, 2, 3} {
			pop := population(t, 3, func(c *nef.Config) { c.Gain, c.Dimensions, c.Radius = gain, d, 2 })
			for i := range pop.Config.Neurons {
				x := slices.Clone(pop.Encoders.RawRowView(i))
				if norm := floats.Norm(x, 2); !scalar.EqualWithinAbs(norm, 1, 1e-12) {
					t.Fatalf("encoder %d has length %g", i, norm)
				}
				floats.Scale(2, x)
				rates, err := pop.Rates(x)
				if err != nil {
					t.Fatal(err)
				}
				if !scalar.EqualWithinRel(rates[i], pop.MaxRates[i], 1e-9) {
					t.Errorf("%s, D = %d: neuron %d fires at %g Hz at its encoder, want %g", gain, d, i, rates[i], pop.MaxRates[i])
				}
				floats.Scale(pop.Intercepts[i], x)
				currents, err := pop.Currents(x)
				if err != nil {
					t.Fatal(err)
				}
				want := map[nef.GainForm]float64{nef.GainUsual: 1, nef.GainDemo: 0}[gain]
				if tol := 1e-12 * (1 + pop.Gain[i]); !scalar.EqualWithinAbs(currents[i], want, tol) {
					t.Errorf("%s, D = %d: neuron %d has current %g at its intercept, want %g", gain, d, i, currents[i], want)
				}
			}
		}
	}
}

func TestTuningCurvesStartAtIntercept(t *testing.T) {
	pop, points := population(t, 1), line(t, 0.001)
	curves, err := pop.TuningCurves(points.X)
	if err != nil {
		t.Fatal(err)
	}
	for k := range points.X.RawMatrix().Rows {
		for i := range pop.Config.Neurons {
			beyond := pop.Encoders.At(i, 0)*points.X.At(k, 0) - pop.Intercepts[i]
			if rate := curves.At(k, i); math.Abs(beyond) > 1e-9 && (beyond > 0) != (rate > 0) {
				t.Fatalf("neuron %d fires at %g Hz, %g beyond its intercept", i, rate, beyond)
			}
		}
	}
}

func TestEncodersAreBalanced(t *testing.T) {
	pop := population(t, 1, func(c *nef.Config) { c.Neurons = 4000 })
	up := 0
	for i := range 4000 {
		switch pop.Encoders.At(i, 0) {
		case 1:
			up++
		case -1:
		default:
			t.Fatalf("encoder %d is %g, want ±1", i, pop.Encoders.At(i, 0))
		}
	}
	// Five standard deviations of a fair coin.
	if math.Abs(float64(up)-2000) > 5*math.Sqrt(1000) {
		t.Errorf("%d of 4000 encoders point up", up)
	}
}

// The normal equations must give what an independent solver gives for the
// same problem: QR on the rates with the regularisation as extra rows.
func TestDecodersMatchQR(t *testing.T) {
	square := func(x []float64) []float64 { return []float64{x[0], x[0] * x[0]} }
	for _, form := range []nef.RegularisationForm{nef.NoiseDemo, nef.NoiseUsual} {
		pop, points, reg := population(t, 7), line(t, 0.01), nef.Regularisation{Sigma: 0.1, Form: form}
		d, err := nef.Decoders(pop, square, points, reg)
		if err != nil {
			t.Fatal(err)
		}
		a, err := pop.TuningCurves(points.X)
		if err != nil {
			t.Fatal(err)
		}
		rows, n := a.Dims()
		tall, target := mat.NewDense(rows+n, n, nil), mat.NewDense(rows+n, 2, nil)
		for k := range rows {
			w := math.Sqrt(points.Measure)
			for i := range n {
				tall.Set(k, i, w*a.At(k, i))
			}
			target.SetRow(k, square(points.X.RawRowView(k)))
			floats.Scale(w, target.RawRowView(k))
		}
		rho := map[nef.RegularisationForm]float64{nef.NoiseDemo: 1, nef.NoiseUsual: 100}[form]
		for i := range n {
			tall.Set(rows+i, i, math.Sqrt(rho))
		}
		var qr mat.QR
		qr.Factorize(tall)
		var want mat.Dense
		if err := qr.SolveTo(&want, false, target); err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(d, &want, 1e-8*mat.Norm(&want, math.Inf(1))) {
			t.Errorf("%s: decoders differ from the QR solution", form)
		}
	}
}

func TestDecodersInThePlane(t *testing.T) {
	pop := population(t, 2, func(c *nef.Config) { c.Neurons, c.Dimensions = 200, 2 })
	const side = 41
	points := nef.Points{X: mat.NewDense(side*side, 2, nil), Measure: 4.0 / (side * side)}
	axis := floats.Span(make([]float64, side), -0.7, 0.7)
	for k := range side * side {
		points.X.SetRow(k, []float64{axis[k/side], axis[k%side]})
	}
	d, err := nef.Decoders(pop, nef.Identity, points, paperNoise)
	if err != nil {
		t.Fatal(err)
	}
	rmse, err := nef.StaticRMSE(pop, nef.Identity, d, points)
	if err != nil {
		t.Fatal(err)
	}
	if rmse > 0.02 {
		t.Errorf("static RMSE in the plane is %g, want at most 0.02 of a range of 1.4", rmse)
	}
}

// The paper's example population has 0.134 degrees (x = 1 is 50 degrees), and
// the larger regularisation costs several times as much.
func TestStaticRMSEOfThePaper(t *testing.T) {
	const populations = 100
	median := func(gain nef.GainForm, form nef.RegularisationForm) float64 {
		points, rmse := line(t, 0.005), make([]float64, populations)
		for seed := range rmse {
			pop := population(t, uint64(seed), func(c *nef.Config) { c.Gain = gain })
			d, err := nef.Decoders(pop, nef.Identity, points, nef.Regularisation{Sigma: 0.1, Form: form})
			if err != nil {
				t.Fatal(err)
			}
			if rmse[seed], err = nef.StaticRMSE(pop, nef.Identity, d, points); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(rmse)
		t.Logf("gain %s, rho = %s: static RMSE %.3f [%.3f, %.3f] degrees", gain, form,
			50*stat.Quantile(0.5, stat.Empirical, rmse, nil), 50*stat.Quantile(0.25, stat.Empirical, rmse, nil), 50*stat.Quantile(0.75, stat.Empirical, rmse, nil))
		return 50 * stat.Quantile(0.5, stat.Empirical, rmse, nil)
	}
	for _, gain := range []nef.GainForm{nef.GainUsual, nef.GainDemo} {
		small, large := median(gain, nef.NoiseDemo), median(gain, nef.NoiseUsual)
		if small < 0.105 || small > 0.143 {
			t.Errorf("gain %s: median static RMSE %.3f degrees, want 0.105 to 0.143", gain, small)
		}
		if large < 0.35 || large > 0.52 {
			t.Errorf("gain %s: median static RMSE %.3f degrees with the larger regularisation, want about 0.43", gain, large)
		}
	}
}

func TestSingularDecoders(t *testing.T) {
	// With both neurons silent below their intercepts there is nothing to decode.
	pop := population(t, 1, func(c *nef.Config) { c.Neurons, c.Intercepts = 2, nef.Range{Low: 0.5, High: 0.5} })
	points := nef.Points{X: mat.NewDense(2, 1, []float64{-0.1, 0.1}), Measure: 0.2}
	_, err := nef.Decoders(pop, nef.Identity, points, nef.Regularisation{Sigma: 0, Form: nef.NoiseDemo})
	var singular *nef.SingularError
	if !errors.As(err, &singular) {
		t.Fatalf("error is %v, want a SingularError", err)
	}
	if !strings.Contains(err.Error(), "regularisation") {
		t.Errorf("%q does not say what would help", err)
	}
}

// Spike counts must come within 1 of the closed-form rate times the time. On
// the grid every interval is rounded up to a whole step, so that the count
// falls short by up to rate² dt T more.
func TestSpikeCountsMatchRates(t *testing.T) {
	const dt, seconds = 1e-4, 10.0
	pop := population(t, 11, func(c *nef.Config) { c.Neurons = 200 })
	for _, timing := range []nef.SpikeTiming{nef.SubStep, nef.OnGrid} {
		for _, x := range []float64{-0.9, -0.3, 0.35, 1} {
			neurons, err := nef.NewSpiking(200, pop.Config.LIF(), dt, timing)
			if err != nil {
				t.Fatal(err)
			}
			src := rand.New(rand.NewPCG(1, 2))
			for i := range neurons.Voltage {
				neurons.Voltage[i] = src.Float64()
			}
			currents, _ := pop.Currents([]float64{x})
			rates, _ := pop.Rates([]float64{x})
			counts := make([]float64, 200)
			for range int(seconds / dt) {
				for _, k := range neurons.Step(currents) {
					counts[k.Neuron]++
					if k.Age < 0 || k.Age > dt || timing == nef.OnGrid && k.Age != 0 {
						t.Fatalf("%s: a spike %g s before its step's end", timing, k.Age)
					}
				}
			}
			for i, rate := range rates {
				short := 0.0
				if timing == nef.OnGrid {
					short = rate * rate * dt * seconds
				}
				if diff := counts[i] - rate*seconds; diff > 1 || diff < -1-short {
					t.Errorf("%s, x = %g: neuron %d fired %g times in %g s at %g Hz", timing, x, i, counts[i], seconds, rate)
				}
			}
		}
	}
}

// Spike times, too, must be those of theory: sub-step ones are evenly spaced
// to rounding, on-grid ones lie a whole number of steps apart.
func TestSpikeTimes(t *testing.T) {
	const dt, rate = 1e-4, 73.3
	lif := neuron.LIF{Tau: 0.1, Threshold: 1, Refractory: 0.00205} // not a multiple of the step
	for _, timing := range []nef.SpikeTiming{nef.SubStep, nef.OnGrid} {
		neurons, err := nef.NewSpiking(1, lif, dt, timing)
		if err != nil {
			t.Fatal(err)
		}
		last := 0.0
		for step := range 20000 {
			for _, k := range neurons.Step([]float64{lif.Current(rate)}) {
				now := float64(step+1)*dt - k.Age
				interval := now - last
				switch {
				case last == 0:
				case timing == nef.SubStep && math.Abs(interval-1/rate) > 1e-12:
					t.Fatalf("sub-step interval %.15g s, want %.15g", interval, 1/rate)
				case timing == nef.OnGrid && (interval < 1/rate-1e-12 || interval > 1/rate+2*dt):
					t.Fatalf("on-grid interval %g s for a rate of %g Hz", interval, rate)
				}
				last = now
			}
		}
		if last == 0 {
			t.Fatalf("%s: no spike", timing)
		}
	}
}

func TestVoltageFollowsMembraneEquation(t *testing.T) {
	lif := neuron.LIF{Tau: 0.1, Threshold: 1, Refractory: 0.002}
	neurons, err := nef.NewSpiking(2, lif, 1e-3, nef.SubStep)
	if err != nil {
		t.Fatal(err)
	}
	for range 70 {
		if spikes := neurons.Step([]float64{0.8, -3}); len(spikes) > 0 {
			t.Fatal("a spike below the threshold current")
		}
	}
	if want := 0.8 * (1 - math.Exp(-0.07/0.1)); !scalar.EqualWithinAbs(neurons.Voltage[0], want, 1e-12) {
		t.Errorf("voltage %g after 70 ms, want %g", neurons.Voltage[0], want)
	}
	if neurons.Voltage[1] != 0 {
		t.Errorf("voltage sank to %g, want 0", neurons.Voltage[1])
	}
}

// One spike leaves h(t) behind, whose area is 1 wherever in its step it fell.
func TestSynapseHasUnitArea(t *testing.T) {
	const tau, dt = 0.1, 1e-4
	for _, age := range []float64{0, 3e-5, dt} {
		syn, err := nef.NewSynapse(2, tau, dt)
		if err != nil {
			t.Fatal(err)
		}
		syn.Step([]nef.Spike{{Neuron: 1, Age: age}})
		if want := math.Exp(-age/tau) / tau; !scalar.EqualWithinRel(syn.Activity[1], want, 1e-14) {
			t.Errorf("activity %g after a spike, want %g", syn.Activity[1], want)
		}
		// The integral from the spike on: the part within its step, then a sum
		// of exact step integrals ∫ = a τ (1 - decay).
		area := 1 - math.Exp(-age/tau)
		for range 30000 {
			area += syn.Activity[1] * tau * (1 - syn.Decay())
			syn.Step(nil)
		}
		if !scalar.EqualWithinAbs(area, 1, 1e-9) {
			t.Errorf("area %g for a spike of age %g, want 1", area, age)
		}
		if syn.Activity[0] != 0 {
			t.Errorf("a neuron that never fired has activity %g", syn.Activity[0])
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	pop := population(t, 1)
	neurons, _ := nef.NewSpiking(40, pop.Config.LIF(), 1e-4, nef.SubStep)
	syn, _ := nef.NewSynapse(40, 0.1, 1e-4)
	currents, _ := pop.Currents([]float64{0.5})
	if got := testing.AllocsPerRun(2000, func() { syn.Step(neurons.Step(currents)) }); got != 0 {
		t.Errorf("a step allocates %g times", got)
	}
}

func TestSeedsAreStreams(t *testing.T) {
	a, b := population(t, 5), population(t, 5)
	if !mat.Equal(a.Encoders, b.Encoders) || !slices.Equal(a.Gain, b.Gain) || !slices.Equal(a.Bias, b.Bias) {
		t.Error("the same seed gave two populations")
	}
	if c := population(t, 6); slices.Equal(a.Gain, c.Gain) {
		t.Error("two seeds gave the same population")
	}
	more := population(t, 5, func(c *nef.Config) { c.MaxRate.High = 200 })
	if !mat.Equal(a.Encoders, more.Encoders) || !slices.Equal(a.Intercepts, more.Intercepts) {
		t.Error("another range of rates changed encoders or intercepts")
	}
}

// A population of one neuron is a population.
func TestOneNeuron(t *testing.T) {
	pop := population(t, 3, func(c *nef.Config) { c.Neurons = 1 })
	d, err := nef.Decoders(pop, nef.Identity, line(t, 0.01), paperNoise)
	if err != nil {
		t.Fatal(err)
	}
	// For one neuron Γ⁻¹ Υ is ∫ a x / (∫ a² + ρ).
	a, _ := pop.TuningCurves(line(t, 0.01).X)
	ax, aa := 0.0, 0.1*0.1*100
	for k := range 201 {
		ax += a.At(k, 0) * line(t, 0.01).X.At(k, 0) * 0.01
		aa += a.At(k, 0) * a.At(k, 0) * 0.01
	}
	if got := d.At(0, 0); !scalar.EqualWithinRel(got, ax/aa, 1e-9) {
		t.Errorf("decoder %g, want %g", got, ax/aa)
	}
}

// A silent population comes to rest at 0 and not at the subnormal numbers, on
// which processors are slow.
func TestSilenceIsZero(t *testing.T) {
	neurons, _ := nef.NewSpiking(2, neuron.LIF{Tau: 0.1, Threshold: 1, Refractory: 0.002}, 1e-3, nef.SubStep)
	syn, _ := nef.NewSynapse(2, 0.1, 1e-3)
	neurons.Voltage[0], syn.Activity[1] = 0.9, 100
	last := 0.0
	for range 75_000 {
		syn.Step(neurons.Step([]float64{0, 0}))
		if syn.Activity[1] > 0 {
			last = syn.Activity[1]
		}
	}
	if neurons.Voltage[0] != 0 || syn.Activity[1] != 0 || last > 1e-300 {
		t.Errorf("after 75 s of silence the voltage is %g, the activity %g (before: %g)", neurons.Voltage[0], syn.Activity[1], last)
	}
}

func TestBadInput(t *testing.T) {
	for want, change := range map[string]func(*nef.Config){
		"Neurons":    func(c *nef.Config) { c.Neurons = 0 },
		"Dimensions": func(c *nef.Config) { c.Dimensions = 0 },
		"TauRC":      func(c *nef.Config) { c.TauRC = math.NaN() },
		"TauRef":     func(c *nef.Config) { c.TauRef = 0 },
		"cannot be reached with a refractory time": func(c *nef.Config) { c.MaxRate.High = 500 },
		"MaxRate":    func(c *nef.Config) { c.MaxRate = nef.Range{Low: 100, High: 20} },
		"Intercepts": func(c *nef.Config) { c.Intercepts = nef.Range{Low: 1, High: 1} },
		"Radius":     func(c *nef.Config) { c.Radius = math.Inf(1) },
		"Gain":       func(c *nef.Config) { c.Gain = "" },
	} {
		cfg := nef.MacNeil2011()
		change(&cfg)
		if _, err := nef.NewPopulation(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}

	pop, points := population(t, 1), line(t, 0.1)
	d, err := nef.Decoders(pop, nef.Identity, points, paperNoise)
	if err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"x of 2 dimensions": func() error { _, err := pop.Rates([]float64{0, 0}); return err },
		"points in a plane": func() error { _, err := pop.TuningCurves(mat.NewDense(3, 2, nil)); return err },
		"x NaN":             func() error { _, err := pop.Rates([]float64{math.NaN()}); return err },
		"x infinite":        func() error { _, err := pop.Currents([]float64{math.Inf(-1)}); return err },
		"grid step tiny":    func() error { _, err := nef.Line(1, 1e-300); return err },
		"grid step NaN":     func() error { _, err := nef.Line(1, math.NaN()); return err },
		"points NaN": func() error {
			_, err := pop.TuningCurves(mat.NewDense(2, 1, []float64{0, math.NaN()}))
			return err
		},
		"no neurons":  func() error { _, err := nef.NewSpiking(0, pop.Config.LIF(), 1e-4, nef.SubStep); return err },
		"no synapses": func() error { _, err := nef.NewSynapse(0, 0.1, 1e-4); return err },
		"grid step 0": func() error { _, err := nef.Line(1, 0); return err },
		"function NaN": func() error {
			_, err := nef.Decoders(pop, func([]float64) []float64 { return []float64{math.NaN()} }, points, paperNoise)
			return err
		},
		"function of nothing": func() error {
			_, err := nef.Decoders(pop, func([]float64) []float64 { return nil }, points, paperNoise)
			return err
		},
		"no measure": func() error {
			_, err := nef.Decoders(pop, nef.Identity, nef.Points{X: points.X}, paperNoise)
			return err
		},
		"regularisation form": func() error {
			_, err := nef.Decoders(pop, nef.Identity, points, nef.Regularisation{Sigma: 0.1})
			return err
		},
		"negative noise": func() error {
			_, err := nef.Decoders(pop, nef.Identity, points, nef.Regularisation{Sigma: -1, Form: nef.NoiseDemo})
			return err
		},
		"another population's decoders": func() error {
			_, err := nef.Estimate(population(t, 1, func(c *nef.Config) { c.Neurons = 7 }), d, points)
			return err
		},
		"step beyond refractory time": func() error { _, err := nef.NewSpiking(1, pop.Config.LIF(), 0.003, nef.SubStep); return err },
		"spike timing":                func() error { _, err := nef.NewSpiking(1, pop.Config.LIF(), 1e-4, ""); return err },
		"synapse of 0 s":              func() error { _, err := nef.NewSynapse(1, 0, 1e-4); return err },
	} {
		if call() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
