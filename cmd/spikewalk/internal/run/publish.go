package run

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// figuresFolder holds the figures' files, in the output folder.
const figuresFolder = "figures"

// publish moves a notebook's results to their places and removes those of an
// earlier run that this one did not make again: what lies there always is of
// the last run. One notebook is published at a time.
func (o *Options) publish(name string, made results, entry *Entry) error {
	for _, f := range []struct{ from, to string }{
		{made.notebook, name + notebook.Ending},
		{made.html, name + page.Ending},
		{made.log, name + logEnding},
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
		return scratch.Move(from, to)
	}
	if err := os.Remove(to); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// publishFigures replaces the notebook's figures of an earlier run, which are
// those that the list of owners names, by the ones in the folder from.
func (o *Options) publishFigures(name, from string, entry *Entry) error {
	folder := filepath.Join(o.Out, figuresFolder)
	if err := scratch.Folder(folder, scratch.Public); err != nil {
		return err
	}
	all, err := readOwners(folder)
	if err != nil {
		return err
	}
	for _, file := range all[name] {
		if err := os.Remove(filepath.Join(folder, file)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	made, err := visible(from)
	if err != nil {
		return err
	}
	made = slices.DeleteFunc(made, func(file string) bool {
		other := all.of(file, name)
		if other != "" {
			entry.add(fmt.Sprintf("its figure %s has the name of one of notebook %s: give it another one", file, other))
		}
		return other != ""
	})
	// Before the figures: those of a run that is killed here have an owner.
	if err := all.give(name, made, folder); err != nil {
		return err
	}
	for _, file := range made {
		if err := scratch.Move(filepath.Join(from, file), filepath.Join(folder, file)); err != nil {
			return err
		}
		if filepath.Ext(file) == ".png" {
			entry.Figures = append(entry.Figures, figuresFolder+"/"+file)
		}
	}
	return nil
}

// visible lists the files of a folder, "" for none, without those that a cell
// that was killed has left.
func visible(folder string) (files []string, err error) {
	if folder == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			files = append(files, e.Name())
		}
	}
	return files, nil
}

// owners lists for each notebook the files of its figures. Their names do not
// tell: a-b-01.png may be one of notebook a or one of notebook a-b.
type owners map[string][]string

const ownersFile = ".owners.json"

func readOwners(folder string) (owners, error) {
	all := owners{}
	text, err := os.ReadFile(filepath.Join(folder, ownersFile))
	if os.IsNotExist(err) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	text, err = kept.Unseal(text, false) // a damaged mark of it would be no list of files
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): delete the folder", filepath.Join(folder, ownersFile), err)
	}
	for name, files := range all {
		// Nothing but figures is ever removed.
		all[name] = slices.DeleteFunc(files, func(file string) bool { return !filepath.IsLocal(file) || filepath.Base(file) != file })
	}
	return all, nil
}

// of names the owner of a file, "" if that is nobody or the given notebook.
func (all owners) of(file, but string) string {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name != but && slices.Contains(all[name], file) {
			return name
		}
	}
	return ""
}

// give makes the notebook the owner of the files, and of no others.
func (all owners) give(name string, files []string, folder string) error {
	if slices.Equal(all[name], files) {
		return nil // a full disk still takes what changes nothing
	}
	all[name] = files
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(folder, ownersFile), kept.Seal(text), scratch.Public)
}
