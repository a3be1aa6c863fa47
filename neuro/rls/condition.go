package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// mostConditioned is the number of entries up to which a condition number is worth
// its n³/3 multiply-adds: half a second, and 64 MB.
const mostConditioned = 2048

// Condition returns an estimate, from above, of the condition number of P: its largest
// eigenvalue over its smallest. P = I has 1. The 300 units of a swept oscillation come
// to 1e7, the filtered trains of 200 neurons at high gain to 1e9. It is infinite if P has
// lost positive definiteness, and 0, not known, for more than 2048 entries. P cannot
// lose its symmetry: one triangle is a copy of the other.
//
// It is the condition number in the 1-norm, which is at most n times the other, by
// Cholesky decomposition: n³/3 multiply-adds, 0.4 s for 1600 entries, and two copies of P
// while it takes. Like [RLS.Inverse] it brings pending changes in.
func (r *RLS) Condition() float64 {
	if r.n > mostConditioned {
		return 0
	}
	var chol mat.Cholesky
	if !chol.Factorize(r.Inverse()) || r.ill != nil {
		return math.Inf(1)
	}
	return chol.Cond()
}

// Condition is [RLS.Condition] of P; 0 before [Filtered.Learn]. Nothing that follows
// differs by a bit if it is called between trials.
func (f *Filtered) Condition() float64 {
	if f.rls == nil {
		return 0
	}
	f.flush()
	return f.rls.Condition()
}

// rounding is the distance from 1 to the next number.
func (p Precision) rounding() float64 {
	if p == Float32 {
		return 0x1p-23
	}
	return 0x1p-52
}

// fewestDigits are those that the smallest eigenvalues of P should have.
const fewestDigits = 2

// CheckCondition warns of a P whose condition number leaves its smallest eigenvalues
// fewer than two right digits, or none: weights are then corrected wrongly along the
// strongest directions of activity, which belong to these. where names the training.
func (c Config) CheckCondition(where string, condition float64) []neuro.Warning {
	digits := -math.Log10(condition * c.Precision.rounding())
	if condition == 0 || digits >= fewestDigits {
		return nil
	}
	precision := c.Precision
	if precision == "" {
		precision = Float64
	}
	w := neuro.Warning{
		Kind: neuro.IllConditioned, Where: where,
		Message: fmt.Sprintf("the condition number of P is %.1g, which leaves %.1g right digits of its smallest eigenvalues in %s", condition, max(0, digits), precision),
		Try:     "take a larger RLS.Alpha",
	}
	if math.IsInf(condition, 1) {
		w.Message = fmt.Sprintf("P has lost positive definiteness in %s, and corrections by it are wrong", precision)
	}
	if c.Precision == Float32 {
		w.Try += ", RLS.Precision rls.Float64"
	}
	if c.Forgetting > 0 {
		w.Try += fmt.Sprintf(", a smaller RLS.Forgetting than %g", c.Forgetting)
	}
	w.Try += ", or fewer or weaker regressors"
	return []neuro.Warning{w}
}
