package nb

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A result that a notebook computes in one cell and recalls in the next ones
// shows its progress lines once: in the first of these cells, whether it was
// computed there or found in the memo. Which lines were shown already is known
// by a session, the life of a kernel.

// keptLine is the last state of a progress bar and the key of the memo entry
// in whose build it was shown.
type keptLine struct{ Owner, Text string }

// keepLines settles the bars that appeared after the first n, gives those that
// belong to nobody to the entry, and returns the lines of all.
func keepLines(n int, key string) []keptLine {
	settleBars()
	var lines []keptLine
	for _, b := range bars.since(n) {
		if b.owner == "" {
			b.owner = key
		}
		lines = append(lines, keptLine{b.owner, b.lastText})
	}
	markShown(key)
	return lines
}

// replay shows the lines of a result that was found in the memo, unless this
// session has shown them before. Either way they count as lines of an
// enclosing build, whose result may be recalled in another session.
func replay(key string, lines []keptLine) {
	before := map[string]bool{key: shownBefore(key)}
	for _, line := range lines {
		if _, known := before[line.Owner]; !known {
			before[line.Owner] = shownBefore(line.Owner)
		}
		b := &bar{to: newScreen(), begun: true, ended: true, lastText: line.Text, owner: line.Owner}
		bars.add(b)
		if !before[line.Owner] {
			b.to.final(line.Text)
		}
	}
	for owner := range before {
		markShown(owner)
	}
}

// shownHere is the session of a program outside a notebook.
var shownHere sync.Map

// shownMark is the file that says so in a notebook: in the folder that GoNB
// makes for a kernel and removes with it. Folders that begin with a dot are no
// part of the program it compiles there.
func shownMark(key string) string {
	if dir := os.Getenv(protocol.GONB_TMP_DIR_ENV); dir != "" {
		return filepath.Join(dir, ".shown", key)
	}
	return ""
}

func shownBefore(key string) bool {
	if mark := shownMark(key); mark != "" {
		_, err := os.Stat(mark)
		return err == nil
	}
	_, ok := shownHere.Load(key)
	return ok
}

// markShown is for the eye only, so that its failure is no error: a line is
// then shown twice.
func markShown(key string) {
	mark := shownMark(key)
	if mark == "" {
		shownHere.Store(key, true)
		return
	}
	_ = os.MkdirAll(filepath.Dir(mark), 0o700)
	_ = os.WriteFile(mark, nil, 0o600)
}
