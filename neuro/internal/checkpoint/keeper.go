// Package checkpoint keeps the state of a computation in files, for those under
// neuro.WithCheckpoints, and finds it again.
//
//	keep, err := checkpoint.Open(ctx, "rate training", cfg, task)
//	…
//	if n := keep.At(); n > 0 {
//		err = keep.Restore(state) // after n trials
//	}
//	…
//	keep.After(n, last, state) // writes if it is time
//
// A nil *Keeper, which Open returns where nothing is to be kept, does nothing.
package checkpoint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// magic begins each file.
const magic = "spikewalk checkpoint 1\n"

// Keeper keeps the states of one computation in two files, of which the older is
// replaced. If the newer is torn, the other is still there.
type Keeper struct {
	how   neuro.Checkpoints
	ctx   context.Context
	what  string
	files [2]string

	at      int       // trials behind the newest state
	payload []byte    // of the state found, until it is restored
	next    int       // the file to replace
	last    time.Time // of the last state, or since when it goes on
	wait    time.Duration
	failed  string // why the last one was not written
}

// Wanted tells whether ctx asks for checkpoints.
func Wanted(ctx context.Context) bool {
	how := neuro.CheckpointsOf(ctx)
	return how.Folder != "" || how.Every != 0 || how.Trials != 0
}

// Open finds the last state of a computation: what it is, in a few words, and
// all that its result depends on. An error says what of that cannot be told, or
// why the state cannot be used.
func Open(ctx context.Context, what string, key ...any) (*Keeper, error) {
	if !Wanted(ctx) {
		return nil, nil
	}
	how := neuro.CheckpointsOf(ctx)
	if err := how.Validate(); err != nil {
		return nil, err
	}
	sum, err := kept.Key("its key", append([]any{what}, key...)...)
	if err != nil {
		return Refuse(ctx, what, err)
	}
	k := &Keeper{how: how, ctx: ctx, what: what, last: time.Now(), wait: how.Every}
	if err := k.open(sum); err != nil {
		err = fmt.Errorf("checkpoints of the %s: %w", what, err)
		if !how.Optional {
			return nil, err
		}
		tell(how, "%v; it runs without", err)
		return nil, nil
	}
	return k, nil
}

// Refuse is an error that says why there can be no checkpoints of a computation, but
// where they are optional: nobody has asked for them there.
func Refuse(ctx context.Context, what string, why error) (*Keeper, error) {
	if neuro.CheckpointsOf(ctx).Optional {
		return nil, nil
	}
	return nil, fmt.Errorf("checkpoints of the %s: %w", what, why)
}

func (k *Keeper) open(sum string) error {
	if err := scratch.Folder(k.how.Folder, scratch.Private); err != nil {
		return err
	}
	name := strings.ReplaceAll(k.what, " ", "-") + "-" + sum[:16]
	for i := range k.files {
		k.files[i] = filepath.Join(k.how.Folder, fmt.Sprintf("%s.%d%s", name, i, neuro.CheckpointEnding))
	}
	return k.find()
}

// find takes the later of the states that are whole.
func (k *Keeper) find() error {
	var torn []string
	for i, file := range k.files {
		payload, err := kept.Read(file, magic)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case errors.Is(err, kept.ErrTorn):
			torn = append(torn, file)
			continue
		case errors.Is(err, kept.ErrOther):
			return fmt.Errorf("%s: %w: remove the file to begin anew", file, err)
		case err != nil:
			return err
		}
		at, rest, err := header(payload)
		if err != nil {
			return fmt.Errorf("%s %w: go on with the program that wrote it, or remove the file to begin anew", file, err)
		}
		if at > k.at {
			k.at, k.payload, k.next = at, rest, 1-i
		}
	}
	for _, file := range torn {
		if k.at > 0 {
			tell(k.how, "%s is torn: the state before it is taken, after %d of the trials", file, k.at)
		} else {
			tell(k.how, "%s is torn, and there is no other: the work begins anew", file)
		}
	}
	return nil
}

