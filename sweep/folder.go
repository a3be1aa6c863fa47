package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/regular"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// descriptionFile is the file that says what a folder is of.
const descriptionFile = "sweep.json"

// description is what a folder is of, for whoever does not have the program.
type description struct {
	Format   int
	Name     string
	Identity string // of base, plan, types and numerics
	Version  string
	Program  string // the SHA-256 of the program that began it
	Numerics int
	Rows     int
	Config   []column
	Result   []column
	Varied   []string // the config's columns that the plan changes
	Base     []cell
}

// described is a description as it is read.
type described struct {
	description
	Base []json.RawMessage
}

// format is the version of a folder's files, which have checksums; before, sweep.json
// had none.
const (
	format       = 2
	formatBefore = 1
)

// open makes the folder, or finds that it is of this very sweep.
func (w *work) open(folder string) error {
	there, err := describe(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return w.begin(folder)
	}
	if err != nil {
		return err
	}
	other := "another sweep"
	switch {
	case there.Name != w.Name:
		other = fmt.Sprintf("the sweep %s", there.Name)
	case there.Numerics != w.Numerics:
		other = fmt.Sprintf("version %d of the numerics, and this is %d", there.Numerics, w.Numerics)
	case there.Identity != w.Identity:
		other = fmt.Sprintf("a sweep %s of other configs (%d rows, here %d)", there.Name, there.Rows, w.Rows)
	case there.Version != w.Version:
		other = fmt.Sprintf("version %q of %s, and this is %q", there.Version, w.Name, w.Version)
	case w.Version == "" && (w.Program == "" || there.Program != w.Program):
		other = "another build of the program; if it computes the same, say so by one Version for both"
	default:
		return nil
	}
	return fmt.Errorf("the folder %s holds results of %s: take another folder, or remove this one", folder, other)
}

func (w *work) begin(folder string) error {
	if entries, err := os.ReadDir(folder); err == nil && len(entries) > 0 {
		for _, e := range entries {
			if e.Name() != lockFile {
				return fmt.Errorf("the folder %s is not empty, and is of no sweep: take another folder", folder)
			}
		}
	}
	w.Format = format
	text, err := json.MarshalIndent(w.description, "", " ")
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(folder, descriptionFile), kept.Seal(text), scratch.Public)
}

// describe reads what a folder is of.
func describe(folder string) (described, error) {
	var d described
	path := filepath.Join(folder, descriptionFile)
	text, err := regular.ReadFile(path)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(text, &d); err != nil {
		return d, fmt.Errorf("%s is damaged (%w): remove the folder, and sweep again", path, err)
	}
	if d.Format != format && d.Format != formatBefore {
		return d, fmt.Errorf("%s is of format %d, and this program writes %d: take another folder", path, d.Format, format)
	}
	if _, err := kept.Unseal(text, d.Format == format); err != nil {
		return d, fmt.Errorf("%s: %w: remove the folder, and sweep again", path, err)
	}
	if d.Rows < 1 || d.Rows > mostRows || len(d.Base) != len(d.Config) {
		return d, fmt.Errorf("%s is damaged: remove the folder, and sweep again", path)
	}
	return d, nil
}

const lockFile = ".lock"

// occupy keeps others from computing into the folder.
func occupy(folder string) (release func(), err error) {
	if err := scratch.Folder(folder, scratch.Public); err != nil {
		return nil, fmt.Errorf("the results cannot be kept: %w", err)
	}
	lock := flock.New(filepath.Join(folder, lockFile))
	free, err := lock.TryLock()
	if errors.Is(err, errors.ErrUnsupported) { // some clusters' disks know no locks
		return func() {}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the results cannot be kept: %w", err)
	}
	if !free {
		return nil, fmt.Errorf("another program is sweeping into %s: wait for it, or take another folder", folder)
	}
	return func() { _ = lock.Close() }, nil
}

// run computes what is missing, and collects.
func (w *work) run(ctx context.Context, folder string, on Engine) (*Table, error) {
	release, err := occupy(folder)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := w.open(folder); err != nil {
		return nil, err
	}
	missing, err := w.missing(folder)
	if err != nil {
		return nil, err
	}
	var ended error
	if len(missing) > 0 {
		ended = on.compute(ctx, w, folder, missing)
	}
	table, err := Collect(folder)
	return table, errors.Join(ended, err)
}

// missing are the rows that the folder does not hold, or holds damaged.
func (d *description) missing(folder string) (rows []int, err error) {
	all := make([]int, d.Rows)
	for i := range all {
		all[i] = i
	}
	return d.among(folder, all)
}

// among are those of some rows that are missing. Of what is not there whole folders
// are asked: on a shared disk each file that is asked for costs.
func (d *description) among(folder string, some []int) (rows []int, err error) {
	there, of := map[string]bool{}, ""
	for _, i := range some {
		path := rowPath(folder, i)
		if dir := filepath.Dir(path); dir != of {
			if there, err = namesIn(dir); err != nil {
				return nil, err
			}
			of = dir
		}
		if !there[filepath.Base(path)] {
			rows = append(rows, i)
			continue
		}
		_, err := readRow(folder, i, d.Identity)
		switch {
		case err == nil:
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, kept.ErrTorn):
			rows = append(rows, i)
		default:
			return nil, err
		}
	}
	return rows, nil
}

// namesIn are the names of the files in a folder, none if there is no folder.
func namesIn(dir string) (map[string]bool, error) {
	names := map[string]bool{}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		names[e.Name()] = true
	}
	return names, nil
}

// missingIn is missing, to be asked again and again: a row that was there is not read
// again.
func (d *description) missingIn(folder string) func() ([]int, error) {
	left, begun := []int(nil), false
	return func() ([]int, error) {
		if !begun {
			var err error
			left, err = d.missing(folder)
			begun = err == nil
			return slices.Clone(left), err
		}
		still, err := d.among(folder, left)
		if err == nil {
			left = still
		}
		return slices.Clone(still), err
	}
}
