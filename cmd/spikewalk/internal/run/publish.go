package run

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
)

// figuresFolder holds the figures' files, in the output folder.
const figuresFolder = "figures"

// publish moves a notebook's results to their places and removes those of an
// earlier run that this one did not make again: what lies there always is of
// the last run.
func (o *Options) publish(name string, made results, entry *Entry) error {
	for _, f := range []struct{ from, to string }{
		{made.notebook, name + notebook.Ending},
		{made.html, name + page.Ending},
	} {
		if err := replace(f.from, filepath.Join(o.Out, f.to)); err != nil {
			return err
		}
	}
	return o.publishFigures(name, made.figures, entry)
}

// replace renames a file to a place; without a file it clears the place.
func replace(from, to string) error {
	if from != "" {
		return os.Rename(from, to)
	}
	if err := os.Remove(to); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

func (o *Options) publishFigures(name, from string, entry *Entry) error {
	folder := filepath.Join(o.Out, figuresFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(folder, name+"-*"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	made, err := filepath.Glob(filepath.Join(from, "*"))
	if err != nil || from == "" {
		return err
	}
	for _, path := range made {
		file := filepath.Base(path)
		if strings.HasPrefix(file, ".") {
			continue // left by a cell that was killed
		}
		if err := os.Rename(path, filepath.Join(folder, file)); err != nil {
			return err
		}
		if filepath.Ext(file) == ".png" {
			entry.Figures = append(entry.Figures, figuresFolder+"/"+file)
		}
	}
	return nil
}
