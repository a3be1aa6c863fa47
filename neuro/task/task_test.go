package task

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestSweptOscillationIsItsOwnMirror(t *testing.T) {
	trial := trialOf(SweptOscillation(), nil)
	if trial.Steps() != 2000 {
		t.Fatalf("%d steps, want 2000", trial.Steps())
	}
	// f(T-t) = sin(2π(6-phase)) = -f(t): the second half is the first one
	// backwards, upside down.
	for i := 1; i < 1000; i++ {
		if d := trial.Targets.At(i, 0) + trial.Targets.At(2000-i, 0); math.Abs(d) > 1e-9 {
			t.Fatalf("step %d: the halves differ by %g", i, d)
		}
	}
	// 6 cycles cross zero upwards 6 times (counting the start).
	var up int
	for i := 1; i < 2000; i++ {
		if trial.Targets.At(i-1, 0) < 0 && trial.Targets.At(i, 0) >= 0 {
			up++
		}
	}
	if up != 5 {
		t.Errorf("%d upward crossings after the start, want 5", up)
	}
	if got := mat.Sum(trial.Inputs); got != 50 {
		t.Errorf("the pulse lasts %g steps, want 50", got)
	}
}

func TestSumOfSinusoidsIsPeriodic(t *testing.T) {
	s := SumOfSinusoids()
	y := trialOf(s, nil).Targets
	// Power of a sum of harmonics over one period is Σ a²/2 (Parseval).
	var want, got float64
	for _, a := range s.Amplitudes {
		want += a * a / 2
	}
	for t := range 1000 {
		got += y.At(t, 0) * y.At(t, 0) / 1000
	}
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("mean square %g, want %g", got, want)
	}
}

func TestNMSE(t *testing.T) {
	target := mat.NewDense(3, 2, []float64{100, 100, 1, 2, 2, 4})
	output := mat.NewDense(3, 2, []float64{0, 0, 1, 2, 2, 9})
	if got := NMSE(output, target, Window{1, 3}); got != 1 {
		t.Errorf("NMSE %g, want 25/25", got)
	}
	if got := NMSE(target, target, Window{0, 3}); got != 0 {
		t.Errorf("NMSE of the target itself is %g", got)
	}
	// 100² + 100² + 5² over 100² + 100² + 1 + 4 + 4 + 16.
	if got, want := NMSE(output, target, Window{}), 20025.0/20025; got != want {
		t.Errorf("NMSE of the whole trial is %g, want %g", got, want)
	}
	half := mat.NewDense(3, 2, nil)
	half.Scale(0.5, target)
	target.Scale(1e300, target)
	half.Scale(1e300, half)
	if got := NMSE(half, target, Window{}); math.Abs(got-0.25) > 1e-12 {
		t.Errorf("NMSE of half of a huge target is %g, want 0.25", got)
	}
}

// What cannot be scored panics with one sentence, as documented.
func TestScoresOfWhatDoesNotFit(t *testing.T) {
	target := mat.NewDense(3, 2, nil)
	for want, f := range map[string]func(){
		"NMSE of an output of 3 x 1 and a target of 3 x 2": func() { NMSE(mat.NewDense(3, 1, nil), target, Window{0, 3}) },
		"an output of 2 x 2":              func() { NMSE(mat.NewDense(2, 2, nil), target, Window{0, 2}) },
		"of which one is nil":             func() { NMSE(nil, target, Window{}) },
		"window 1-4 of 3 steps":           func() { NMSE(target, target, Window{1, 4}) },
		"window 2-2 of 3 steps":           func() { NMSE(target, target, Window{2, 2}) },
		"window -1-2 of 3 steps":          func() { NMSE(target, target, Window{-1, 2}) },
		"window 0-0 of 0 steps":           func() { NMSE(&mat.Dense{}, &mat.Dense{}, Window{}) },
		"PhaseNMSE of an output of 3 x 1": func() { PhaseNMSE(mat.NewDense(3, 1, nil), target) },
		"PhaseNMSE of no steps":           func() { PhaseNMSE(&mat.Dense{}, &mat.Dense{}) },
	} {
		func() {
			defer func() {
				if said, ok := recover().(string); !ok || !strings.HasPrefix(said, "task: ") || !strings.Contains(said, want) {
					t.Errorf("panic %v, want one that says %q", said, want)
				}
			}()
			f()
		}()
	}
}

func TestNoTaskIsAnError(t *testing.T) {
	if err := Validate(nil); err == nil || !strings.Contains(err.Error(), "there is no task") {
		t.Errorf("no task: %v", err)
	}
}

// A pointer that points to no task is no task.
func TestNilPointerIsNoTask(t *testing.T) {
	var none *Cycling
	if err := Validate(none); err == nil || !strings.Contains(err.Error(), "there is no task") {
		t.Error(err)
	}
}

