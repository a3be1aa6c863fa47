package prepare_test

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

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
