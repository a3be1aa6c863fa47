package kernel

import "golang.org/x/sys/cpu"

// supported is the best level of processor and operating system: package cpu
// reports AVX only when the system saves ymm registers and AVX-512 only when
// it saves zmm and mask registers too.
func supported() level {
	x := &cpu.X86
	switch {
	case !x.HasAVX2 || !x.HasFMA || !x.HasBMI1 || !x.HasBMI2:
		return none
	case !x.HasAVX512F || !x.HasAVX512DQ || !x.HasAVX512BW || !x.HasAVX512VL:
		return avx2
	}
	return avx512
}
