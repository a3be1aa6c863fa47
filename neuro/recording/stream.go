package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// partNumbers is how many numbers a part of a file has at least: 1 MB.
const partNumbers = 1 << 17

// syncEvery is how often what was written is waited for until it is on the disk.
const syncEvery = 5 * time.Second

func partPrefix(k int) string { return fmt.Sprintf("part_%d_", k) }

// aboutPart is what a part of a file holds besides arrays, of which it lists those
// that it must have.
type aboutPart struct {
	description
	Arrays []string
}

// Stream writes a recording that need not fit into memory. The function run hands
// each part to add as it comes (see [Recording.Append]) and returns what describes
// the whole: trials, scores and series that were in no part. The file holds parts of
// 1 MB or more under names such as part_0_factors; [Load] puts them together. It
// appears whole, once run has returned without an error.
//
// Until then it grows under its name with .part behind it. If the program is killed,
// or run returns an error after a part was written, [Load] reads from there what was
// recorded by then: each part has checksums.
func Stream(path string, run func(add func(part *Recording) error) (*Recording, error)) error {
	if run == nil {
		return errors.New("recording: there is nothing to stream: run is nil")
	}
	var failed error
	var kept bool
	err := npz.GrowFile(path, func(to npz.Growing) (bool, error) {
		f := newFile(to)
		whole, err := run(f.add)
		if failed = err; err == nil {
			err = f.finish(whole)
		} else if f.parts > 0 {
			err = errors.Join(err, f.flush())
		}
		kept = f.parts > 0
		return kept, err
	})
	if failed != nil && !kept {
		return failed
	}
	return err
}

// file is a file that is being written.
type file struct {
	w      *npz.Writer
	sync   func() error
	synced time.Time
	part   Recording // collected, not yet written
	parts  int       // written
	series map[string]sampling
}

func newFile(to io.Writer) *file {
	f := &file{w: npz.NewWriter(to), series: make(map[string]sampling), synced: time.Now()}
	if disk, ok := to.(npz.Growing); ok {
		f.sync = disk.Sync
	}
	return f
}

func (f *file) add(part *Recording) error {
	if part != nil && part.hasTables() {
		return errors.New("recording: a part that is streamed has tables, conditions or observed intervals: return them with what describes the whole")
	}
	if err := f.part.Append(part); err != nil || f.part.numbers() < partNumbers {
		return err
	}
	return f.flush()
}

// flush writes the part that was collected.
func (f *file) flush() error {
	if f.part.numbers() == 0 {
		return nil
	}
	about := aboutPart{description: f.part.describe()}
	maps.Copy(f.series, about.Series)
	before := len(f.w.Names())
	if err := f.part.write(f.w, partPrefix(f.parts)); err != nil {
		return err
	}
	about.Arrays = f.w.Names()[before:]
	text, err := json.Marshal(about)
	if err != nil {
		return err
	}
	f.w.Bytes(partPrefix(f.parts)+npz.Config, text)
	f.part, f.parts = Recording{}, f.parts+1
	return f.toDisk()
}

// toDisk hands on what was written, for the case that nothing more comes.
func (f *file) toDisk() error {
	if err := f.w.Flush(); err != nil || f.sync == nil || time.Since(f.synced) < syncEvery {
		return err
	}
	f.synced = time.Now()
	return f.sync()
}

// finish writes what describes the whole.
func (f *file) finish(whole *Recording) error {
	if whole == nil {
		return errNone
	}
	if err := errors.Join(f.flush(), whole.check(), whole.write(f.w, "")); err != nil {
		return err
	}
	h := header{Stamp: stamp(), description: whole.describe(), Parts: f.parts}
	if f.parts > 0 {
		h.Numerics = layoutParts
	}
	maps.Copy(h.Series, f.series)
	if whole.Means != nil {
		d := whole.Means.describe()
		h.Means = &d
	}
	f.w.Header(&h)
	return f.w.Close()
}
