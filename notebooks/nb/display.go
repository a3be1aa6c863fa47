package nb

import (
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// display sends a bundle to the notebook and returns once it has arrived.
//
// What a cell prints and what it displays travel to the notebook by two
// pipes, so that their order would be a matter of luck. Waiting for the
// printed text to be taken before, and for the display to be acknowledged
// after, makes the order that of the program, at every run.
func display(d *protocol.DisplayData) error {
	awaitStdout()
	gonbui.SendData(d)
	gonbui.Sync()
	return gonbui.Error()
}

// awaitStdout returns when the notebook has taken all text printed so far,
// or after a second.
func awaitStdout() {
	const (
		limit = time.Second
		// The kernel passes on a chunk some tens of microseconds after
		// taking it from the pipe; a busy machine needs a little more.
		passing = 5 * time.Millisecond
	)
	for start := time.Now(); stdoutPending() && time.Since(start) < limit; {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(passing)
}
