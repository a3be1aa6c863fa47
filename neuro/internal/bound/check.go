package bound

import (
	"fmt"
	"math"
)

// Field is a field of a configuration, and whether its value is one that it
// may have.
type Field struct {
	name, value, must string
	ok                bool
}

// Check is an error that names the first field whose value cannot be, and says
// what it must be: "dale: Drive is -1: it must be positive and finite".
func Check(who string, fields ...Field) error {
	for _, f := range fields {
		if !f.ok {
			return fmt.Errorf("%s: %s is %s: it must be %s", who, f.name, f.value, f.must)
		}
	}
	return nil
}

func number(name string, x float64, ok bool, must string) Field {
	return Field{name: name, value: fmt.Sprintf("%g", x), must: must, ok: ok && !math.IsInf(x, 0)}
}

// Finite is any number but NaN and infinity.
func Finite(name string, x float64) Field { return number(name, x, x == x, "finite") }

// Positive is a number above 0.
func Positive(name string, x float64) Field { return number(name, x, x > 0, "positive and finite") }

// NotNegative is a number from 0.
func NotNegative(name string, x float64) Field {
	return number(name, x, x >= 0, "finite and not negative")
}

// Fraction is a number from 0 to 1.
func Fraction(name string, x float64) Field {
	return number(name, x, x >= 0 && x <= 1, "between 0 and 1")
}

// Share is a number above 0 and up to 1.
func Share(name string, x float64) Field {
	return number(name, x, x > 0 && x <= 1, "above 0 and at most 1")
}

// AtLeast is a number of things.
func AtLeast(name string, n, least int) Field {
	return Field{name: name, value: fmt.Sprint(n), must: fmt.Sprintf("at least %d", least), ok: n >= least}
}
