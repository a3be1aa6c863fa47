package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// copyNotebooks copies the notebooks of a folder that the other folder does not
// have. Those that it has are the user's, and stay.
func copyNotebooks(from, to string, say func(format string, args ...any)) error {
	paths, err := notebook.Select(from, nil)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("the notebooks cannot be copied: %w; choose another folder with --folder", err)
	}
	copied := 0
	var theirs []string
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		place := filepath.Join(to, filepath.Base(path))
		there, err := os.ReadFile(place)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := scratch.WriteFile(place, content, 0o644); err != nil {
				return fmt.Errorf("the notebooks cannot be copied: %w; choose another folder with --folder", err)
			}
			copied++
		case err != nil:
			return fmt.Errorf("the notebook cannot be opened: %w; choose another folder with --folder", err)
		case !bytes.Equal(there, content):
			theirs = append(theirs, filepath.Base(path))
		}
	}
	if copied > 0 {
		say("Copied %d notebooks to %s: change them there as you like.", copied, to)
	}
	if len(theirs) > 0 {
		say("Left as they are in %s, for they are no longer those of the module: %s. Move one away to have it copied anew.", to, strings.Join(theirs, ", "))
	}
	return nil
}
