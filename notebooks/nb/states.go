package nb

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
)

// statesEnding is that of the folder in which, beside a result of the memo that is
// being computed, its last states are.
const statesEnding = ".states"

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

// states are beside the entry.
func (e *entry) states() neuro.Checkpoints {
	return states(strings.TrimSuffix(e.path, memoEnding) + statesEnding)
}
