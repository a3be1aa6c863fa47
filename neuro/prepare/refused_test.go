package prepare

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// saysWhy checks that an error is one sentence of this package that holds words.
func saysWhy(t *testing.T, what string, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: error %v, want one with %q", what, err, words)
	}
}

// What makes no sense of a recording is said before anything is computed from it,
// whoever is asked.
func TestRecordingsThatMakeNoSense(t *testing.T) {
	for words, spoil := range map[string]func(*recording.Recording){
		"there may be up to":                  func(r *recording.Recording) { r.Units = -1 },
		"times of spikes and":                 func(r *recording.Recording) { r.Spikes.Units = r.Spikes.Units[1:] },
		"times must be finite and in order":   func(r *recording.Recording) { r.Spikes.Times[3] = math.NaN() },
		"is of unit 3: there are 3 units":     func(r *recording.Recording) { r.Spikes.Units[0] = 3 },
		"intervals in which 2 units were obs": func(r *recording.Recording) { r.Observed = r.Observed[:2] },
	} {
		rec := laboratory()
		spoil(rec)
		_, err := Cut(rec, config())
		saysWhy(t, "Cut", err, words)
		_, err = ChooseUnits(rec, UnitRules{})
		saysWhy(t, "ChooseUnits", err, words)
		_, err = ChooseTrials(rec, TrialRules{})
		saysWhy(t, "ChooseTrials", err, words)
		_, err = ConditionsOf(rec, "result")
		saysWhy(t, "ConditionsOf", err, words)
		_, err = Directions(rec, "target_pos", "", 4)
		saysWhy(t, "Directions", err, words)
	}
	_, err := Cut(nil, config())
	saysWhy(t, "nil", err, "it is nil")
	_, err = ChooseUnits(&recording.Recording{}, UnitRules{})
	saysWhy(t, "no units", err, "has no units")
}

func TestRulesThatMakeNoSense(t *testing.T) {
	rec, nan := laboratory(), math.NaN()
	for words, rules := range map[string]UnitRules{
		"a rate is not negative":     {LeastRate: -1},
		"observed for a part of at":  {LeastObserved: 1.5},
		"snr of at least NaN":        {AtLeast: map[string]float64{"snr": nan}},
		`no column "q"`:              {Where: map[string][]string{"q": {"good"}}},
		`no column "s"`:              {AtLeast: map[string]float64{"s": 1}},
		"holds no numbers":           {AtLeast: map[string]float64{"quality": 1}},
		`it holds "good", "noise"`:   {Where: map[string][]string{"quality": {"bad"}}},
		"no units are left: 0 of 3 ": {LeastRate: 1e6},
	} {
		_, err := ChooseUnits(rec, rules)
		saysWhy(t, "units", err, words)
	}
	for words, rules := range map[string]TrialRules{
		"lengths are not negative":  {LeastLength: -1},
		"the most not below the":    {LeastLength: 2, MostLength: 1},
		`no event is named "stopp"`: {Finite: []string{"stopp"}},
		"longer than 0.5 s":         {MostLength: 0.5},
	} {
		_, err := ChooseTrials(rec, rules)
		saysWhy(t, "trials", err, words)
	}
	if _, err := ConditionsOf(rec); err == nil {
		t.Error("conditions of no column")
	}
	_, err := Directions(rec, "target_pos", "", 0)
	saysWhy(t, "sectors", err, "0 sectors")
	rec.TrialTable.Columns[1].Texts = make([]string, len(rec.Trials))
	_, err = ConditionsOf(rec, "result")
	saysWhy(t, "empty entries", err, "no trial has an entry in result")
	rec.TrialTable.Columns[1].Texts = make([]string, 3)
	_, err = ConditionsOf(rec, "result")
	saysWhy(t, "a short column", err, "has 3 rows for 10 trials")
	rec.TrialTable = nil
	_, err = ConditionsOf(rec, "result")
	saysWhy(t, "no table", err, `no column "result"`)
}

