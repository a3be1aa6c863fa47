package factor_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
)

// rhythm is the activity of three units that share two time courses.
func rhythm() *mat.Dense {
	x := mat.NewDense(200, 3, nil)
	for t := range 200 {
		sin, cos := math.Sincos(2 * math.Pi * float64(t) / 100)
		x.SetRow(t, []float64{2 * sin, cos, 2*sin + cos})
	}
	return x
}

// Two dimensions are enough for three units, and their number can be found
// from the variance that should be kept.
func ExampleVariance() {
	basis, err := factor.PCA(rhythm(), factor.Variance(0.999))
	if err != nil {
		log.Fatal(err)
	}
	each, _ := basis.Explained()
	fmt.Printf("%d components, with %.0f %% and %.0f %%; participation ratio %.2f\n",
		basis.Dim(), 100*each[0], 100*each[1], basis.ParticipationRatio())
	// Output: 2 components, with 86 % and 14 %; participation ratio 1.32
}

// Factors are coordinates in the basis: with enough of them the activity
// comes back.
func ExampleBasis_Project() {
	activity := rhythm()
	basis, err := factor.PCA(activity, factor.Components(2))
	if err != nil {
		log.Fatal(err)
	}
	factors, err := basis.Project(activity)
	if err != nil {
		log.Fatal(err)
	}
	var back mat.Dense
	back.Mul(factors, basis.Vectors.T())
	fmt.Println(mat.EqualApprox(&back, activity, 1e-12))
	// Output: true
}

// A step seen through a synapse of 10 ms.
func ExampleFilter() {
	step := mat.NewDense(31, 1, nil)
	for t := range 31 {
		step.Set(t, 0, 1)
	}
	seen, err := factor.Filter(step, 0.001, 0.010)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("after 10 ms %.2f, after 30 ms %.2f\n", seen.At(9, 0), seen.At(29, 0))
	// Output: after 10 ms 0.63, after 30 ms 0.95
}
