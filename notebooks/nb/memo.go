package nb

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/janpfeifer/gonb/gonbui"

	"github.com/spikewalk/spikewalk/internal/kept"
)

// Memo returns the result of build, computing it only when it was not
// computed before with the same label, the same key, the same type T and the
// same version of the numerics (neuro.NumericsVersion). Results are kept in
// files in the folder memo of data.CacheDir (SPIKEWALK_CACHE). The context
// given to build shows how far it is, as [Live] does. What goes wrong ends the
// cell as [Check] does.
//
//	drift := nb.Memo("drift", []any{eye, how}, func(ctx context.Context) (integrator.Drift, error) {
//		return integrator.MeasureDrift(ctx, eye, how)
//	})
//
// The key is everything the result depends on: numbers, texts, configurations,
// tasks, sources, networks, matrices, or a []any of several. It counts by its
// content, unexported fields and what pointers lead to included, so that two
// networks with equal weights are one key. Memo refuses a key whose content
// cannot be told: functions and channels. What it cannot see is a change in the
// text of build itself; give the result another label then, or empty the memo
// (spikewalk notebooks --fresh).
//
// The result is kept with encoding/gob, or by its own WriteTo and ReadFrom
// (io.WriterTo, io.ReaderFrom) if it has both. Memo refuses types of which gob
// would lose something: unexported fields without a marshaler of their own,
// functions, interfaces. The value returned is always one that was written
// and read back, so that a computed result and a kept one do not differ; nil
// pointers and NaN are kept, an empty slice becomes nil.
//
// Programs that want the same result at the same time compute it once: the
// others wait. A build that fails or is interrupted leaves no result; what it was
// training under the context goes on where it was when the cell is run again
// ([neuro.WithCheckpoints]). A file
// that cannot be read, because it is torn or foreign, is computed again and
// written anew, with a line on standard error that says so. Where the result
// cannot be kept (a folder that is read-only, a full disk), it is returned
// all the same, and a line on standard error, one for each cell, says why. Results used
// least recently go when the cache is full (data.CacheDir).
//
// The last states of progress bars shown during build are kept with the
// result, and shown where a notebook first asks for it, computed or not. Do
// not print inside build: text is not kept, and the notebook would look
// different the next time.
func Memo[T any](label string, key any, build func(ctx context.Context) (T, error)) T {
	return Get(goOn(label, key, build))
}

// memo is Memo that returns its error.
func memo[T any](name string, config any, build func() (T, error)) (T, error) {
	var none T
	settleBars()
	if err := kept.Check[T](); err != nil {
		return none, fmt.Errorf("nb.Memo(%q): %w", name, err)
	}
	key, err := memoKey[T](name, config)
	if err != nil {
		return none, fmt.Errorf("nb.Memo(%q): %w", name, err)
	}
	e, err := newEntry(name, key)
	if err != nil {
		return compute(name, key, nil, err, build)
	}
	// A file is there completely or not at all, so reading needs no lock,
	// and works in a folder where nothing can be written.
	if v, err := recall[T](e); err == nil {
		return v, nil
	}
	unlock, err := e.lock(func() {
		if !gonbui.IsNotebook {
			fmt.Fprintf(os.Stderr, "memo: another program is computing %q; waiting for it\n", name)
		}
	})
	if err != nil {
		return compute(name, key, nil, err, build)
	}
	defer unlock()
	v, err := recall[T](e)
	if err == nil {
		return v, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(os.Stderr, "memo: the kept result %q cannot be used (%v); it is computed again\n", name, err)
	}
	return compute(name, key, e, nil, build)
}

// recall reads a kept result and shows its progress lines.
func recall[T any](e *entry) (T, error) {
	var v T
	payload, err := e.read()
	if err != nil {
		return v, err
	}
	result, err := unpack(payload)
	if err != nil {
		return v, err
	}
	if v, err = kept.Decode[T](result.Value); err != nil {
		return v, err
	}
	replay(e.key, result.Lines)
	return v, nil
}

// compute builds a result and keeps it in e; a nil e means that it cannot be
// kept, for the reason given.
func compute[T any](name, key string, e *entry, reason error, build func() (T, error)) (T, error) {
	before := bars.count()
	v, err := build()
	if err != nil {
		settleBars()
		return v, err
	}
	lines := keepLines(before, key)
	value, err := kept.Encode(v)
	if err != nil {
		notKept(name, err)
		return v, nil
	}
	back, err := kept.Decode[T](value)
	if err != nil {
		notKept(name, err)
		return v, nil
	}
	if e != nil {
		reason = e.write(pack(keptResult{Lines: lines, Value: value}))
	}
	if reason != nil {
		noPlace.Do(func() { notKept(name, fmt.Errorf("%w (said once)", reason)) })
	}
	return back, nil
}

// noPlace is for what is said once: where one result cannot be kept few can.
var noPlace sync.Once

func notKept(name string, reason error) {
	fmt.Fprintf(os.Stderr, "memo: the result %q was computed but not kept: %v\n", name, reason)
}

// keptResult is what a memo file's payload holds.
type keptResult struct {
	// Lines are the last states of the progress bars of the build.
	Lines []keptLine
	// Value is the encoded result.
	Value []byte
}

func pack(k keptResult) []byte {
	var b bytes.Buffer
	// A struct of strings and bytes into memory: nothing here can fail.
	_ = gob.NewEncoder(&b).Encode(k)
	return b.Bytes()
}

func unpack(payload []byte) (keptResult, error) {
	var k keptResult
	err := gob.NewDecoder(bytes.NewReader(payload)).Decode(&k)
	return k, err
}
