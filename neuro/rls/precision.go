package rls

import "fmt"

// Precision is that of the numbers in which P is kept.
type Precision uint8

const (
	// Float64 is the default.
	Float64 Precision = iota
	// Float32 halves the memory and, for large regressors, about halves the
	// time. It is for networks at the published gains whose result has been
	// compared with Float64's, and never a default: rounding of P to 24 bits
	// adds up over updates, and at a high gain or a small Alpha P loses
	// positive definiteness within some hundred trials. That ends training
	// with an [IllConditionedError]. Weights, outputs and every sum but the
	// changes of P itself stay float64.
	Float32
)

var precisions = [...]string{Float64: "float64", Float32: "float32"}

func (p Precision) String() string {
	if p.validate() != nil {
		return fmt.Sprintf("Precision(%d)", uint8(p))
	}
	return precisions[p]
}

func (p Precision) validate() error {
	if int(p) >= len(precisions) {
		return fmt.Errorf("rls: Precision is %d: choose rls.Float64 (usual) or rls.Float32", uint8(p))
	}
	return nil
}

// MarshalText returns "float64" or "float32".
func (p Precision) MarshalText() ([]byte, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	return []byte(precisions[p]), nil
}

// UnmarshalText reads what MarshalText writes.
func (p *Precision) UnmarshalText(text []byte) error {
	for i, name := range precisions {
		if name == string(text) {
			*p = Precision(i)
			return nil
		}
	}
	return fmt.Errorf("rls: precision %q: choose float64 (usual) or float32", text)
}