func TestCutsThatMakeNoSense(t *testing.T) {
	for words, spoil := range map[string]func(*Config, *recording.Recording){
		"Dt is 0 s":                func(c *Config, _ *recording.Recording) { c.Dt = 0 },
		"Snap is not negative":     func(c *Config, _ *recording.Recording) { c.Snap = -1 },
		"it must hold 1 to":        func(c *Config, _ *recording.Recording) { c.To = c.From },
		"no trials to cut":         func(c *Config, _ *recording.Recording) { c.Trials = []int{} },
		"neither units nor series": func(c *Config, _ *recording.Recording) { c.Units, c.Series = []int{}, nil },
		"do not fit into memory":   func(c *Config, _ *recording.Recording) { c.Dt, c.From, c.To = 1e-3, 0, 86_000 },
		"conditions of 1 trials":   func(c *Config, _ *recording.Recording) { c.Conditions = Conditions{Of: []int{0}, Names: []string{"a"}} },
		"is of condition 5":        func(c *Config, r *recording.Recording) { r.Trials[2].Condition = 5; r.Conditions = []string{"a"} },
		"a lag of NaN s":           func(c *Config, _ *recording.Recording) { c.Lags = map[string]float64{"ramp": math.NaN()} },
		"none is left of 10 trials; dro": func(_ *Config, r *recording.Recording) {
			r.Spikes = recording.Spikes{}
			r.Trials[0].Stop = 1
			r.Observed = make([][]recording.Interval, 3)
		},
	} {
		rec, cfg := laboratory(), config()
		spoil(&cfg, rec)
		_, err := Cut(rec, cfg)
		saysWhy(t, "Cut", err, words)
	}
}

// Series without times, numbers or a clock that ticks evenly are refused by whatever
// reads them.
func TestSeriesThatMakeNoSense(t *testing.T) {
	good := func() recording.Series {
		return recording.Series{Dt: 0.001, Values: mat.NewDense(1000, 1, nil)}
	}
	for words, spoil := range map[string]func(*recording.Series){
		"is empty":               func(s *recording.Series) { s.Values = nil },
		"Dt must be positive":    func(s *recording.Series) { s.Dt = 0 },
		"has 2 times for 1000":   func(s *recording.Series) { s.Times = []float64{0, 1} },
		"has one row":            func(s *recording.Series) { s.Values, s.Times = mat.NewDense(1, 1, nil), []float64{0} },
		"times must ascend":      func(s *recording.Series) { s.Values, s.Times = mat.NewDense(3, 1, nil), []float64{0, 2, 1} },
		"a filter needs even":    func(s *recording.Series) { s.Values, s.Times = mat.NewDense(4, 1, nil), []float64{0, 1, 2.4, 3} },
		"every value must be fi": func(s *recording.Series) { s.Values.Set(5, 0, math.Inf(-1)) },
	} {
		s := good()
		spoil(&s)
		_, err := EMG(s, EMGConfig{LowPass: 0.1, Order: 2})
		saysWhy(t, "EMG", err, words)
		_, err = Resample(s, 0.3)
		saysWhy(t, "Resample", err, words)
	}
	s := good()
	for what, c := range map[string]struct {
		err   error
		words string
	}{
		"negative rate":   {second(Resample(s, -1)), "must be positive"},
		"no fraction":     {second(Resample(s, 0.01)), "no fraction of whole numbers"},
		"too many":        {second(Resample(recording.Series{Dt: 1, Values: mat.NewDense(10_000, 1, nil)}, 9_000)), "are more than"},
		"negative cutoff": {second(EMG(s, EMGConfig{LowPass: -1, Order: 2})), "EMG filtered at -1 Hz"},
		"order":           {second(EMG(s, EMGConfig{HighPass: 50, Order: 0})), "order 0"},
		"cutoff":          {second(EMG(s, EMGConfig{LowPass: 500, Order: 2})), "between 0 and half the rate"},
		"quantile":        {third(Normalise(s, 1.5)), "quantile 1.5"},
		"silent":          {third(Normalise(s, 1)), "a channel without activity"},
		"all NaN":         {third(WithoutNaN(recording.Series{Dt: 1, Values: mat.NewDense(1, 1, []float64{math.NaN()})})), "no row of the series is finite"},
	} {
		saysWhy(t, what, c.err, c.words)
	}
	if same, err := Resample(s, 1000); err != nil || same.Values != s.Values {
		t.Errorf("at its own rate a series becomes another (%v)", err)
	}
	var none *Butterworth
	_, err := none.OneWay(s.Values)
	saysWhy(t, "no filter", err, "has no sections")
	f, _ := LowPass(2, 10, 1000)
	_, err = f.ZeroPhase(nil)
	saysWhy(t, "nothing", err, "nothing to filter")
}

