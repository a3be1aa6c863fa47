package kept

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

var (
	// ErrTorn says that a file is not what was written.
	ErrTorn = errors.New("the file is torn or damaged")
	// ErrOther says that a file is whole, and of another kind or version.
	ErrOther = errors.New("the file is of another kind or version")
)

// Write writes a file that is there whole or not at all: magic, a line such as
// "spikewalk memo 3\n" which says what it is and in which version of its format,
// the payload, and the SHA-256 of both. Who may read it is [scratch.Public] or
// [scratch.Private].
func Write(path, magic string, perm fs.FileMode, payload []byte) error {
	return Stream(path, magic, perm, func(w io.Writer) error {
		_, err := w.Write(payload)
		return err
	})
}

// Stream is Write of a payload that write writes piece by piece.
func Stream(path, magic string, perm fs.FileMode, write func(io.Writer) error) error {
	return scratch.Write(path, perm, func(to io.Writer) error {
		sum := sha256.New()
		w := io.MultiWriter(to, sum)
		if _, err := io.WriteString(w, magic); err != nil {
			return err
		}
		if err := write(w); err != nil {
			return err
		}
		_, err := to.Write(sum.Sum(nil))
		return err
	})
}

// Read returns the payload of a file: [ErrTorn] if any byte of it has changed,
// [ErrOther] if it was written with another magic.
func Read(path, magic string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(content) < sha256.Size {
		return nil, ErrTorn
	}
	body, sum := content[:len(content)-sha256.Size], content[len(content)-sha256.Size:]
	if want := sha256.Sum256(body); !bytes.Equal(sum, want[:]) {
		return nil, ErrTorn
	}
	payload, ours := bytes.CutPrefix(body, []byte(magic))
	if !ours {
		line, _, _ := bytes.Cut(body, []byte("\n"))
		return nil, fmt.Errorf("%w: it is %.40q, and %q is read", ErrOther, line, strings.TrimSuffix(magic, "\n"))
	}
	return payload, nil
}
