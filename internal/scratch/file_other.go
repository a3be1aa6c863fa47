//go:build !unix

package scratch

import (
	"io/fs"
	"os"
)

// WriteFile is [os.WriteFile]: elsewhere than on Unix an open file cannot be
// renamed, nor one that is locked be written to.
func WriteFile(path string, content []byte, perm fs.FileMode) error {
	return os.WriteFile(path, content, perm)
}
