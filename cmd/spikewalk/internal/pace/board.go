package pace

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
)

const (
	// redrawEvery is how often the lines of a terminal are drawn, tellEvery how
	// often elsewhere a line tells how far everything is.
	redrawEvery = 500 * time.Millisecond
	tellEvery   = 30 * time.Second
)

// back is what a terminal takes as: go up so many lines, and clear from here to
// the end of the screen. The library for progress that this module has draws one
// line, and here is one for each notebook.
const back = "\x1b[%dA\r\x1b[J"

// Board shows how far notebooks are: on a terminal one line for each of them
// and one for all, which are drawn again and again below everything else that
// is said; elsewhere lines when one begins and ends, and one every half minute.
type Board struct {
	out   io.Writer
	size  func() (width, height int) // of the terminal, nil if it is none
	now   func() time.Time
	stop  chan struct{}
	ended sync.WaitGroup

	mu    sync.Mutex
	track *Track
	lines int // drawn below what was said
	told  time.Time
}

// NewBoard shows the track until it is closed.
func NewBoard(out io.Writer, track *Track) *Board {
	b := &Board{out: out, now: time.Now, track: track, stop: make(chan struct{})}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		b.size = func() (width, height int) {
			width, height, err := term.GetSize(int(file.Fd()))
			if err != nil || width < 20 || height < 4 {
				return 80, 24
			}
			return width, height
		}
	}
	b.told = b.now()
	b.ended.Go(b.tick)
	return b
}

// Close leaves what is shown and shows nothing more.
func (b *Board) Close() {
	close(b.stop)
	b.ended.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.draw()
}

func (b *Board) tick() {
	every := tellEvery
	if b.size != nil {
		every = redrawEvery
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-b.stop:
			return
		case <-ticker.C:
			b.mu.Lock()
			b.tell()
			b.mu.Unlock()
		}
	}
}

// tell shows how far everything is, elsewhere than on a terminal unless
// something has just been said.
func (b *Board) tell() {
	now := b.now()
	switch {
	case b.size != nil:
		b.draw()
	case now.Sub(b.told) < tellEvery/2:
	default:
		b.say(b.track.Total(now) + "; running " + b.track.Running(now))
	}
}

// Say prints a line above those of the notebooks.
func (b *Board) Say(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.say(fmt.Sprintf(format, args...))
}

func (b *Board) say(text string) {
	b.told = b.now()
	fmt.Fprint(b.out, b.back(), text, "\n")
	b.lines = 0
	b.draw()
}

// Began takes the place of [run.Options].Began, Ended of its Ended.
func (b *Board) Began(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.track.Begin(name, b.now())
	if b.size == nil {
		b.say("running " + b.track.row(name).describe())
		return
	}
	b.draw()
}

func (r *row) describe() string {
	if r.Expect == 0 {
		return r.Name
	}
	return r.Name + " (" + Roughly(r.Expect) + ")"
}

// Ended tells how a notebook fared; on a terminal its line does, and what went
// wrong is said above.
func (b *Board) Ended(e run.Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.track.End(e.Name, e.Error == "", b.now())
	if b.size != nil && e.Error == "" {
		b.draw()
		return
	}
	text := e.Line()
	if b.size == nil {
		text += "\n" + b.track.Total(b.now())
	}
	b.say(text)
}

// back takes the terminal to where its lines begin, and clears them.
func (b *Board) back() string {
	if b.lines == 0 {
		return ""
	}
	return fmt.Sprintf(back, b.lines)
}

// draw draws the lines of a terminal anew, in place.
func (b *Board) draw() {
	if b.size == nil {
		return
	}
	width, height := b.size()
	lines := b.track.Lines(b.now(), width-1, height-1)
	var s strings.Builder
	s.WriteString(b.back())
	for _, line := range lines {
		s.WriteString(line + "\n")
	}
	b.lines = len(lines)
	_, _ = io.WriteString(b.out, s.String())
}
