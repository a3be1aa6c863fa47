package compare

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

func all(t *testing.T, h HeldOut) []Prediction {
	t.Helper()
	models, err := h.Baselines(NLBDecoder())
	if err != nil {
		t.Fatal(err)
	}
	return []Prediction{models[1], models[0], models[2]}
}

// Noise of single trials is in the activity: the decoder knows it, the mean of the
// condition does not, and chance knows neither.
func TestWhatEachModelCanKnow(t *testing.T) {
	h := heldOut(t, 0.8)
	table, err := h.Compare(all(t, h)...)
	if err != nil {
		t.Fatal(err)
	}
	mean, chance, decoder := table.Rows[0], table.Rows[1], table.Rows[2]
	// Σ of a sine's and the noise's variance: the condition's part of it.
	if want := 0.5 / (0.5 + 0.64); math.Abs(mean.R2.Value-want) > 0.15 {
		t.Errorf("R² of the condition mean is %v, about %.2f of the variance is the condition's", mean.R2, want)
	}
	if !(decoder.R2.Value > 0.99 && chance.R2.Value < 0.2 && mean.R2.Value < decoder.R2.Low) {
		t.Errorf("decoder %v, condition mean %v, chance %v", decoder.R2, mean.R2, chance.R2)
	}
	if !(mean.Averages > mean.R2.Value && mean.Averages > 0.9) {
		t.Errorf("averages of the condition mean: %g, single trials %v", mean.Averages, mean.R2)
	}
	d, err := h.Difference(table, "linear decoder", "condition mean")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(d.Value-(decoder.R2.Value-mean.R2.Value)) > 1e-12 || !(d.Low > 0 && d.Low < d.Value && d.Value < d.High) {
		t.Errorf("the decoder is better by %v", d)
	}
	text := table.String()
	for _, want := range []string{"emg of 20 held-out trials, 600 bins; intervals of 95 %", "condition mean", "linear decoder", "biceps", "triceps", "["} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// Intervals are those of the scores of the drawn trials, computed from their rows.
func TestIntervalsAreThoseOfDrawnTrials(t *testing.T) {
	h := heldOut(t, 0.8)
	h.Resamples = 50
	models := all(t, h)
	table, err := h.Compare(models...)
	if err != nil {
		t.Fatal(err)
	}
	trials := make([]float64, len(h.Test.Trials))
	for i := range trials {
		trials[i] = float64(i)
	}
	for k, m := range models {
		drawn := func(score func(p, o mat.Matrix) float64) (low, high float64) {
			return stats.Bootstrap(trials, func(d []float64) float64 {
				var p, o []*mat.Dense
				for _, i := range d {
					p, o = append(p, m.Trials[int(i)]), append(o, h.Test.Trials[int(i)].Of("emg"))
				}
				allP, _ := prepare.Stack(p)
				allO, _ := prepare.Stack(o)
				return score(allP, allO)
			}, h.Level, h.Resamples, h.Seed)
		}
		for what, c := range map[string]struct {
			got   Interval
			score func(p, o mat.Matrix) float64
		}{
			"nMSE": {table.Rows[k].NMSE, func(p, o mat.Matrix) float64 { e, _ := NMSE(p, o); return e }},
			"R²":   {table.Rows[k].R2, func(p, o mat.Matrix) float64 { f, _ := R2(p, o); return f.Weighted() }},
			"triceps": {table.Rows[k].Channels[1], func(p, o mat.Matrix) float64 {
				f, _ := R2(p, o)
				return f.Channels[1]
			}},
		} {
			low, high := drawn(c.score)
			if math.Abs(low-c.got.Low) > 1e-10 || math.Abs(high-c.got.High) > 1e-10 {
				t.Errorf("%s of %s: %v, of the rows [%g, %g]", what, m.Name, c.got, low, high)
			}
		}
	}
}

// Bins that one model does not predict are scored for none, and told.
func TestModelsAreScoredOnTheSameBins(t *testing.T) {
	h := heldOut(t, 0.8)
	mean, err := h.ConditionMean()
	if err != nil {
		t.Fatal(err)
	}
	cfg := NLBDecoder()
	cfg.Lag, cfg.History = 3*h.Test.Dt, 2
	decoder, err := h.Decoder(cfg)
	if err != nil {
		t.Fatal(err)
	}
	table, err := h.Compare(mean, decoder)
	if err != nil {
		t.Fatal(err)
	}
	if table.Bins != 20*26 || table.Skipped != 20*4 || !strings.Contains(table.String(), "(80 not predicted by all)") {
		t.Errorf("%d bins, %d skipped, want 520 and 80\n%v", table.Bins, table.Skipped, table)
	}
	recorded, err := h.Recorded()
	if err != nil {
		t.Fatal(err)
	}
	responses, names, err := h.Responses(recorded, mean, decoder)
	if err != nil {
		t.Fatal(err)
	}
	if bins, _ := responses[0].Mean[0].Dims(); len(responses) != 3 || bins != 26 || math.Abs(responses[2].Start-4*h.Test.Dt) > 1e-12 || strings.Join(names, " ") != "left right" || responses[0].Trials[1] != 10 {
		t.Errorf("responses of %v: %d bins from %g s", names, bins, responses[2].Start)
	}
	series, err := h.Averaged(mean)
	if err != nil {
		t.Fatal(err)
	}
	if steps, channels := series.Dims(); steps != 60 || channels != 2 || series.Names[0] != "biceps" || series.Targets.At(4, 0) != responses[0].Mean[0].At(0, 0) || series.Values.At(35, 1) != responses[1].Mean[1].At(1, 1) {
		t.Errorf("averages one after the other: %d x %d of %v", steps, channels, series.Names)
	}
	// A hole in the middle cannot be drawn as one stretch.
	for _, m := range recorded.Trials[:1] {
		m := mat.DenseCopyOf(m)
		m.SetRow(10, []float64{math.NaN(), math.NaN()})
		recorded.Trials[0] = m
	}
	if _, _, err := h.Responses(recorded); err == nil || !strings.Contains(err.Error(), "bins 10 to 10") {
		t.Errorf("a hole: %v", err)
	}
}

func TestComparisonsThatCannotBe(t *testing.T) {
	h := heldOut(t, 0.8)
	mean, err := h.ConditionMean()
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(h *HeldOut)) error {
		other := h
		change(&other)
		_, err := other.Compare(mean)
		return err
	}
	compare := func(models ...Prediction) error {
		_, err := h.Compare(models...)
		return err
	}
	short := Prediction{Name: "short", Trials: mean.Trials[1:]}
	narrow, nothing, endless := Prediction{Name: "narrow"}, Prediction{Name: "nothing"}, Prediction{Name: "endless"}
	for _, m := range mean.Trials {
		narrow.Trials = append(narrow.Trials, chosen(m, []int{0}))
		none, inf := mat.DenseCopyOf(m), mat.DenseCopyOf(m)
		none.Apply(func(int, int, float64) float64 { return math.NaN() }, none)
		inf.Set(3, 1, math.Inf(1))
		nothing.Trials, endless.Trials = append(nothing.Trials, none), append(endless.Trials, inf)
	}
	left, err := h.Train.LeaveConditionsOut()
	if err != nil {
		t.Fatal(err)
	}
	_, unseen := NewHeldOut(left[0], "emg").ConditionMean()
	table, err := h.Compare(mean)
	if err != nil {
		t.Fatal(err)
	}
	_, unknown := h.Difference(table, "condition mean", "oracle")
	_, forgotten := h.Difference(&Table{Rows: []Row{{Name: "a"}, {Name: "b"}}}, "a", "b")
	lag := func(seconds float64, history int) error {
		cfg := NLBDecoder()
		cfg.Lag, cfg.History = seconds, history
		_, err := h.Decoder(cfg)
		return err
	}
	for want, err := range map[string]error{
		"no \"force\"":                   with(func(h *HeldOut) { h.Series = "force" }),
		"it is nil":                      with(func(h *HeldOut) { h.Train = nil }),
		"has no trials":                  with(func(h *HeldOut) { h.Test = &prepare.Set{Dt: 0.02} }),
		"cut both in one way":            with(func(h *HeldOut) { h.Train, _ = h.Train.Window(0.1, 0.3) }),
		"level 95":                       with(func(h *HeldOut) { h.Level = 95 }),
		"no model to score":              compare(),
		"short predicts 19 trials":       compare(short),
		"narrow predicts 30 x 1":         compare(narrow),
		"no bin is predicted":            compare(nothing),
		"+Inf in the prediction of endl": compare(endless),
		"two models are called":          compare(mean, mean),
		"says nothing of condition 0 (l": unseen,
		"no \"oracle\"; it has conditio": unknown,
		"not hold the trials any more":   forgotten,
		"a whole number of bins":         lag(0.031, 1),
		"nothing is left to fit":         lag(0.6, 1),
		"a history of 0":                 lag(0, 0),
	} {
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want a sentence with %q", err, want)
		}
	}
}
