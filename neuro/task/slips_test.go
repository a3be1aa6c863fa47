package task

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A target so small that its squares are no numbers has the error of the same
// target and output a thousand orders of two larger.
func TestErrorsOfTinyTargets(t *testing.T) {
	for _, size := range []float64{1e-12, 1e-160, 1e-200} {
		target := mat.NewDense(2, 1, []float64{size, -size})
		output := mat.NewDense(2, 1, []float64{3 * size, -3 * size})
		if got := NMSE(output, target, Window{}); math.Abs(got-4) > 1e-12 {
			t.Errorf("three times a target of %g has the error %g, want 4", size, got)
		}
		if got := NMSE(target, target, Window{}); got != 0 {
			t.Errorf("a target of %g itself has the error %g, want 0", size, got)
		}
	}
}

// What steps cannot hold, or what is meant in other units, is refused.
func TestSlipsThatWouldMakeAnotherTask(t *testing.T) {
	same := NewTemporalXOR()
	same.Long = 0.1004
	fast := SumOfSinusoids()
	fast.Harmonics = []int{1, 2, 3, 5000}
	still := SumOfSinusoids()
	still.Harmonics = []int{1, 2, 3, 500}
	sweep := SweptOscillation()
	sweep.Dt, sweep.Pulse = 0.125, 0.125
	tooth := NewSawtooth()
	tooth.Dt = 0.5 * tooth.Period
	once := NewSawtooth()
	once.Period = 0.001
	noise := NewInputIntegration()
	noise.NoiseStep = 10
	stretch := NewInputIntegration()
	stretch.MinStretch, stretch.MaxStretch = 200, 600
	slow := NewContextualIntegration()
	slow.NoiseStep = 10
	degrees, err := NewReaching(lines(2, 81, 2), 0.01)
	if err != nil {
		t.Fatal(err)
	}
	degrees.Directions = []float64{90, 180}
	for name, c := range map[string]struct {
		task Task
		says string
	}{
		"pulses of one length":      {same, "the same in steps of 0.001 s"},
		"5 kHz in steps of 1 ms":    {fast, "harmonic 3 is 5000 Hz, and steps of 0.001 s hold what is below 500 Hz"},
		"half of the sampling rate": {still, "harmonic 3 is 500 Hz"},
		"a sweep to 4.5 Hz at 8 Hz": {sweep, "the fastest of the sweep is 4.5 Hz, and steps of 0.125 s hold what is below 4 Hz"},
		"a sawtooth of two steps":   {tooth, "longer than any step"},
		"a sawtooth of one step":    {once, "the sawtooth is 1000 Hz"},
		"noise in milliseconds":     {noise, "NoiseStep 10 s"},
		"stretches in milliseconds": {stretch, "MinStretch is 200 s"},
		"context's noise likewise":  {slow, "NoiseStep is 10 s"},
		"directions in degrees":     {degrees, "multiply with π/180"},
	} {
		if err := Validate(c.task); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, c.says)
		}
	}
	sweep.Dt, sweep.Pulse = 0.1, 0.1 // 20 steps, 18 are needed
	if err := Validate(sweep); err != nil {
		t.Errorf("a sweep to 4.5 Hz at 10 Hz: %v", err)
	}
}
