package nb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/internal/cache"
	"github.com/spikewalk/spikewalk/neuro"
)

// states are the last ones of a result that is being computed.
func states(folder string) neuro.Checkpoints {
	c := neuro.DefaultCheckpoints(folder)
	c.Optional, c.Tell = true, func(message string) { fmt.Fprintln(os.Stderr, "memo: "+message) }
	return c
}

// goOn is [Memo] that returns its error. Whatever build trains goes on where it was
// if a former run of the cell was stopped; when the result is kept, that is
// forgotten.
func goOn[T any](label string, key any, build func(ctx context.Context) (T, error)) (T, error) {
	var e *entry
	v, err := memo(label, key, func() (T, error) {
		ctx := Live(label)
		if sum, err := memoKey[T](label, key); err == nil {
			if e, err = newEntry(label, sum); err == nil {
				ctx = neuro.WithCheckpoints(ctx, e.states())
			}
		}
		return build(ctx)
	})
	if e == nil || err != nil {
		return v, err
	}
	if _, kept := os.Stat(e.path); kept == nil {
		_ = e.states().Remove() // what is left is forgotten with the memo
	}
	return v, nil
}

// states are those of the entry.
func (e *entry) states() neuro.Checkpoints {
	return states(filepath.Join(sideFolder(filepath.Dir(e.path), cache.Checkpoints), strings.TrimSuffix(filepath.Base(e.path), memoEnding)))
}

// sideFolder is a folder of the cache from which nothing is removed to make room, or
// of a memo that is elsewhere.
func sideFolder(memo, name string) string {
	if os.Getenv(MemoEnv) == "" {
		memo = filepath.Dir(memo)
	}
	return filepath.Join(memo, name)
}

// forgetStates removes all states of the memo.
func forgetStates(memo string) error {
	folder := sideFolder(memo, cache.Checkpoints)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		err = errors.Join(err, states(filepath.Join(folder, e.Name())).Remove())
	}
	_ = os.Remove(folder) // fails where there is something else
	return err
}