// A set that was put together by hand is looked at before it is used.
func TestSetsThatMakeNoSense(t *testing.T) {
	for words, spoil := range map[string]func(*Set){
		"Dt must be positive":          func(s *Set) { s.Dt = math.NaN() },
		"is of condition 4":            func(s *Set) { s.Trials[1].Condition = 4 },
		"trial 1 of the set has y":     func(s *Set) { s.Trials[1].Series = map[string]*mat.Dense{"y": s.Trials[1].Of("x")} },
		"there are no numbers":         func(s *Set) { s.Trials[2].Series = map[string]*mat.Dense{"x": nil} },
		"4 bins of 2 channels, want 3": func(s *Set) { s.Trials[2].Series = map[string]*mat.Dense{"x": mat.NewDense(4, 2, nil)} },
		"every value must be finite":   func(s *Set) { s.Trials[0].Of("x").Set(1, 1, math.NaN()) },
		"counts of 2 units, the set n": func(s *Set) {
			for i := range s.Trials {
				s.Trials[i].Counts = mat.NewDense(3, 2, nil)
			}
		},
		"the set has no trials; dropp": func(s *Set) { s.Trials, s.Dropped = nil, []Drop{{"late", []int{1}}} },
	} {
		s := numbered(0, 1, 3)
		spoil(s)
		for what, err := range map[string]error{
			"Take": second(s.Take([]int{0})), "Concatenated": second(s.Concatenated("x")), "StackedAverages": second(s.StackedAverages("x")),
			"HoldOut": second(s.HoldOut(0.5, 1)), "Folds": second(s.Folds(2, 1)), "LeaveConditionsOut": second(s.LeaveConditionsOut()),
			"Window": second(s.Window(0, 0.02)), "Divided": second(s.Divided("x", []float64{1, 1})), "Task": second(s.Task("x", "x")),
			"With": second(s.With("z", "x", Columns(0))),
		} {
			saysWhy(t, what, err, words)
		}
	}
	s := numbered(0, 1, 3)
	for what, c := range map[string]struct {
		err   error
		words string
	}{
		"position":       {second(s.Take([]int{3})), "positions count from 0"},
		"fraction":       {second(s.HoldOut(1, 1)), "between 0 and 1"},
		"too few":        {second(s.HoldOut(0.1, 1)), "is none: hold out more"},
		"folds":          {second(s.Folds(4, 1)), "4 folds of 3 trials"},
		"one condition":  {second(numbered(1, 1).LeaveConditionsOut()), "of one condition"},
		"window":         {second(s.Window(0.01, 0.05)), "a window from 0.01 to 0.05 s"},
		"no such series": {second(s.Concatenated("y")), `the set has no "y"; it has x`},
		"rates":          {second(s.Rates(Gaussian(0.1))), `no "counts"`},
		"softening":      {third(s.SoftNormalised("x", -1)), "softened by -1"},
		"divisors":       {second(s.Divided("x", []float64{1})), "1 divisors for 2 channels"},
		"divisor":        {second(s.Divided("x", []float64{1, 0})), "divisors must be positive"},
		"output":         {second(s.Task("x", "y")), `no "y"`},
		"nothing":        {second(Stack(nil)), "nothing to stack"},
		"an empty part":  {second(Stack([]*mat.Dense{nil})), "matrix 0 of 1 to stack is empty"},
		"other channels": {second(Stack([]*mat.Dense{mat.NewDense(1, 1, nil), mat.NewDense(1, 2, nil)})), "has 2 channels"},
		"kernel":         {second(Smooth(mat.NewDense(1, 1, nil), 0.01, Kernel{Shape: "box", Width: 1, Reach: 1})), `shape "box"`},
		"its width":      {second(Smooth(mat.NewDense(1, 1, nil), 0.01, Gaussian(-1))), "width -1 s"},
		"its step":       {second(Smooth(mat.NewDense(1, 1, nil), 0, Gaussian(1))), "Dt is 0 s"},
		"no matrix":      {second(Smooth(nil, 0.01, Gaussian(1))), "nothing to smooth"},
	} {
		saysWhy(t, what, c.err, c.words)
	}
	// A channel that never changes is left as it is.
	constant := numbered(0)
	constant.Trials[0].Of("x").Zero()
	if _, by, err := constant.SoftNormalised("x", 0); err != nil || fmt.Sprint(by) != "[1 1]" {
		t.Errorf("constant channels are divided by %v (%v)", by, err)
	}
	if (&Set{}).Bins() != 0 || (&Set{Trials: make([]Trial, 1)}).Bins() != 0 {
		t.Error("a set without numbers has bins")
	}
}

func second[T any](_ T, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }
