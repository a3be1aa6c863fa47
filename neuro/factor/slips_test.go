package factor

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A synapse of 50 ms given as 50, which would leave nothing of the activity, is
// refused, and so is a step of 1 for one of 1 ms.
func TestFiltersAreInSeconds(t *testing.T) {
	activity := mat.NewDense(200, 3, nil)
	for says, c := range map[string]struct{ dt, tau float64 }{
		"a filter's time constant of 50 s for activity of 0.2 s": {0.001, 50},
		"if 1 are milliseconds, write 0.001":                     {1, 50},
	} {
		if _, err := Filter(activity, c.dt, c.tau); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("steps of %g and %g s: error %v, want one that says %q", c.dt, c.tau, err, says)
		}
	}
	if _, err := Filter(activity, 0.01, 1.5); err != nil {
		t.Errorf("1.5 s for activity of 2 s: %v", err)
	}
}
