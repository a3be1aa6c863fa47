package factor

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// A recorded series goes in as it is, with the bits of its values.
func TestRecordedSeriesIsAsItsValues(t *testing.T) {
	x := random(200, 30)
	series := recording.Series{Values: x, Dt: 0.001}
	for name, find := range map[string]Finder{"PCA": PCA, "CentredPCA": CentredPCA} {
		plain, err := find(x, Components(5))
		if err != nil {
			t.Fatal(err)
		}
		of, err := find(series, Components(5))
		if err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(plain.Vectors, of.Vectors) {
			t.Errorf("%s of a series differs from that of its values", name)
		}
		y, _ := plain.Project(x)
		z, err := of.Project(series)
		if err != nil || !mat.Equal(y, z) {
			t.Errorf("%s: factors of a series differ from those of its values: %v", name, err)
		}
	}
	a, err := Compare(series, series, 3, PCA)
	if err != nil || a.MedianAngle() > 1e-6 {
		t.Errorf("a series and itself: %v, %v", a, err)
	}
	if _, err := PCA(recording.Series{}, Components(1)); err == nil {
		t.Error("a series of nothing has components")
	}
}
