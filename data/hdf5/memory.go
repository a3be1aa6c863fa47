package hdf5

import (
	"encoding/binary"
	"unsafe"
)

// littleEndian tells whether this machine stores numbers as most files do.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// memoryOf returns the bytes of a slice of numbers, so that values can be read
// straight into it.
func memoryOf[T any](s []T) []byte {
	var one T
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*int(unsafe.Sizeof(one)))
}
