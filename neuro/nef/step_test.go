package nef_test

import (
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// A step that does not resolve a membrane or a synapse is an error, as are
// rates in kilohertz.
func TestStepsAndRatesAreInSeconds(t *testing.T) {
	_, membrane := nef.NewSpiking(1, neuron.LIF{Tau: 0.001, Threshold: 1, Refractory: 0.002}, 0.0015, nef.SubStep)
	_, synapse := nef.NewSynapse(1, 0.1, 1)
	cfg := nef.MacNeil2011()
	cfg.MaxRate = nef.Range{Low: 0.02, High: 0.1}
	for says, err := range map[string]error{
		"nef: a step of 0.0015 s does not resolve Tau, 0.001 s": membrane,
		"1 looks like milliseconds, write 0.001":                synapse,
		"if these are kilohertz, write 20 to 100":               cfg.Validate(),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

// A membrane of 20 ms given as 20 would make tuning curves of another form.
func TestMembranesAreInSeconds(t *testing.T) {
	cfg := nef.MacNeil2011()
	cfg.TauRC = 20
	if _, err := nef.NewPopulation(cfg); err == nil || !strings.Contains(err.Error(), "TauRC is 20 s, longer than any membrane's time constant (the paper's is 0.1): if these are milliseconds, write 0.02") {
		t.Errorf("a membrane of 20 s: %v", err)
	}
}
