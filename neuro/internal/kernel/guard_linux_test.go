package kernel

import (
	"runtime/debug"
	"syscall"
	"testing"
	"unsafe"
)

// TestPages: no kernel reads or writes a byte beyond its slices, which here
// end where a forbidden page starts, or start where one ends.
func TestPages(t *testing.T) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	for _, atEnd := range []bool{true, false} {
		for _, c := range cases {
			for n := range 68 {
				pages := &guarded{atEnd: atEnd}
				func() {
					defer func() {
						if r := recover(); r != nil {
							t.Fatalf("%s at %s, n = %d, slices at end %v: %v", c.name, Level(), n, atEnd, r)
						}
					}()
					compare(t, c, uint64(n), 0, n, n%11, pages.alloc)
				}()
				pages.free()
			}
		}
	}
}

type guarded struct {
	atEnd bool
	maps  [][]byte
}

func (g *guarded) alloc(n int) []float64 {
	if n == 0 {
		return nil
	}
	page := syscall.Getpagesize()
	size := (8*n + page - 1) / page * page
	b, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	g.maps = append(g.maps, b)
	for _, fence := range [][]byte{b[:page], b[page+size:]} {
		if err := syscall.Mprotect(fence, syscall.PROT_NONE); err != nil {
			panic(err)
		}
	}
	first := page
	if g.atEnd {
		first += size - 8*n
	}
	return unsafe.Slice((*float64)(unsafe.Pointer(&b[first])), n)
}

func (g *guarded) free() {
	for _, b := range g.maps {
		_ = syscall.Munmap(b)
	}
	g.maps = nil
}
