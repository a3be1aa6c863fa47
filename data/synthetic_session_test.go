package data_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

func synthetic(t testing.TB, change func(*data.SessionConfig)) *data.Session {
	t.Helper()
	cfg := data.DefaultSession()
	if change != nil {
		change(&cfg)
	}
	s, err := data.SyntheticSession(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// prepared chooses and cuts a session as a user would.
func prepared(t testing.TB, rec *recording.Recording, from, to, dt float64) *prepare.Set {
	t.Helper()
	units, err := prepare.ChooseUnits(rec, prepare.UnitRules{LeastRate: 0.5, LeastObserved: 0.9})
	if err != nil {
		t.Fatal(err)
	}
	trials, err := prepare.ChooseTrials(rec, prepare.TrialRules{Where: map[string][]string{"result": {"R"}}, Finite: []string{"move_onset_time"}})
	if err != nil {
		t.Fatal(err)
	}
	which, err := prepare.Directions(rec, "target_pos", "", 8)
	if err != nil {
		t.Fatal(err)
	}
	set, err := prepare.Cut(rec, prepare.Config{
		Units: units.Kept, Trials: trials.Kept, Conditions: which,
		Align: "move_onset_time", From: from, To: to, Dt: dt, Edges: prepare.LeftClosed,
		Series: map[string]prepare.Stamps{"emg": prepare.BinEnd, "hand_vel": prepare.Instant},
		Lags:   map[string]float64{"emg": 0.05},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(units, "|", trials, "|", len(set.Trials), "cut, dropped", set.Dropped)
	return set
}

// The factors of a session are the space of its units' loadings, to 5 degrees: the
// median of 7 principal angles.
func TestFactorsOfASyntheticSessionAreRecovered(t *testing.T) {
	seeds := uint64(1)
	if testkit.All() {
		seeds = 5
	}
	for seed := uint64(1); seed <= seeds; seed++ {
		s := synthetic(t, func(c *data.SessionConfig) { c.Seed = seed })
		set := prepared(t, s.Recording, -0.5, 0.7, 0.01)
		set, err := set.Rates(prepare.Gaussian(0.04))
		if err != nil {
			t.Fatal(err)
		}
		rates, err := set.StackedAverages(prepare.Rates)
		if err != nil {
			t.Fatal(err)
		}
		basis, err := factor.CentredPCA(rates, factor.Components(7))
		if err != nil {
			t.Fatal(err)
		}
		truth := mat.NewDense(len(set.Units), 7, nil)
		for i, unit := range set.Units {
			truth.SetRow(i, s.Truth.Loadings.RawRowView(unit))
		}
		angles, err := factor.PrincipalAngles(basis.Vectors, truth)
		if err != nil {
			t.Fatal(err)
		}
		for i := range angles {
			angles[i] *= 180 / math.Pi
		}
		t.Logf("principal angles %.1f degrees", angles)
		if median := stats.Median(angles); median > 5 {
			t.Errorf("median principal angle %.1f degrees", median)
		}
	}
}

func TestSyntheticSessionsAreReproducible(t *testing.T) {
	small := func(c *data.SessionConfig) { c.Trials, c.Units, c.Muscles = 16, 8, 3 }
	if a, b := synthetic(t, small), synthetic(t, small); !reflect.DeepEqual(a.Recording.Spikes, b.Recording.Spikes) ||
		!mat.Equal(a.Recording.Series["emg"].Values, b.Recording.Series["emg"].Values) {
		t.Error("one seed gives two sessions")
	}
}

// What was put in is there: spikes listed twice, none in the pause, none of the last
// unit, and each unit's mean rate is that of its latents.
func TestSyntheticSessionsHoldWhatTheirTruthSays(t *testing.T) {
	s := synthetic(t, func(c *data.SessionConfig) { c.Trials = 160 })
	rec, truth := s.Recording, s.Truth
	twice := make([]int, rec.Units)
	for unit, times := range rec.Spikes.ByUnit(rec.Units) {
		for i, at := range times {
			if i > 0 && at == times[i-1] {
				twice[unit]++
			}
			if at >= truth.Pause.From && at < truth.Pause.To {
				t.Fatalf("unit %d fires at %g s, in the pause", unit, at)
			}
			if at*32768 != math.Trunc(at*32768) {
				t.Fatalf("unit %d fires at %g s, between ticks", unit, at)
			}
		}
		if unit == truth.Lost && times[len(times)-1] > rec.Observed[unit][1].To {
			t.Errorf("unit %d fires after it was lost", unit)
		}
	}
	if !slices.Equal(twice, truth.Duplicated) {
		t.Errorf("spikes listed twice %v, in truth %v", twice, truth.Duplicated)
	}
	if len(rec.Spikes.Of(rec.Units-1)) > 0 {
		t.Error("the last unit fires")
	}
	set := prepared(t, rec, -0.3, 0.6, 0.02)
	counts, _, err := set.Averages(prepare.Counts)
	if err != nil {
		t.Fatal(err)
	}
	// Spikes of all units together, in each condition and bin: Poisson, so that
	// squared deviations in units of the variance have a mean of about 1 (gains add
	// a little).
	var chi, cells float64
	for c, m := range counts {
		n := 0.0
		for _, trial := range set.Trials {
			if trial.Condition == c {
				n++
			}
		}
		for k := range 45 {
			var rate, got float64
			x := truth.Latents[c].RawRowView(20*k + 10)
			for j, unit := range set.Units {
				rate += truth.Baselines[unit] * 0.02
				for l, v := range x {
					rate += truth.Loadings.At(unit, l) * v * 0.02
				}
				got += m.At(k, j)
			}
			chi += n * (got - rate) * (got - rate) / rate
			cells++
		}
	}
	if chi /= cells; chi < 0.7 || chi > 2 {
		t.Errorf("squared deviations of the counts are %.2f of Poisson's", chi)
	}
	// So are muscles, 50 ms later, but for their noise.
	emg, _, err := set.Averages("emg")
	if err != nil {
		t.Fatal(err)
	}
	for m := range rec.Series["emg"].Names {
		var got, want []float64
		for c := range emg {
			for k := range 45 {
				// Both are read 50 ms later; truth already has the lag in it.
				if at := 20*k + 10 + 50; at < 1000 {
					got, want = append(got, emg[c].At(k, m)), append(want, truth.Muscles[c].At(at, m))
				}
			}
		}
		if r2 := stats.R2(got, want); r2 < 0.97 {
			t.Errorf("muscle %d: R² of averages %.3f", m, r2)
		}
	}
}

func TestSessionsThatMakeNoSense(t *testing.T) {
	for _, change := range []func(*data.SessionConfig){
		func(c *data.SessionConfig) { c.Trials = 7 }, func(c *data.SessionConfig) { c.Units = 0 }, func(c *data.SessionConfig) { c.Rate = math.NaN() },
		func(c *data.SessionConfig) { c.Lag = -1 }, func(c *data.SessionConfig) { c.EMGStep = 0 }, func(c *data.SessionConfig) { c.Trials, c.Units = 10_000, 10_000 },
	} {
		cfg := data.DefaultSession()
		change(&cfg)
		if _, err := data.SyntheticSession(cfg); err == nil {
			t.Errorf("%+v was taken", cfg)
		}
	}
}
