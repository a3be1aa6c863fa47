package nb

import (
	"fmt"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
)

// Check ends the cell when err is not nil: it prints the error's sentence,
// no stack trace, and exits with status 1. The runner (spikewalk notebooks)
// recognises the failure and names the cell. Within the draw function of a
// [Play] or [Try] it ends the drawing, and the sentence names the setting.
func Check(err error) {
	if err == nil {
		return
	}
	// What was displayed so far belongs before the sentence, and would be
	// lost with the program.
	settleBars()
	if drawing.Load() > 0 {
		panic(drawError{err})
	}
	gonbui.Sync()
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Get returns v, or ends the cell as [Check] does when err is not nil. It
// wraps a call with two results:
//
//	fit := nb.Get(rate.Train(nb.Progress("training"), rate.Force{}, cfg, sweep))
func Get[T any](v T, err error) T {
	Check(err)
	settleBars()
	return v
}
