package choose

import "testing"

func TestOne(t *testing.T) {
	notebooks := []string{"00_start_here", "01_rate_training", "02_pca", "05_integrator", "05_interval"}
	for name, want := range map[string]string{
		"02_pca":      "02_pca",
		"02":          "02_pca",
		"01_RATE":     "01_rate_training",
		"05_integ":    "05_integrator",
		"05":          `"05" may be the notebook 05_integrator or 05_interval: write more of its name`,
		"0":           `"0" may be the notebook 00_start_here, 01_rate_training, 02_pca, 05_integrator or 05_interval: write more of its name`,
		"02_pac":      `no notebook is called "02_pac": did you mean 02_pca?`,
		"07":          `no notebook is called "07": there are 00_start_here, 01_rate_training, 02_pca, 05_integrator, 05_interval`,
		"":            `no notebook is called "": there are 00_start_here, 01_rate_training, 02_pca, 05_integrator, 05_interval`,
		"05_interxal": `no notebook is called "05_interxal": did you mean 05_interval?`,
	} {
		got, err := One("notebook", name, notebooks)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	if _, err := One("notebook", "a", nil); err == nil || err.Error() != `no notebook is called "a": there are none` {
		t.Errorf("of none: %v", err)
	}
	if got := Alike("my netbook", []string{"my notebook", "a"}); len(got) != 1 || got[0] != "my notebook" {
		t.Errorf("alike are %q", got)
	}
	// A whole name goes before longer ones that begin with it.
	if got, err := One("row", "free", []string{"free", "free-3200"}); got != "free" || err != nil {
		t.Error(got, err)
	}
}
