package task

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Every number of every task is bent to nonsense after construction. Nothing
// may panic or give a NaN: either the trial is still as declared, or there is
// an error of one line that begins with the task.
func TestNonsenseInAnyFieldIsAnError(t *testing.T) {
	var refused int
	for _, k := range every(t) {
		value := reflect.New(reflect.TypeOf(k)).Elem()
		value.Set(reflect.ValueOf(k))
		bend(value, func(field string, nonsense float64) {
			bent := value.Interface().(Task)
			_, err := NewTrial(bent, neuro.Stream(1, "trial"))
			invalid := Validate(bent)
			if (invalid == nil) != (err == nil) {
				t.Errorf("%s with %s %g: Validate says %v, the trial %v", k.Shape().Name, field, nonsense, invalid, err)
			}
			if err != nil {
				refused++
				if strings.Contains(err.Error(), "\n") || len(err.Error()) > 250 {
					t.Errorf("not a sentence: %v", err)
				}
			}
			if err == nil && (math.IsNaN(nonsense) || math.IsInf(nonsense, 0)) {
				t.Errorf("%s takes %s %g", k.Shape().Name, field, nonsense)
			}
		})
	}
	if refused < 200 {
		t.Errorf("only %d complaints", refused)
	}
}

// bend sets every number in v to nonsense in turn, calls f, and sets it back.
func bend(v reflect.Value, f func(field string, nonsense float64)) {
	for i := range v.NumField() {
		field, name := v.Field(i), v.Type().Field(i).Name
		switch field.Kind() {
		case reflect.Struct:
			bend(field, f)
		case reflect.Float64:
			was := field.Float()
			for _, nonsense := range []float64{0, -1, 1e-9, 1e300, math.NaN(), math.Inf(1), math.Inf(-1)} {
				field.SetFloat(nonsense)
				f(name, nonsense)
			}
			field.SetFloat(was)
		case reflect.Slice, reflect.Pointer, reflect.Interface:
			was := reflect.ValueOf(field.Interface())
			field.SetZero()
			f(name, 0)
			field.Set(was)
		}
	}
}

func TestComplaintsNameTheFieldAndTheRemedy(t *testing.T) {
	rsg, xor, sum, in, context := NewReadySetGo(), NewTemporalXOR(), SumOfSinusoids(), NewInputIntegration(), NewContextualIntegration()
	rsg.MinDelay = 3
	xor.Short = -0.1
	sum.Harmonics = []int{1}
	in.Reset = 5
	context.Bias, context.Noise = 0, 0
	long := SweptOscillation()
	long.Duration = 1e6
	short := NewReadySetGo()
	short.Pulse = 0.0001
	for want, k := range map[string]Task{
		"ready-set-go: MinDelay is 3 s: it must be at most MaxDelay, 2.1 s": rsg,
		"temporal XOR: Short is -0.1 s: it must be positive":                xor,
		"1 Harmonics and 4 Amplitudes":                                      sum,
		"Reset is 5 s":                                                      in,
		"nothing to integrate":                                              context,
		"more than 1000000 steps":                                           long,
		"at least one time step of 0.001 s":                                 short,
		"stream of random numbers":                                          NewReadySetGo(),
	} {
		_, err := k.Trial(nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
}

func TestReachingSaysWhatDoesNotFit(t *testing.T) {
	odd := lines(3, 10, 2)
	odd[1] = mat.NewDense(9, 2, nil)
	hole := lines(3, 10, 2)
	hole[2].Set(4, 1, math.NaN())
	gone := lines(3, 10, 2)
	gone[1] = nil
	for want, emg := range map[string][]*mat.Dense{
		"no EMG": nil,
		"EMG of direction 1 are 9 x 2, want 10 steps x 2 channels": odd,
		"EMG of direction 2 hold NaN at step 4, channel 1":         hole,
		"the trial has no EMG of direction 1":                      gone,
	} {
		if _, err := NewReaching(emg, 0.01); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
	k, err := NewReaching(lines(3, 10, 2), 0.01)
	if err != nil || k.Go != 0.1 {
		t.Errorf("short reaches: error %v, a go pulse of %g s, want 0.1 s", err, k.Go)
	}
	k.Go = 0.35
	if err := k.Validate(); err == nil || !strings.Contains(err.Error(), "Go is 0.35 s: it must be at most a reach, 0.1 s") {
		t.Errorf("a go pulse longer than the reach: %v", err)
	}
}
