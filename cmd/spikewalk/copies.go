package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

const (
	// copiesFolder is where the notebooks are copied by default, outside of working
	// copies.
	copiesFolder = "spikewalk-notebooks"
	// copiedAs is a file beside the copies, the SHA-256 of each as it was copied.
	copiedAs = ".spikewalk.json"
)

// copyNotebooks copies the notebooks of a folder, and their images, to another. What
// the reader changed there stays; what he did not is replaced by what it is now. The
// flag is the one that names the other folder.
func copyNotebooks(from, to, flag string, say func(format string, args ...any)) error {
	files, err := withImages(from)
	if err != nil {
		return err
	}
	copied, theirs, err := copyFiles(from, to, files)
	if err != nil {
		return fmt.Errorf("the notebooks cannot be copied: %w; choose another folder with %s", err, flag)
	}
	if copied > 0 {
		say("Copied %d notebooks to %s: change them there as you like.", copied, to)
	}
	if len(theirs) > 0 {
		say("Left as they are in %s, for you changed them: %s. Move one away to have it copied anew.", to, strings.Join(theirs, ", "))
	}
	return nil
}

// withImages lists the notebooks of a folder and what its folder images holds, by
// their paths within it.
func withImages(folder string) (files []string, err error) {
	paths, err := notebook.Select(folder, nil)
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		files = append(files, filepath.Base(path))
	}
	images, err := os.ReadDir(filepath.Join(folder, "images"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, image := range images {
		if image.Type().IsRegular() {
			files = append(files, filepath.Join("images", image.Name()))
		}
	}
	return files, nil
}

// copyFiles returns how many notebooks it copied, and which it left because they are
// neither what they would be now nor what they were when they were copied.
func copyFiles(from, to string, files []string) (copied int, theirs []string, err error) {
	was := map[string]string{}
	record := filepath.Join(to, copiedAs)
	if text, err := os.ReadFile(record); err == nil {
		_ = json.Unmarshal(text, &was) // if it cannot be read, all that differ are the reader's
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return 0, nil, err
		}
		place := filepath.Join(to, file)
		there, err := os.ReadFile(place)
		missing := errors.Is(err, fs.ErrNotExist)
		if err != nil && !missing {
			return 0, nil, err
		}
		switch {
		case !missing && sum(there) == sum(content):
		case !missing && sum(there) != was[filepath.ToSlash(file)]:
			theirs = append(theirs, file)
			continue
		default:
			if err := scratch.Folder(filepath.Dir(place), scratch.Public); err != nil {
				return 0, nil, err
			}
			if err := scratch.WriteFile(place, content, scratch.Public); err != nil {
				return 0, nil, err
			}
			if filepath.Ext(file) == ".ipynb" {
				copied++
			}
		}
		was[filepath.ToSlash(file)] = sum(content)
	}
	text, err := json.MarshalIndent(was, "", " ")
	if err != nil {
		return 0, nil, err
	}
	if old, err := os.ReadFile(record); err == nil && string(old) == string(text) {
		return copied, theirs, nil
	}
	return copied, theirs, scratch.WriteFile(record, text, scratch.Public)
}

func sum(content []byte) string {
	s := sha256.Sum256(content)
	return hex.EncodeToString(s[:])
}
