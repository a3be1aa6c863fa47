package neuro

import (
	"math"
	"strings"
	"testing"
)

func TestCheckStep(t *testing.T) {
	tau := func(s ...float64) (all []TimeConstant) {
		for _, v := range s {
			all = append(all, TimeConstant{"Tau", v})
		}
		return all
	}
	for name, c := range map[string]struct {
		dt    float64
		taus  []TimeConstant
		err   string // "" for none
		kinds []WarningKind
	}{
		"the published rate network":    {0.001, tau(0.010), "", nil},
		"the published spiking network": {0.001, tau(0.010, 0.100, 0.005), "", nil},
		"just above a fifth":            {0.00101, tau(0.010, 0.005), "", []WarningKind{CoarseStep}},
		"equal to the fastest":          {0.005, tau(0.100, 0.005), "", []WarningKind{CoarseStep}},
		"above the fastest":             {0.0051, tau(0.100, 0.005), "a step of 0.0051 s does not resolve Tau, 0.005 s: take a step of at most a fifth", nil},
		"1 ms written as 1":             {1, tau(0.010), "1 looks like milliseconds, write 0.001", nil},
		"0.1 ms written as 0.1":         {0.1, tau(0.010), "0.1 looks like milliseconds, write 0.0001", nil},
		"10 ms as a time constant":      {0.001, tau(10), "", []WarningKind{UnlikelyUnit}},
		"time in units of Tau":          {0.1, tau(1), "", nil},
	} {
		warnings, err := CheckStep("test", c.dt, c.taus...)
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", name, err, c.err)
		}
		var kinds []WarningKind
		for _, w := range warnings {
			kinds = append(kinds, w.Kind)
		}
		if len(kinds) != len(c.kinds) || len(kinds) > 0 && kinds[0] != c.kinds[0] {
			t.Errorf("%s: %v, want %v", name, warnings, c.kinds)
		}
	}
}

// The limits are those of what a step of exponential Euler leaves of a state:
// more than 1/e below an error, more than e^(-1/5) without a warning.
func TestCheckStepLimits(t *testing.T) {
	for _, tau := range []float64{0.0005, 0.005, 0.05, 0.5} {
		for _, left := range []float64{0.3, 0.37, 0.81, 0.82, 0.99} {
			dt := -tau * math.Log(left)
			warnings, err := CheckStep("test", dt, TimeConstant{"Tau", tau})
			if (err != nil) != (left < math.Exp(-1)) || err == nil && (len(warnings) > 0) != (left < math.Exp(-0.2)) {
				t.Errorf("τ %g s, %g left after a step: %v, %v", tau, left, warnings, err)
			}
		}
	}
}
