package nb_test

import (
	"context"
	"fmt"
	"os"

	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// A result that takes long is computed once for each config.
func ExampleMemo() {
	folder := nb.Get(os.MkdirTemp("", "example"))
	defer os.RemoveAll(folder)
	os.Setenv("SPIKEWALK_CACHE", folder)
	defer os.Unsetenv("SPIKEWALK_CACHE")

	type config struct{ Terms int }
	sum := func(c config) float64 {
		return nb.Memo("harmonic sum", c, func(context.Context) (float64, error) {
			fmt.Println("computing with", c.Terms)
			s := 0.0
			for i := 1; i <= c.Terms; i++ {
				s += 1 / float64(i)
			}
			return s, nil
		})
	}
	fmt.Printf("%.3f\n", sum(config{10}))
	fmt.Printf("%.3f\n", sum(config{10}))
	fmt.Printf("%.3f\n", sum(config{100}))
	// Output:
	// computing with 10
	// 2.929
	// 2.929
	// computing with 100
	// 5.187
}
