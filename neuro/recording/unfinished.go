package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
)

// part reads what part k is besides arrays. Files of layout 2 in parts do not say it
// of each, but of the whole.
func (in reader) part(k int, whole description) (description, error) {
	name := partPrefix(k) + npz.Config
	in.known[name] = true
	if !in.Has(name) {
		whole.Events, whole.tables = nil, tables{}
		return whole, nil
	}
	var about aboutPart
	text := in.Bytes(name)
	if err := in.Err(); err != nil {
		return description{}, err
	}
	if err := json.Unmarshal(text, &about); err != nil {
		return description{}, fmt.Errorf("%s: %w", name, err)
	}
	for _, array := range about.Arrays {
		if !in.Has(array) {
			return description{}, fmt.Errorf("array %q is missing", array)
		}
	}
	return about.description, nil
}

// decodeUnfinished reads the parts of a file whose writer was broken off, up to
// the first that is not whole.
func decodeUnfinished(data []byte) (*Recording, error) {
	if rec, err := decode(data); err == nil {
		return rec, nil // it was finished, and broken off before it got its name
	}
	r, whole := npz.Salvage(data)
	in := reader{Reader: r, known: make(map[string]bool), wrong: new(error)}
	rec, parts := new(Recording), 0
	for ; in.Has(partPrefix(parts) + npz.Config); parts++ {
		about, err := in.part(parts, description{})
		if err != nil {
			break
		}
		part := in.recording(partPrefix(parts), about)
		if err := errors.Join(in.Err(), *in.wrong, part.check()); err != nil {
			return nil, err
		}
		part.Provenance = about.Provenance
		if err := rec.Append(part); err != nil {
			return nil, err
		}
	}
	if parts == 0 {
		return nil, errors.New("no part of the recording was written before it was broken off")
	}
	lost := ""
	if n := len(data) - whole; n > 0 {
		lost = fmt.Sprintf(" (the last %d bytes are of a part that is not whole, or damaged)", n)
	}
	rec.Warnings = append(rec.Warnings, neuro.Warning{
		Kind: neuro.MissingValues, Where: "recording",
		Message: fmt.Sprintf("the run was broken off while it was recorded: there are its first %d trials, and no rates, means or final state%s", len(rec.Trials), lost),
		Try:     "run it again with the same seed for all of it",
	})
	return rec, rec.check()
}

// brokenOff says where the beginning of a file is that is not there.
func brokenOff(path string, err error) error {
	part := path + npz.Unfinished
	if _, there := os.Stat(part); errors.Is(err, fs.ErrNotExist) && there == nil {
		return fmt.Errorf("%w; the run that was to write it is not done, or was broken off: %s holds what was recorded", err, part)
	}
	return err
}
