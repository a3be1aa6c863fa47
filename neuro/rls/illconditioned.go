package rls

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
)

// IllConditionedError reports that P is no longer positive definite, or that
// the regressor held NaN or Inf. Neither P nor any weight is changed by the
// update that returns it, nor by any after it; where the diagonal of P tells,
// the weights are still those of the sample before, the last that P served
// well.
type IllConditionedError struct {
	// Quadratic is what should be a finite number: sᵀ P s >= 0 of the sample
	// or, where Entry is one of the regressor's, P_ii > 0.
	Quadratic float64
	// Entry is i of P_ii, -1 for a sample.
	Entry int
}

// finite is an error if an error by which weights are to be corrected is no number:
// weights would be none for ever after.
func finite(errors []float64) error {
	if i := neuro.NotFinite(errors); i >= 0 {
		return fmt.Errorf("rls: the error of output %d is %g: it must be finite (is its target?), and nothing was changed", i, errors[i])
	}
	return nil
}

func (e *IllConditionedError) Error() string {
	if e.Entry >= 0 {
		return fmt.Sprintf("rls: entry %d of the diagonal of P is %g, not a positive number: P has lost positive definiteness; Float64, a larger Alpha or smaller activity helps", e.Entry, e.Quadratic)
	}
	return fmt.Sprintf("rls: sᵀPs is %g, not a finite number >= 0: P has lost positive definiteness or the regressor is not finite; a larger Alpha or smaller activity helps", e.Quadratic)
}