// header reads what stands before a state.
func header(payload []byte) (at int, rest []byte, err error) {
	numerics, r := 0, bytes.NewReader(payload)
	err = persist.Read(io.LimitReader(r, headerSize), func(c *persist.State) { c.Int(&numerics); c.Int(&at) })
	switch {
	case err != nil || at < 1:
		return 0, nil, errors.New("is none of a computation")
	case numerics != neuro.NumericsVersion:
		return 0, nil, fmt.Errorf("was written by version %d of the numerics, and this is version %d", numerics, neuro.NumericsVersion)
	}
	return at, payload[headerSize:], nil
}

const headerSize = 16

// At is the number of trials after which the state was left that is to be gone on
// from, 0 if there is none.
func (k *Keeper) At() int {
	if k == nil {
		return 0
	}
	return k.at
}

// Restore sets what the function names to the state that was found.
func (k *Keeper) Restore(name func(*persist.State)) error {
	if k == nil {
		return nil
	}
	r := bytes.NewReader(k.payload)
	err := persist.Read(r, name)
	k.payload, k.last = nil, time.Now()
	if err != nil {
		return fmt.Errorf("%s does not fit the %s (%w): remove the file to begin anew", k.files[1-k.next], k.what, err)
	}
	return nil
}

// After is called after each trial, and leaves the state if it is time. The last
// trial's is left in any case, unless hardly any time has passed. What goes wrong is
// told and ends nothing.
func (k *Keeper) After(trials int, last bool, name func(*persist.State)) {
	if k == nil || !k.due(trials, last) {
		return
	}
	begun := time.Now()
	err := k.write(trials, name)
	k.last = time.Now()
	k.wait = max(k.how.Every, min(share*k.last.Sub(begun), longest))
	if err == nil {
		k.at, k.next, k.failed = trials, 1-k.next, ""
		return
	}
	if why := reason(err); why != k.failed && k.ctx.Err() == nil {
		k.failed = why
		tell(k.how, "no checkpoint of the %s after %d trials, in %s: %s; it goes on, and the last one is of trial %d", k.what, trials, k.how.Folder, why, k.at)
	}
}

// reason leaves out the names of files that are there for a moment.
func reason(err error) string {
	if of := (*fs.PathError)(nil); errors.As(err, &of) {
		err = of.Err
	}
	return err.Error()
}

// write writes the older of the two files; the folder may have been cleared.
func (k *Keeper) write(trials int, name func(*persist.State)) error {
	if err := scratch.Folder(k.how.Folder, scratch.Private); err != nil {
		return err
	}
	return kept.Stream(k.files[k.next], magic, scratch.Private, func(w io.Writer) error {
		return persist.Write(&interruptible{k.ctx, w}, func(c *persist.State) {
			numerics := neuro.NumericsVersion
			c.Int(&numerics)
			c.Int(&trials)
			name(c)
		})
	})
}

const (
	// share is how many times as long as writing a state took work goes on before the
	// next, even if that is longer than Every, but no longer than longest.
	share   = 100
	longest = 50 * time.Second
)

// hardly is the part of Every below which the end of a computation is not worth
// a file.
const hardly = 30

func (k *Keeper) due(trials int, last bool) bool {
	if n := k.how.Trials; n > 0 && trials-k.at >= n {
		return true
	}
	passed := time.Since(k.last)
	return k.how.Every > 0 && passed >= k.wait || last && passed >= k.how.Every/hardly
}

// interruptible is a writer that ends with its context: a large state takes longer
// than a user who stops should wait.
type interruptible struct {
	ctx context.Context
	w   io.Writer
}

func (i *interruptible) Write(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.w.Write(b)
}

type withinKey struct{}

type within struct {
	keep *Keeper
	name func(*persist.State)
}

// Within returns a context under which a loop within another one keeps, with its own
// state, that of the loop around it. Of returns what is in the context.
func Within(ctx context.Context, keep *Keeper, name func(*persist.State)) context.Context {
	return context.WithValue(ctx, withinKey{}, within{keep, name})
}

// Of returns what [Within] has put into ctx, nil where it has not.
func Of(ctx context.Context) (*Keeper, func(*persist.State)) {
	w, _ := ctx.Value(withinKey{}).(within)
	return w.keep, w.name
}

func tell(how neuro.Checkpoints, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if how.Tell != nil {
		how.Tell(message)
		return
	}
	fmt.Fprintln(os.Stderr, message)
}
