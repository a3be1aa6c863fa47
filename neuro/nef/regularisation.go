package nef

import "fmt"

// RegularisationForm says how the noise gives ρ.
type RegularisationForm string

const (
	// NoiseDemo is ρ = σ² a_max, what the demo program of MacNeil &
	// Eliasmith (2011) does.
	NoiseDemo RegularisationForm = "sigma^2 a_max"
	// NoiseUsual is ρ = (σ a_max)², the variance of noise whose standard
	// deviation is the fraction σ of the largest rate.
	NoiseUsual RegularisationForm = "(sigma a_max)^2"
)

// Regularisation is the noise on the rates that decoders are made robust to.
// ρ is added to the diagonal of ∫ a aᵀ dx, an integral over x and not a mean.
//
// The form matters more than σ seems to say: for σ = 0.1 and a_max = 100 Hz,
// ρ is 1 in the first form and 100 in the second, and the decoding error of
// the 40 neurons of MacNeil & Eliasmith (2011) about three times larger in
// the second.
type Regularisation struct {
	// Sigma is the noise as a fraction of the rate. With 0 the equations are
	// singular as soon as a neuron is silent.
	Sigma float64
	Form  RegularisationForm
}

// rho is ρ, in Hz² per unit of x, for the largest rate in Hz.
func (r Regularisation) rho(maxRate float64) float64 {
	if r.Form == NoiseDemo {
		return r.Sigma * r.Sigma * maxRate
	}
	return r.Sigma * maxRate * r.Sigma * maxRate
}

// maxSigma is far beyond any noise, and its square is still a number.
const maxSigma = 1e6

// Validate says what is wrong with the regularisation.
func (r Regularisation) Validate() error {
	if !(r.Sigma >= 0 && r.Sigma <= maxSigma) {
		return fmt.Errorf("nef: Sigma is %g: it must be from 0 to %g times the rate (0.1 is usual)", r.Sigma, float64(maxSigma))
	}
	if r.Form != NoiseDemo && r.Form != NoiseUsual {
		return fmt.Errorf("nef: Form is %q: it must be %q or %q", r.Form, NoiseDemo, NoiseUsual)
	}
	return nil
}

// SingularError says that the normal equations of the decoders cannot be
// solved in double precision.
type SingularError struct {
	Neurons int
	// Rho is the regularisation that was not enough, Condition the condition
	// number of Γ (infinite where it has no Cholesky factor).
	Rho, Condition float64
}

// Error is one sentence: what is singular and what would help.
func (e *SingularError) Error() string {
	return fmt.Sprintf("nef: the decoders of %d neurons are not determined (condition number %.2g with rho = %g): a silent neuron or too few points need a regularisation above 0",
		e.Neurons, e.Condition, e.Rho)
}
