package rate

import "testing"

func TestPresetsAreValid(t *testing.T) {
	for name, c := range map[string]struct {
		cfg   Config
		units int
		gain  float64
		form  Form
	}{
		"oscillation":       {Oscillation2018(), 300, 1.5, Current},
		"ready-set-go":      {ReadySetGo2018(), 1000, 1.5, Current},
		"sum of sinusoids":  {SumOfSinusoids2016(), 300, 1.5, Current},
		"temporal XOR":      {TemporalXOR2016(), 1000, 1.5, Current},
		"input integration": {InputIntegration2016(), 400, 0.5, Current},
		"reaching":          {Reaching2023(), 800, 1.4, Rate},
	} {
		if err := c.cfg.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.cfg.Units != c.units || c.cfg.Gain != c.gain || c.cfg.Form != c.form || c.cfg.Connectivity != 1 || c.cfg.TrainingNoise != 0 {
			t.Errorf("%s: %+v", name, c.cfg)
		}
	}
}
