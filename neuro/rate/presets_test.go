package rate

import "testing"

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
		if c.cfg.Units != c.units || c.cfg.Gain != c.gain || c.cfg.Form != c.form || c.cfg.Connectivity != 1 || c.cfg.TrainingNoise != 0 {
			t.Errorf("%s: %+v", name, c.cfg)
		}
	}
}
