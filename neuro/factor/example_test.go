package factor_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
)

// Five units driven by one rotation live in two dimensions.
func ExamplePCA() {
	activity := mat.NewDense(200, 5, nil)
	for t := range 200 {
		sin, cos := math.Sincos(2 * math.Pi * float64(t) / 100)
		for i := range 5 {
			activity.Set(t, i, sin*math.Sin(float64(i))+cos*math.Cos(float64(i)))
		}
	}
	basis, err := factor.PCA(activity, factor.Variance(0.99))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d components, participation ratio %.2f\n", basis.Dim(), basis.ParticipationRatio())
	// Output: 2 components, participation ratio 1.90
}

// Two planes that share one direction.
func ExamplePrincipalAngles() {
	a := mat.NewDense(3, 2, []float64{1, 0, 0, 1, 0, 0})
	b := mat.NewDense(3, 2, []float64{1, 0, 0, 0, 0, 1})
	angles, err := factor.PrincipalAngles(a, b)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.0f and %.0f degrees\n", angles[0]*180/math.Pi, angles[1]*180/math.Pi)
	// Output: 0 and 90 degrees
}
