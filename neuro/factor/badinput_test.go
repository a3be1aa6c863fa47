package factor

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// What cannot be answered is one sentence that says what is wrong, where.
func TestNonsenseIsAnError(t *testing.T) {
	x := random(20, 4)
	hole, huge := random(20, 4), random(20, 4)
	hole.Set(7, 2, math.NaN())
	huge.Set(3, 1, 1e300)
	basis, err := PCA(x, Components(2))
	if err != nil {
		t.Fatal(err)
	}
	choose := func(p int) Select { return func([]float64) (int, error) { return p, nil } }
	for want, f := range map[string]func() error{
		"nothing says how many components":                   func() error { _, err := PCA(x, nil); return err },
		"nothing says how many components to keep: give fac": func() error { _, err := CentredPCA(x, nil); return err },
		"0 components chosen of 4 units":                     func() error { _, err := PCA(x, choose(0)); return err },
		"5 components chosen of 4 units":                     func() error { _, err := PCA(x, choose(5)); return err },
		"5 components of 4 units: choose at least 1":         func() error { _, err := PCA(x, Components(5)); return err },
		"there is no activity":                               func() error { _, err := PCA((*mat.Dense)(nil), Components(1)); return err },
		"activity holds NaN at step 7, unit 2":               func() error { _, err := PCA(hole, Components(1)); return err },
		"activity holds 1e+300 at step 3, unit 1":            func() error { _, err := CentredPCA(huge, Components(1)); return err },
		"the first basis holds NaN at row 7, column 2":       func() error { _, err := PrincipalAngles(hole, x); return err },
		"the second basis holds NaN at row 7, column 2":      func() error { _, err := PrincipalAngles(x, hole); return err },
		"the second basis is nil":                            func() error { _, err := PrincipalAngles(x, nil); return err },
		"the first basis is 0 x 0":                           func() error { _, err := PrincipalAngles(&mat.Dense{}, x); return err },
		"nothing says how to find components":                func() error { _, err := Compare(x, x, 2, nil); return err },
		"first activity: factor: the basis has no vectors": func() error {
			_, err := Compare(x, x, 2, func(mat.Matrix, Select) (*Basis, error) { return nil, nil })
			return err
		},
		"activities of 20 and 30 steps":             func() error { _, err := Compare(x, random(30, 4), 2, PCA); return err },
		"the basis has no vectors":                  func() error { _, err := (&Basis{}).Project(x); return err },
		"basis has no vectors":                      func() error { _, err := (&Basis{}).Alignment(x); return err },
		"has no vectors: make it with":              func() error { _, err := (&Basis{}).Temporal(x); return err },
		"activity of 3 units, the basis is of 4":    func() error { _, err := basis.Project(random(20, 3)); return err },
		"NaN at step 7":                             func() error { _, err := basis.Project(hole); return err },
		"no activity (was anything recorded?)":      func() error { _, err := basis.Project(nil); return err },
		"no variance along the basis":               func() error { _, err := basis.Temporal(mat.NewDense(20, 4, nil)); return err },
		"a basis of 2147483647 units":               func() error { _, err := All(math.MaxInt32); return err },
		"Dt is 1e-200 s":                            func() error { _, err := JPCA([]*mat.Dense{x}, JPCAConfig{Dt: 1e-200, Components: 2}); return err },
		"condition 1: factor: there is no activity": func() error { _, err := JPCA([]*mat.Dense{x, nil}, JPCAConfig{Dt: 0.01, Components: 2}); return err },
	} {
		if err := f(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
	if dim := (&Basis{}).Dim(); dim != 0 {
		t.Errorf("a basis without vectors has %d components", dim)
	}
}
