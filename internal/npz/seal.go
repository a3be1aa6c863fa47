package npz

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"strings"
)

// An archive of ours ends with a seal: its comment, which zip archives may have
// and other programs pass over, is the SHA-256 of all bytes before it. The checksums
// of zip, of 32 bits, stand for each entry's content alone.
const (
	sealMark = "spikewalk sha256 "
	sealSize = len(sealMark) + 2*sha256.Size
)

// sealer passes bytes on, but for the last ones, in whose place the seal comes.
type sealer struct {
	to   io.Writer
	sum  hash.Hash // of what was passed on
	last []byte    // what was not
}

func newSealer(to io.Writer) *sealer { return &sealer{to: to, sum: sha256.New()} }

// room stands for the seal until it is known.
func (s *sealer) room() string { return strings.Repeat(" ", sealSize) }

func (s *sealer) Write(p []byte) (int, error) {
	keep := min(len(p), sealSize)
	pass, last := p[:len(p)-keep], p[len(p)-keep:]
	over := max(0, len(s.last)+keep-sealSize) // of those kept so far
	if err := s.pass(s.last[:over]); err != nil {
		return 0, err
	}
	if err := s.pass(pass); err != nil {
		return 0, err
	}
	s.last = append(s.last[over:], last...)
	return len(p), nil
}

func (s *sealer) pass(p []byte) error {
	s.sum.Write(p)
	_, err := s.to.Write(p)
	return err
}

// flush passes on what was held back. What follows is longer than the seal.
func (s *sealer) flush() error {
	err := s.pass(s.last)
	s.last = s.last[:0]
	return err
}

// seal ends the archive, whose comment is the room for it.
func (s *sealer) seal() error {
	_, err := io.WriteString(s.to, sealMark+hex.EncodeToString(s.sum.Sum(nil)))
	return err
}

// seal is what stands in the place of a seal.
type seal int

const (
	none    seal = iota // nothing: an older file, or one of another program
	whole               // our seal, which fits
	foreign             // another comment
)

// findSeal finds what the comment is. A seal that does not fit is an error.
func findSeal(data, comment []byte) (seal, error) {
	if len(comment) == 0 {
		return none, nil
	}
	text, ours := strings.CutPrefix(string(comment), sealMark)
	if !ours {
		return foreign, nil
	}
	if sum := sha256.Sum256(data[:len(data)-len(comment)]); text != hex.EncodeToString(sum[:]) {
		return none, damaged("its checksum is wrong")
	}
	return whole, nil
}
