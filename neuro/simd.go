package neuro

import "github.com/spikewalk/spikewalk/neuro/internal/kernel"

// SIMD returns which instructions the inner loops use: "avx512", "avx2" (with
// fused multiply-add) or "none", plain Go. The best that the machine has is
// taken; the environment variable SPIKEWALK_SIMD = avx512, avx2 or none takes
// another one, and the error says so where the machine does not have it.
// Results are the same to the bit whichever it is.
func SIMD() (level string, err error) { return kernel.Level(), kernel.Err() }
