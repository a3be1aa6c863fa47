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

// A network of 5 and one of 9 units that show the same two time courses.
func ExampleCompare() {
	network := func(n int, shift float64) *mat.Dense {
		x := mat.NewDense(300, n, nil)
		x.Apply(func(t, i int, _ float64) float64 {
			phase := 2 * math.Pi * float64(t) / 100
			return math.Sin(phase + float64(i)*shift)
		}, x)
		return x
	}
	s, err := factor.Compare(network(5, 0.7), network(9, 0.4), 2, factor.PCA)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("median angle %.0f degrees, explained %.0f %%\n", s.MedianAngle()*180/math.Pi, 100*s.AByB.OfBest())
	// Output: median angle 0 degrees, explained 100 %
}

// Six conditions that start at different phases of the same rotation.
func ExampleJPCA() {
	const dt = 0.01
	var conditions []*mat.Dense
	for c := range 6 {
		x := mat.NewDense(100, 20, nil)
		x.Apply(func(t, i int, _ float64) float64 {
			phase := 2 * math.Pi * (1.5*float64(t)*dt + float64(c)/6 + float64(i)/20)
			return 30 + 20*math.Sin(phase) // Hz
		}, x)
		conditions = append(conditions, x)
	}
	cfg := factor.Churchland2012(dt)
	cfg.Components = 2
	r, err := factor.JPCA(conditions, cfg)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f Hz, R² %.2f, of the unconstrained %.2f\n", r.Planes[0].Frequency, r.SkewR2, r.Ratio())
	// Output: 1.50 Hz, R² 1.00, of the unconstrained 1.00
}
