package plotting

import (
	"reflect"
	"testing"
)

// The diagonal takes no colour from the curves, no part in the numbers, and
// no place beyond the axes.
func TestDiagonal(t *testing.T) {
	curve := func() *CurvePanel {
		return Curve(Samples{Name: "a", X: []float64{1, 2}, Values: [][]float64{{1}, {3}}}, Samples{Name: "b", X: []float64{1, 2}, Values: [][]float64{{2}, {2}}})
	}
	with, err := curve().Diagonal("as wanted").Content()
	if err != nil {
		t.Fatal(err)
	}
	without, err := curve().Content()
	if err != nil {
		t.Fatal(err)
	}
	if with.Frames[0].X.Max != without.Frames[0].X.Max || with.Frames[0].Y.Max != without.Frames[0].Y.Max {
		t.Error("the diagonal changed the axes")
	}
	if n := len(with.Frames[0].Marks) - len(without.Frames[0].Marks); n != 1 {
		t.Errorf("%d marks more, want 1", n)
	}
	if names := with.legend(); len(names) != 3 || names[2].Legend != "as wanted" {
		t.Errorf("the legend is %+v", names)
	}
	encoded(t, Figure(curve().Diagonal("as wanted")).SVG)
	encoded(t, Figure(curve().LogX().LogY().Diagonal("")).SVG)
	if _, err := Figure(curve().LogX().Diagonal("as wanted")).SVG(); err == nil {
		t.Error("a diagonal on one logarithmic axis was drawn")
	}
}

func TestSamplesAdd(t *testing.T) {
	var s Samples
	values := []float64{1, 2}
	s.Add(1, values...)
	values[0] = 9 // which the samples do not share
	s.Add(3, 4)
	if want := (Samples{X: []float64{1, 3}, Values: [][]float64{{1, 2}, {4}}}); !reflect.DeepEqual(s, want) {
		t.Errorf("the samples are %v, want %v", s, want)
	}
}
