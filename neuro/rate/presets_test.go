package rate

import (
	"strings"
	"testing"
)

func TestPresetsAreValid(t *testing.T) {
	for name, c := range map[string]struct {
		cfg   Config
		units int
		gain  float64
		form  Form
	}{
		"oscillation":       {DePasquale2018(), 300, 1.5, Current},
		"ready-set-go":      {DePasquale2018ReadySetGo(), 1000, 1.5, Current},
		"sum of sinusoids":  {DePasquale2016Sinusoids(), 300, 1.5, Current},
		"temporal XOR":      {DePasquale2016XOR(), 1000, 1.5, Current},
		"input integration": {DePasquale2016Integration(), 400, 0.5, Current},
		"reaching":          {DePasquale2023Reaching(), 800, 1.4, Rate},
	} {
		if err := c.cfg.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if w := c.cfg.unexplored(); w != nil {
			t.Errorf("%s: %v", name, w)
		}
		if c.cfg.Units != c.units || c.cfg.Gain != c.gain || c.cfg.Form != c.form || c.cfg.Connectivity != 1 || c.cfg.TrainingNoise != 0 {
			t.Errorf("%s: %+v", name, c.cfg)
		}
	}
}

func TestUnexploredParametersAreNamed(t *testing.T) {
	cfg := DePasquale2018()
	cfg.Gain, cfg.Tau, cfg.RLS.Alpha = 4, 0.1, 1e-4
	w := cfg.unexplored()
	const want = "rate training: outside what was explored: Gain is 4 (1.4 to 1.5 in DePasquale et al. 2018 and 2023, 0.5 to 3 here), Tau is 0.1 (0.01 s in DePasquale et al. 2018, to 0.05 s here), RLS.Alpha is 0.0001 ("
	if len(w) != 1 || !strings.HasPrefix(w[0].String(), want) {
		t.Errorf("%v, want %s…", w, want)
	}
}
