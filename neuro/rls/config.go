package rls

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// DefaultPending is the number of updates held back before P is touched when
// a [Config] is made by [Default]. Measured on regressors of 300 to 1600
// entries: 32 takes an eighth longer, 96 gains nothing.
const DefaultPending = 64

// Config sets up recursive least squares.
type Config struct {
	// Alpha is the ridge parameter: P(0) = I/Alpha. The weights then
	// minimise the summed squared error + Alpha |w - w(0)|². Default 1.
	Alpha float64
	// Forgetting is the fraction of the weight of all past samples that is
	// lost at each update, 1 - λ in textbooks, in [0, 1). After t updates the
	// weights minimise Σ λ^(t-i) |error i|² + Alpha λ^t |w - w(0)|²: the last
	// 1/Forgetting samples count, and weights follow what changes. In
	// directions in which no sample comes any more P grows by 1/λ with each
	// update, until an [IllConditionedError] ends it, so use it where all of
	// the regressor stays active. Default 0: nothing is forgotten.
	Forgetting float64 `json:",omitempty"`
	// Pending is the number K >= 1 of rank-one changes of P that are held
	// back and applied together. It changes the time taken, not the
	// algorithm: 1 is the textbook recursion. Default [DefaultPending].
	Pending int
	// Precision of P: [Float64], or [Float32] in half the memory and at some
	// risk. Empty means Float64.
	Precision Precision
}

// Default returns Alpha 1, no forgetting, Pending [DefaultPending] and [Float64].
func Default() Config { return Config{Alpha: 1, Pending: DefaultPending, Precision: Float64} }

// Validate says what is wrong with c, if anything.
func (c Config) Validate() error {
	if err := bound.Check("rls", bound.Positive("Alpha", c.Alpha), bound.AtLeast("Pending", c.Pending, 1)); err != nil {
		return err
	}
	if !(c.Forgetting >= 0 && c.Forgetting < 1) {
		return fmt.Errorf("rls: Forgetting is %g: it must be below 1 and not negative (0 forgets nothing)", c.Forgetting)
	}
	switch c.Precision {
	case Float64, Float32, "":
		return nil
	}
	return fmt.Errorf("rls: Precision is %q: it must be rls.Float64 (usual) or rls.Float32", c.Precision)
}

// Precision is the precision of the numbers in which P is kept.
type Precision string

const (
	// Float64 is the default.
	Float64 Precision = "float64"
	// Float32 halves the memory and, for large regressors, about halves the
	// time. It is for networks at the published gains whose result has been
	// compared with Float64's, and never a default: rounding of P to 24 bits
	// adds up over updates, and at a high gain or a small Alpha P loses
	// positive definiteness within some hundred trials. That ends training
	// with an [IllConditionedError]. Weights, outputs and every sum but the
	// changes of P itself stay float64.
	Float32 Precision = "float32"
)
