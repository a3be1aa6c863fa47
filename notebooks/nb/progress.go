package nb

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/schollz/progressbar/v3"

	"github.com/spikewalk/spikewalk/neuro"
)

// Progress returns a context that shows how far a run is (it carries a
// [neuro.Watch]): in a notebook with one line that is updated in
// place (a bar, the trials done, the time passed and left, the last error),
// on a terminal with the same line, elsewhere with a line of text for each
// tenth of the run. It never stops the run.
//
//	fit := nb.Get(rate.Train(nb.Progress("full-FORCE"), rate.FullForce{}, cfg, sweep))
//
// When the run has ended, the line is replaced by its last state:
//
//	full-FORCE: 200 of 200, done; error 0.0031
//
// A run that ended before its time is recognised at the next call of Get,
// Check or Show, when the build function of a Memo returns, or when the cell
// is stopped:
//
//	full-FORCE: stopped after 120 of 200; error 0.0098
//
// Warnings of the run's result ([neuro.Warning]) stand below the line, each on
// one of its own. Where no reader is present (spikewalk notebooks) they are all
// that is shown.
//
// Neither carries times, so that two runs leave the same notebook. The line
// is redrawn at most five times a second, and costs next to nothing between.
func Progress(label string) context.Context {
	return inContext(watchOn(newScreen, label))
}

func inContext(w neuro.Watch) context.Context { return neuro.WithWatch(context.Background(), w) }

// watchOn makes a line on a screen of its own for each run.
func watchOn(open func() screen, label string) neuro.Watch {
	b := newBar(open(), label)
	return func(p neuro.Progress) error {
		if b.restarted(p) {
			b = newBar(open(), label)
		}
		b.report(p)
		return nil
	}
}

// redrawEvery is the shortest time between two redrawings of a bar.
const redrawEvery = 200 * time.Millisecond

// bar is the line of one run.
type bar struct {
	label string
	to    screen

	mu       sync.Mutex
	library  *progressbar.ProgressBar
	last     neuro.Progress
	begun    bool
	ended    bool
	redrawn  time.Time
	lastText string
	// owner is the key of the memo entry to which the line belongs, if any.
	owner string
}

func newBar(to screen, label string) *bar {
	b := &bar{label: label, to: to, redrawn: time.Now()}
	// The library renders; where to and when is ours, because a notebook is
	// no terminal. Its clock starts now, not with the first report, or the
	// first trial's time would be missing from the estimate.
	// How long the run is, the first report will tell.
	b.library = progressbar.NewOptions(math.MaxInt32,
		progressbar.OptionSetWriter(io.Discard),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
	)
	b.library.StartWithoutRender()
	return b
}

// restarted tells whether a report belongs to another run than the ones
// before it, as when a Watch is handed to two runs in turn.
func (b *bar) restarted(p neuro.Progress) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ended && (p.Done < b.last.Done || p.Total != b.last.Total)
}

func (b *bar) report(p neuro.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.begun {
		b.begun = true
		bars.add(b)
	}
	b.last = p
	if s, ok := b.to.(noter); ok {
		s.note(p)
	}
	switch {
	case p.Total > 0 && p.Done >= p.Total:
		b.end()
	case time.Since(b.redrawn) >= redrawEvery:
		b.redrawn = time.Now()
		b.to.live(b.render(), p)
	}
}

// render is the line while the run goes on.
func (b *bar) render() string {
	what := b.label
	if b.last.Stage != "" {
		what += ", " + b.last.Stage
	}
	if e := b.last.Error; !math.IsNaN(e) {
		what += fmt.Sprintf(", error %.2g", e)
	}
	if b.last.Total <= 0 || b.last.Total > math.MaxInt32 { // of more the library makes a bar that fills the memory
		return fmt.Sprintf("%s: %d", what, b.last.Done)
	}
	b.library.Describe(what)
	// Set comes before ChangeMax, which would count the time since the last
	// report as one in which nothing was done. Their errors are those of
	// writing, here to io.Discard.
	_ = b.library.Set(b.last.Done)
	if b.library.GetMax() != b.last.Total {
		b.library.ChangeMax(b.last.Total)
	}
	return strings.TrimSpace(b.library.String())
}

// end shows the line's last state, once.
func (b *bar) end() {
	text := b.lastState()
	if b.ended && text == b.lastText {
		return
	}
	b.ended, b.lastText = true, text
	b.to.final(text)
}

func (b *bar) lastState() string {
	p := b.last
	text := fmt.Sprintf("%s: %d of %d, done", b.label, p.Done, p.Total)
	if p.Total <= 0 {
		text = fmt.Sprintf("%s: %d, done", b.label, p.Done)
	} else if p.Done < p.Total {
		text = fmt.Sprintf("%s: stopped after %d of %d", b.label, p.Done, p.Total)
	}
	if !math.IsNaN(p.Error) {
		text += fmt.Sprintf("; error %.2g", p.Error)
	}
	for _, w := range p.Warnings {
		text += "\nwarning: " + w.String()
	}
	return text
}

// bars are all bars of this program, in the order in which they appeared.
//
// This is the package's one piece of global state, and stands for a thing
// there is only one of: the output area of the cell. It is what lets Get,
// Show and Memo settle the bars of runs that ended early, and lets Memo keep
// the lines that belong to a result.
var bars barList

type barList struct {
	mu  sync.Mutex
	all []*bar
}

func (l *barList) add(b *bar) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) == 0 && gonbui.IsNotebook {
		settleOnInterrupt()
	}
	l.all = append(l.all, b)
}

// since returns the bars that appeared after the first n.
func (l *barList) since(n int) []*bar {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*bar(nil), l.all[n:]...)
}

func (l *barList) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.all)
}

// settleBars gives every bar its last state.
func settleBars() {
	for _, b := range bars.since(0) {
		b.mu.Lock()
		if !b.ended {
			b.end()
		}
		b.mu.Unlock()
	}
}
