package neuro

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Checkpoints say where and how often a computation under [WithCheckpoints]
// leaves its state, so that one that is killed, or a machine that stops, loses
// less than a minute. Start from [DefaultCheckpoints].
type Checkpoints struct {
	// Folder holds the files; it is made if it is not there. Each computation has
	// two of its own, the last states it left, so that one folder serves all
	// the computations of a program, also those that run at the same time.
	Folder string
	// Every is the time between two states. A state is that after a trial, or a
	// simulated second of a life, so that the work lost is up to this and what
	// one of these takes. Where it takes long to write a state, a hundred times as
	// long may pass, but no more than 50 s unless Every is longer. 0 leaves it to
	// Trials.
	Every time.Duration
	// Trials is the number of trials, or simulated seconds, after which a state is
	// left in any case; 0 leaves it to Every.
	Trials int
	// Optional lets a computation that cannot be kept, in a world or by a method
	// that does not say how, run without checkpoints, and one whose files cannot
	// be used or made, which Tell is told. Otherwise either is an error before
	// time is spent.
	Optional bool
	// Tell is told in one sentence what does not end the computation: a state
	// that could not be written, on a full disk, or one that was torn, so
	// that the one before it is taken. Nil writes it to standard error.
	Tell func(message string)
}

// checkpointsEvery is the default of [Checkpoints].Every: a state of 800 neurons takes
// some 20 ms, and one of 3000 neurons 0.2 s of a processor and as long as the disk
// takes for 144 MB.
const checkpointsEvery = 30 * time.Second

// DefaultCheckpoints leave a state in a folder every 30 s.
func DefaultCheckpoints(folder string) Checkpoints {
	return Checkpoints{Folder: folder, Every: checkpointsEvery}
}

// Validate says what is wrong, or nil.
func (c Checkpoints) Validate() error {
	switch {
	case c.Folder == "":
		return errors.New("neuro: Checkpoints have no Folder: name one, as in neuro.DefaultCheckpoints(\"checkpoints\")")
	case c.Every < 0 || c.Trials < 0:
		return fmt.Errorf("neuro: Checkpoints every %v and every %d trials: neither may be negative", c.Every, c.Trials)
	case c.Every == 0 && c.Trials == 0:
		return errors.New("neuro: Checkpoints have neither Every nor Trials, so that there would be none: neuro.DefaultCheckpoints has 30 s")
	}
	return nil
}

// CheckpointEnding is that of the files.
const CheckpointEnding = ".checkpoint"

// Remove removes all states in the Folder, and the folder if nothing else is in
// it. Call it when the result has been saved.
func (c Checkpoints) Remove() error {
	files, err := os.ReadDir(c.Folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		if filepath.Ext(f.Name()) == CheckpointEnding {
			err = errors.Join(err, os.Remove(filepath.Join(c.Folder, f.Name())))
		}
	}
	_ = os.Remove(c.Folder) // fails where there is something else
	return err
}

type checkpointsKey struct{}

// WithCheckpoints returns a context under which whatever is trained
// (rate.Train, spiking.Transfer, spiking.Model.Train, dale.Transfer) or lives
// (attractor.Attractor.Live, integrator.Live) leaves its state now and then:
//
//	states := neuro.DefaultCheckpoints("checkpoints")
//	ctx = neuro.WithCheckpoints(ctx, states)
//	fit, err := rate.Train(ctx, rate.FullForce{}, cfg, sweep)
//	…
//	model, err := spiking.Transfer(ctx, spikes, source)
//	…
//	err = model.Save("walk.npz")
//	err = states.Remove()
//
// When the program is run again after it was killed, each call goes on where it
// was, and those that had ended return at once. The result is the same to the
// bit as without the interruption.
//
// A state belongs to a call with the same configuration, the same task, source,
// or network, down to the last number of its first trial, and the same
// method; a call that differs in any of them begins anew and leaves the state
// alone. A state of another version of the numerics is an error that names the
// file. Like [WithCores], it changes no result. It replaces the Checkpoints that
// ctx had; the zero value leaves none.
//
// A file is there whole or not at all, and its checksum is compared when it is
// read. For a spiking network of N neurons and P factors it takes 16 N (N + P) bytes,
// half of the first with rls.Float32.
//
// A nil ctx is context.Background(), here and in [CheckpointsOf].
func WithCheckpoints(ctx context.Context, c Checkpoints) context.Context {
	if ctx == nil {
		ctx = context.Background()
	}
	return context.WithValue(ctx, checkpointsKey{}, c)
}

// CheckpointsOf returns the Checkpoints of ctx, the zero value if it has none.
func CheckpointsOf(ctx context.Context) (c Checkpoints) {
	if ctx != nil {
		c, _ = ctx.Value(checkpointsKey{}).(Checkpoints)
	}
	return c
}
