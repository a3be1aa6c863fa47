package order

import (
	"slices"
	"testing"
)

// Element (i, j, k) stands where each order puts it.
func TestFirstFastest(t *testing.T) {
	const a, b, c, size = 2, 3, 4, 2
	last, want := make([]byte, a*b*c*size), make([]byte, a*b*c*size)
	n := byte(0)
	for i := range a {
		for j := range b {
			for k := range c {
				for s := range size {
					last[((i*b+j)*c+k)*size+s] = n
					want[(i+a*(j+b*k))*size+s] = n
					n++
				}
			}
		}
	}
	if got := FirstFastest(last, []int{a, b, c}, size); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := FirstFastest(last, []int{len(last)}, 1); &got[0] != &last[0] {
		t.Error("a vector was copied")
	}
	if got := FirstFastest(nil, []int{0, 3}, size); len(got) != 0 {
		t.Error(got)
	}
}
