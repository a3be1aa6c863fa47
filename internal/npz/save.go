package npz

import (
	"encoding"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// CheckName refuses the name of a file that says it is something else, such as
// a MAT-file.
func CheckName(path string) error {
	if ending := filepath.Ext(path); !strings.EqualFold(ending, Ending) {
		return fmt.Errorf("%s: what is written is an archive of NumPy's: name it %s", path, strings.TrimSuffix(path, ending)+Ending)
	}
	return nil
}

// CheckPlace refuses a name in a folder that there is not, for what is written
// long after.
func CheckPlace(path string) error {
	if err := CheckName(path); err != nil {
		return err
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("%s cannot be written: there is no folder %s", path, folder)
	}
	return nil
}

// WriteFile writes a file that appears whole or not at all ([scratch.Write]).
func WriteFile(path string, write func(io.Writer) error) error {
	if err := CheckName(path); err != nil {
		return err
	}
	if err := scratch.Write(path, scratch.Public, write); err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}

// GrowFile is [WriteFile] of a file that grows over a long time ([scratch.Grow]): where
// write fails and keep is set, what there is stays under another name, which the
// error tells.
func GrowFile(path string, write func(Growing) (keep bool, err error)) error {
	if err := CheckName(path); err != nil {
		return err
	}
	var kept bool
	err := scratch.Grow(path, scratch.Public, func(to scratch.Growing) (bool, error) {
		var err error
		kept, err = write(to)
		return kept, err
	})
	switch {
	case err != nil && kept:
		return fmt.Errorf("%s was broken off: %w; what there was by then is in %s", path, err, path+Unfinished)
	case err != nil:
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}

// Growing is a file that grows, and Unfinished ends its name until it is whole.
type Growing = scratch.Growing

const Unfinished = scratch.Unfinished

// Save writes what m marshals to, see [WriteFile].
func Save(path string, m encoding.BinaryMarshaler) error {
	if err := CheckName(path); err != nil {
		return err
	}
	data, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	return WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
