package prepare_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

func TestWith(t *testing.T) {
	set := &prepare.Set{
		Dt: 0.01, Conditions: []string{"a"}, Channels: map[string][]string{"x": {"1", "2"}, "y": {"?"}},
		Trials: []prepare.Trial{
			{Index: 3, Series: map[string]*mat.Dense{"x": mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})}},
			{Index: 5, Series: map[string]*mat.Dense{"x": mat.NewDense(3, 2, []float64{6, 5, 4, 3, 2, 1})}},
		},
	}
	sums := func(x mat.Matrix) (*mat.Dense, error) {
		m := new(mat.Dense)
		m.Mul(x, mat.NewDense(2, 1, []float64{1, 1}))
		return m, nil
	}
	got, err := set.With("y", "x", sums)
	if err != nil {
		t.Fatal(err)
	}
	if y := got.Trials[1].Of("y"); !mat.Equal(y, mat.NewDense(3, 1, []float64{11, 7, 3})) {
		t.Errorf("sums are %v", mat.Formatted(y))
	}
	if got.Channels["y"] != nil || set.Channels["y"] == nil || set.Trials[0].Of("y") != nil {
		t.Error("the channels of the former series stay, or the set itself was changed")
	}
	both, err := (prepare.Split{Train: set, Test: set}).With("y", "x", sums)
	if err != nil || !mat.Equal(both.Test.Trials[0].Of("y"), both.Train.Trials[0].Of("y")) {
		t.Errorf("halves of one set differ: %v", err)
	}
	short := func(mat.Matrix) (*mat.Dense, error) { return mat.NewDense(2, 1, nil), nil }
	for _, c := range []struct {
		name, of string
		make     func(mat.Matrix) (*mat.Dense, error)
		want     string
	}{
		{"y", "emg", sums, `no "emg"`},
		{"", "x", sums, "needs a name"},
		{"y", "x", nil, "a function"},
		{"y", "x", short, "trial 3"},
	} {
		if _, err := set.With(c.name, c.of, c.make); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("With(%q, %q): %v", c.name, c.of, err)
		}
	}
}

// As many factors as channels hold all the variance of the training averages, the first
// more than the second, and what is tested has no part in them.
func TestWithFactors(t *testing.T) {
	of := func(values ...float64) *prepare.Set {
		trial := prepare.Trial{Series: map[string]*mat.Dense{"x": mat.NewDense(len(values)/2, 2, values)}}
		return &prepare.Set{Dt: 0.01, Conditions: []string{"a"}, Trials: []prepare.Trial{trial}}
	}
	train := of(1, 2, 3, 5, 5, 9, 8, 9)
	variances := func(test *prepare.Set) (first, second float64) {
		split, err := prepare.Split{Train: train, Test: test}.WithFactors("y", "x", 2)
		if err != nil {
			t.Fatal(err)
		}
		y := split.Train.Trials[0].Of("y")
		return stat.Variance(mat.Col(nil, 0, y), nil), stat.Variance(mat.Col(nil, 1, y), nil)
	}
	x := train.Trials[0].Of("x")
	all := stat.Variance(mat.Col(nil, 0, x), nil) + stat.Variance(mat.Col(nil, 1, x), nil)
	first, second := variances(train)
	if math.Abs(first+second-all) > 1e-9 || first < second {
		t.Errorf("factors hold %g and %g of a variance of %g", first, second, all)
	}
	if f, s := variances(of(100, -3, 0, 7, 5, 5, 1, -50)); f != first || s != second {
		t.Errorf("with another test they hold %g and %g, want %g and %g", f, s, first, second)
	}
	if _, err := (prepare.Split{Train: train, Test: train}).WithFactors("y", "x", 3); err == nil || !strings.Contains(err.Error(), "3 components of 2") {
		t.Errorf("three factors of two channels: %v", err)
	}
}

// The task's outputs and factors are the set's averages, in the order of conditions.
func TestTask(t *testing.T) {
	trial := func(condition int, add float64) prepare.Trial {
		x, y := mat.NewDense(4, 1, []float64{1, 2, 3, 4}), mat.NewDense(4, 2, []float64{1, 2, 3, 4, 5, 6, 7, 8})
		x.Apply(func(_, _ int, v float64) float64 { return v + add }, x)
		return prepare.Trial{Condition: condition, Series: map[string]*mat.Dense{"factors": x, "emg": y}}
	}
	set := &prepare.Set{Dt: 0.02, Conditions: []string{"a", "b", "none"}, Trials: []prepare.Trial{trial(1, 10), trial(0, 1), trial(0, 3)}}
	k, err := set.Task("factors", "emg")
	if err != nil {
		t.Fatal(err)
	}
	if s := k.Shape(); s.Inputs != 2 || s.Outputs != 2 || s.Factors != 1 {
		t.Errorf("shape %+v", s)
	}
	if a, b := k.Factors[0].At(0, 0), k.Factors[1].At(3, 0); a != 3 || b != 14 {
		t.Errorf("factors of a begin at %g, those of b end at %g; want 3 and 14", a, b)
	}
	if _, err := set.Task("latents", "emg"); err == nil || !strings.Contains(err.Error(), `no "latents"`) {
		t.Error(err)
	}
}

func TestColumns(t *testing.T) {
	m := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	got, err := prepare.Columns(2, 0)(m)
	if err != nil || !mat.Equal(got, mat.NewDense(2, 2, []float64{3, 1, 6, 4})) {
		t.Errorf("columns 2 and 0: %v, %v", got, err)
	}
	for _, bad := range [][]int{nil, {3}, {0, -1}} {
		if got, err := prepare.Columns(bad...)(m); err == nil {
			t.Errorf("columns %v: %v", bad, got)
		}
	}
}
