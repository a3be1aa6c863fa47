package kept

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// ErrTorn says that a file is not what [Write] has written with the same magic.
var ErrTorn = errors.New("the file is torn or damaged")

// Write writes a file that is there whole or not at all: magic, which says what
// it is and in which version, the payload, and the SHA-256 of both.
func Write(path, magic string, payload []byte) error {
	body := append([]byte(magic), payload...)
	sum := sha256.Sum256(body)
	return scratch.WriteFile(path, append(body, sum[:]...), 0o644)
}

// Read returns the payload of a file, [ErrTorn] if any byte of it has changed.
func Read(path, magic string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(content) < len(magic)+sha256.Size || string(content[:len(magic)]) != magic {
		return nil, ErrTorn
	}
	body, sum := content[:len(content)-sha256.Size], content[len(content)-sha256.Size:]
	if want := sha256.Sum256(body); !bytes.Equal(sum, want[:]) {
		return nil, ErrTorn
	}
	return body[len(magic):], nil
}
