package kernel

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// A level is a set of kernels.
type level int

const (
	none   level = iota // plain Go
	avx2                // AVX2 and FMA
	avx512              // AVX-512 F, DQ, BW and VL
)

var levelNames = [...]string{none: "none", avx2: "avx2", avx512: "avx512"}

// Environment is the variable that forces a level: avx512, avx2 or none.
const Environment = "SPIKEWALK_SIMD"

var (
	inUse  level // what the kernels look at; set at start and by Use only
	envErr error // why the environment's wish was not granted
)

func init() {
	inUse = supported()
	if wish := os.Getenv(Environment); wish != "" {
		if err := Use(wish); err != nil {
			envErr = fmt.Errorf("%s: %w", Environment, err)
		}
	}
}

// Level says which kernels are in use: "avx512", "avx2" or "none" (plain Go).
func Level() string { return levelNames[inUse] }

// Use selects the kernels of a level. It is meant for tests and for the
// setting SPIKEWALK_SIMD; it is not safe while others compute.
func Use(name string) error {
	l := level(slices.Index(levelNames[:], name))
	if l < 0 {
		return fmt.Errorf("unknown instruction set %q: want one of %s", name, strings.Join(Levels(), ", "))
	}
	if l > supported() {
		return fmt.Errorf("instruction set %q is not supported here: this machine has %s", name, strings.Join(Levels(), ", "))
	}
	inUse = l
	return nil
}

// Levels lists what this machine supports, slowest first.
func Levels() []string { return slices.Clone(levelNames[:supported()+1]) }

// Err reports a value of SPIKEWALK_SIMD that is unknown or unsupported here
// (the best supported level is in use then), or nil.
func Err() error { return envErr }