// Channels x time is refused, and said to be that.
func TestTransposedRecordings(t *testing.T) {
	turned := func(rows, cols int) *mat.Dense { return mat.NewDense(rows, cols, nil) }
	_, one := NewCycling(turned(12, 2000), turned(2000, 3), 0.001)
	_, other := NewCycling(turned(2000, 12), turned(3, 2000), 0.001)
	_, both := NewCycling(turned(3, 2000), turned(3, 2000), 0.001)
	_, cut := NewCycling(turned(1999, 12), turned(2000, 3), 0.001)
	_, short := NewCycling(turned(12, 12), turned(12, 12), 0.001)
	_, reaches := NewReaching([]*mat.Dense{turned(2, 81), turned(2, 81)}, 0.01)
	for want, err := range map[string]error{
		"12 x 2000 and EMG is 2000 x 3: factors need 2000 rows, one for each time step, so transpose them": one,
		"EMG is 3 x 2000 and factors are 2000 x 12: EMG needs 2000 rows, one for each time step, so":       other,
		"3 steps of 2000 muscles and 2000 factors: rows are time steps":                                    both,
		"Pulse is 0.05 s, longer than the stretch of 0.012 s":                                              short,
		"factors have 1999 rows and EMG has 2000: both need a row":                                         cut,
		"2 samples of 81 muscles: rows are samples, so transpose":                                          reaches,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
}

func TestPhaseNMSEFindsTheShift(t *testing.T) {
	target := trialOf(NewSawtooth(), nil).Targets
	for _, behind := range []int{0, 1, 300, 500, -20} {
		output := mat.NewDense(1000, 1, nil)
		for s := range 1000 {
			output.Set((s+behind+1000)%1000, 0, 1.1*target.At(s, 0))
		}
		// What is left is the wrong amplitude.
		nmse, got := PhaseNMSE(output, target)
		if math.Abs(nmse-0.01) > 1e-12 || got != behind {
			t.Errorf("an output %d steps behind: %g, %d", behind, nmse, got)
		}
	}
}

func TestTasksAreAsDeclared(t *testing.T) {
	factors, emg := mat.NewDense(100, 4, nil), mat.NewDense(100, 2, nil)
	cycling, err := NewCycling(factors, emg, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []Task{SweptOscillation(), SumOfSinusoids(), cycling} {
		if err := k.Shape().Validate(); err != nil {
			t.Error(err)
		}
		if err := trialOf(k, nil).Validate(k.Shape()); err != nil {
			t.Error(err)
		}
	}
}

func TestBadTrialsAreRefusedWithPosition(t *testing.T) {
	shape := Shape{Name: "demo", Dt: 0.001, Inputs: 1, Outputs: 2}
	good := func() Trial {
		return Trial{Inputs: mat.NewDense(5, 1, nil), Targets: mat.NewDense(5, 2, nil)}
	}
	cases := []struct {
		name string
		bend func(*Trial)
		want string
	}{
		{"NaN", func(t *Trial) { t.Targets.Set(3, 1, math.NaN()) }, "step 3, channel 1"},
		{"Inf", func(t *Trial) { t.Inputs.Set(4, 0, math.Inf(-1)) }, "inputs hold -Inf at step 4"},
		{"rows", func(t *Trial) { t.Inputs = mat.NewDense(4, 1, nil) }, "4 x 1, want 5 steps"},
		{"columns", func(t *Trial) { t.Targets = mat.NewDense(5, 3, nil) }, "targets are 5 x 3"},
		{"missing", func(t *Trial) { t.Inputs = nil }, "no inputs"},
		{"no targets", func(t *Trial) { t.Targets = nil }, "no targets"},
		{"window", func(t *Trial) { t.Score = Window{3, 9} }, "window 3-9"},
	}
	for _, c := range cases {
		trial := good()
		c.bend(&trial)
		if err := trial.Validate(shape); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that says %q", c.name, err, c.want)
		}
	}
	if err := good().Validate(shape); err != nil {
		t.Error(err)
	}
	for _, s := range []Shape{{Dt: 0, Outputs: 1}, {Dt: 0.001}, {Dt: math.NaN(), Outputs: 1}, {Dt: 1, Outputs: 1, Inputs: -1}} {
		if s.Validate() == nil {
			t.Errorf("%+v was taken", s)
		}
	}
	if _, err := NewCycling(mat.NewDense(10, 2, nil), mat.NewDense(9, 2, nil), 0.001); err == nil {
		t.Error("factors and EMG of different lengths were taken")
	}
	if _, err := NewCycling(nil, mat.NewDense(9, 2, nil), 0.001); err == nil {
		t.Error("missing factors were taken")
	}
}
