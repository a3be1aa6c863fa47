package factor_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
)

// Of six units that share a large slow signal, a muscle follows a small fast one. PCA
// finds the large one first, reduced-rank regression the one that matters.
func ExampleReducedRank() {
	activity, muscle := mat.NewDense(400, 6, nil), mat.NewDense(400, 1, nil)
	for t := range 400 {
		slow, fast := 10*math.Sin(2*math.Pi*float64(t)/400), math.Sin(2*math.Pi*float64(t)/40)
		for i := range 6 {
			activity.Set(t, i, slow+fast*math.Cos(float64(i))+0.1*math.Sin(float64(t*(i+2))))
		}
		muscle.Set(t, 0, fast)
	}
	r, err := factor.ReducedRank(activity, muscle, 1, 1e-4)
	if err != nil {
		log.Fatal(err)
	}
	predicted, err := r.Predict(activity)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d dimension, at the crest %.2f of 1\n", r.Basis.Dim(), predicted.At(10, 0))
	// Output: 1 dimension, at the crest 1.02 of 1
}
