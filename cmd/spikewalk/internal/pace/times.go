// Package pace tells how long notebooks will take and how far they are.
package pace

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Times are what runs on this machine took, by the code of the notebook with
// its parameters. They are a help, no more: what cannot be read or kept is not
// missed.
type Times struct {
	path string
	all  map[string]measured
}

// measured is how long a notebook took in seconds, 0 if that is not known: at
// first, and again with the results that it had kept.
type measured struct {
	First, Again float64
	// Kept tells that its results are in the memo.
	Kept bool
}

// timesFile is in the cache folder.
const timesFile = "times.json"

// ReadTimes reads what is known of earlier runs in the cache folder.
func ReadTimes(cache string) *Times {
	t := &Times{path: filepath.Join(cache, timesFile)}
	text, err := os.ReadFile(t.path)
	if err == nil {
		text, err = kept.Unseal(text, false)
	}
	if err != nil || json.Unmarshal(text, &t.all) != nil || t.all == nil {
		t.all = map[string]measured{}
	}
	return t
}

// Forget notes that no results are kept any more.
func (t *Times) Forget() {
	for code, m := range t.all {
		m.Kept = false
		t.all[code] = m
	}
	t.write()
}

// Expect estimates how long a notebook will take, 0 if nothing is known: what
// it took on this machine goes before what the notebook says of itself.
// fresh tells that it finds no kept results, quick that it is a quick run.
func (t *Times) Expect(p run.Planned, fresh, quick bool) time.Duration {
	m := t.all[p.Code]
	again := m.Kept && !fresh
	seconds := m.First
	switch {
	case again && m.Again > 0:
		seconds = m.Again
	case again && p.Seconds.Again > 0 && !quick:
		seconds = p.Seconds.Again
	case seconds > 0:
	case quick:
		seconds = p.Seconds.Quick
	default:
		seconds = p.Seconds.First
	}
	return time.Duration(seconds * float64(time.Second))
}

// Note notes how long a notebook took that ended well. Fresh runs keep no
// results for others.
func (t *Times) Note(p run.Planned, seconds float64, fresh bool) {
	m := t.all[p.Code]
	if m.Kept && !fresh {
		m.Again = seconds
	} else {
		m.First, m.Kept = seconds, m.Kept || !fresh
	}
	t.all[p.Code] = m
	t.write()
}

// most is how many codes are remembered: those of a notebook that is edited
// are many, and none of them comes again.
const most = 1000

func (t *Times) write() {
	for code := range t.all {
		if len(t.all) <= most {
			break
		}
		delete(t.all, code)
	}
	if text, err := json.Marshal(t.all); err == nil && scratch.Folder(filepath.Dir(t.path), scratch.Private) == nil {
		_ = scratch.WriteFile(t.path, kept.Seal(text), scratch.Private)
	}
}
