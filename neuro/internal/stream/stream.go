// Package stream makes the random numbers of neuro.Stream, and keeps the
// position of a stream that goes on from trial to trial.
package stream

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Stream is a generator of random numbers whose position can be kept: its
// MarshalBinary and UnmarshalBinary are those of rand.ChaCha8.
type Stream struct {
	*rand.Rand // has no state but its source's
	position
}

// position is the source without its numbers, which are the Rand's.
type position interface {
	MarshalBinary() ([]byte, error)
	UnmarshalBinary(data []byte) error
}

// New returns the random numbers of a purpose, see neuro.Stream.
func New(seed uint64, purpose string, index ...int) Stream {
	h := sha256.New()
	var word [8]byte
	binary.LittleEndian.PutUint64(word[:], seed)
	h.Write(word[:])
	h.Write([]byte(purpose))
	for _, i := range index {
		// A zero byte cannot occur inside a purpose's name, so that
		// ("a", 1) and ("a\x01…") cannot meet.
		h.Write([]byte{0})
		binary.LittleEndian.PutUint64(word[:], uint64(i))
		h.Write(word[:])
	}
	var key [32]byte
	h.Sum(key[:0])
	source := rand.NewChaCha8(key)
	return Stream{rand.New(source), source}
}
