package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/pace"
	"github.com/spikewalk/spikewalk/experiment"
)

// redrawEvery is the shortest time between two drawings of the line.
const redrawEvery = 200 * time.Millisecond

// eraseLine is what a terminal takes as: begin the current line anew.
const eraseLine = "\r\x1b[K"

// progressLine keeps a line below everything else that tells how far the
// experiments are. Only a terminal gets one: in a file or a pipe there is
// nothing to watch, and say is lineByLine.
//
// What say prints goes above the line. Both must be called one at a time.
func progressLine(out io.Writer) (say func(format string, args ...any), watch func(experiment.Progress)) {
	plain := lineByLine(out)
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return plain, nil
	}
	var drawn time.Time
	say = func(format string, args ...any) { plain(eraseLine+format, args...) }
	return say, func(p experiment.Progress) {
		if time.Since(drawn) < redrawEvery && len(p.Running) > 0 {
			return
		}
		drawn = time.Now()
		// A line that wraps could not be erased.
		width, _, err := term.GetSize(int(file.Fd()))
		if err != nil || width < 10 {
			width = 80
		}
		fmt.Fprint(out, eraseLine+pace.Shortened(progressText(p), width-1))
	}
}

// progressText is "[3/20] int.learn 4: learn 61 %, int.noise 1: begins", and
// nothing where nothing runs.
func progressText(p experiment.Progress) string {
	if len(p.Running) == 0 {
		return ""
	}
	var parts []string
	for _, r := range p.Running {
		far := "begins"
		if r.Total > 0 {
			far = fmt.Sprintf("%s %d %%", r.Stage, 100*r.Done/r.Total)
		}
		parts = append(parts, fmt.Sprintf("%s %d: %s", r.ID, r.Seed, far))
	}
	return fmt.Sprintf("[%d/%d] %s", p.Done, p.Total, strings.Join(parts, ", "))
}
