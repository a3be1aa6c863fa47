package rate_test

import (
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
)

// A time constant in milliseconds beside a step in seconds is warned of, and a
// coarse step too, but for one that the network was trained with.
func TestImportWarnsOfItsTiming(t *testing.T) {
	for _, c := range []struct {
		dt, tau float64
		euler   bool
		want    []neuro.WarningKind
	}{
		{0.01, 0.1, false, nil},
		{0.01, 0.1, true, nil},
		{0.01, 100, false, []neuro.WarningKind{neuro.UnlikelyUnit}},
		{0.01, 100, true, []neuro.WarningKind{neuro.UnlikelyUnit}},
		{0.05, 0.1, false, []neuro.WarningKind{neuro.CoarseStep}},
		{0.05, 0.1, true, nil},
	} {
		cfg := vectorConfig()
		cfg.Orientation, cfg.Dt, cfg.Tau, cfg.ForwardEuler = rate.Rows, c.dt, c.tau, c.euler
		_, imported, err := rate.Import(tree(t, "vector.npz").Matrices, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if len(imported.Warnings) != len(c.want) || len(c.want) > 0 && imported.Warnings[0].Kind != c.want[0] {
			t.Errorf("Dt %g s, Tau %g s, forward Euler %v: %v, want %v", c.dt, c.tau, c.euler, imported.Warnings, c.want)
		}
		if len(c.want) > 0 && !strings.Contains(imported.String(), imported.Warnings[0].Message) {
			t.Errorf("the report does not say so: %s", imported)
		}
	}
}
