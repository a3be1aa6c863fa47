package recording

import "gonum.org/v1/gonum/blas/blas64"

// RawMatrix returns the values as gonum stores them, so that its functions take
// a Series as they take its Values: as fast, and to the same bits.
func (s Series) RawMatrix() blas64.General {
	if s.Values == nil {
		return blas64.General{}
	}
	return s.Values.RawMatrix()
}
