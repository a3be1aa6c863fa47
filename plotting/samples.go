package plotting

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Samples are repeated measurements at several places, such as the error of
// every seed at each number of components. [Samples.Add] collects them place by
// place.
type Samples struct {
	// Name stands in the legend; a lone curve may go without.
	Name string
	// X are the places; they must increase.
	X []float64
	// Values[i] are the measurements at X[i]: at least one, and not
	// necessarily as many at every place.
	Values [][]float64
}

// Add appends the measurements at a further place.
func (s *Samples) Add(x float64, values ...float64) {
	s.X, s.Values = append(s.X, x), append(s.Values, slices.Clone(values))
}

// mostPlaces is how many places a curve may have, each with a dot and a bar.
const mostPlaces = 100_000

// check finds samples that cannot be drawn.
func (s Samples) check(logX, logY bool) error {
	if len(s.X) != len(s.Values) {
		return fmt.Errorf("%d places X and values at %d: give values for each place", len(s.X), len(s.Values))
	}
	if err := vector("X", s.X); err != nil {
		return err
	}
	if len(s.X) > mostPlaces {
		return fmt.Errorf("there are %d places X: at most %d can be drawn: leave some out", len(s.X), mostPlaces)
	}
	if k := ascending(s.X); k >= 0 {
		return fmt.Errorf("places X go from %g to %g at index %d: they must increase", s.X[k-1], s.X[k], k)
	}
	if logX && s.X[0] <= 0 {
		return fmt.Errorf("places X start at %g, which a logarithmic axis cannot show: leave LogX out", s.X[0])
	}
	for i, v := range s.Values {
		if err := vector(fmt.Sprintf("the values at X = %g", s.X[i]), v); err != nil {
			return err
		}
		if k := positive(v); logY && k >= 0 {
			return fmt.Errorf("value %d at X = %g is %g, which a logarithmic axis cannot show: leave LogY out", k, s.X[i], v[k])
		}
	}
	return nil
}

// dots are all measurements.
func (s Samples) dots(shift vg.Length, clr color.NRGBA) *dots {
	d := &dots{radius: 1.5, color: clr, shift: shift}
	for i, values := range s.Values {
		for _, v := range values {
			d.x, d.y = append(d.x, s.X[i]), append(d.y, v)
		}
	}
	return d
}
