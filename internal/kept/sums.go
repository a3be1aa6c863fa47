package kept

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// SumsFile is a file of checksums in a folder of results, whose formats are others'
// and have no place for one: sha256sum -c SHA256SUMS compares.
const SumsFile = "SHA256SUMS"

// Sums notes the SHA-256 of files that were written into a folder, by their names.
// What is noted of others stays as long as they are there.
func Sums(folder string, names ...string) error {
	path := filepath.Join(folder, SumsFile)
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sums := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, err := os.Lstat(filepath.Join(folder, name)); ok && err == nil && filepath.Base(name) == name {
			sums[name] = sum
		}
	}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		sums[name] = hex.EncodeToString(sum[:])
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&b, "%s  %s\n", sums[name], name)
	}
	return scratch.WriteFile(path, []byte(b.String()), scratch.Public)
}
