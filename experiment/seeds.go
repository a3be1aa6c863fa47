package experiment

import (
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

// Groups returns a group for each name, for [plotting.Comparison]: of gives the
// numbers of one seed. It panics if they are not as many as there are names.
func Groups[D any](all []D, of func(D) []float64, names ...string) []plotting.Group {
	groups := make([]plotting.Group, len(names))
	for i, values := range overSeeds(len(names), all, of) {
		groups[i] = plotting.Group{Name: names[i], Values: values}
	}
	return groups
}

// Curve returns how a number depends on x, for [plotting.Curve]: of gives that
// of one seed at each x. It panics if these are not as many.
func Curve[D any](name string, x []float64, all []D, of func(D) []float64) plotting.Samples {
	return plotting.Samples{Name: name, X: x, Values: overSeeds(len(x), all, of)}
}

// overSeeds collects each of n numbers over all seeds.
func overSeeds[D any](n int, all []D, of func(D) []float64) [][]float64 {
	if of == nil {
		panic("experiment: nothing gives the numbers of a seed: of is nil")
	}
	values := make([][]float64, n)
	for _, d := range all {
		numbers := of(d)
		if len(numbers) != n {
			panic(fmt.Sprintf("experiment: a seed gives %d numbers: it must give %d", len(numbers), n))
		}
		for i, v := range numbers {
			values[i] = append(values[i], v)
		}
	}
	return values
}
