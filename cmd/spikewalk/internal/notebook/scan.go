package notebook

import (
	"fmt"
	"regexp"
	"strings"
)

// Failure is a cell that did not do what it should.
type Failure struct {
	// Cell counts the code cells from 1, FirstLine is the cell's.
	Cell      int
	FirstLine string
	// Message is what went wrong, in a few lines.
	Message string
}

func (f Failure) String() string {
	return fmt.Sprintf("cell %d (%s): %s", f.Cell, f.FirstLine, f.Message)
}

// ended is how GoNB reports a cell's program that panicked, was killed, or
// exited with another status than 0: as text on standard error, after that of the
// program, which says more than the error that follows. Before version 0.11.4
// none did.
var ended = regexp.MustCompile(`(?m)^(exit status \d+|signal: .*)$`)

// skipTag marks cells that nbconvert does not execute.
const skipTag = "skip-execution"

// Failures finds all cells of an executed notebook that failed in any way: by
// an error, by their program's end, or by not having been run.
func (n *Notebook) Failures() []Failure {
	var out []Failure
	for _, c := range n.Code() {
		if message := c.failure(); message != "" {
			out = append(out, Failure{c.Number, c.FirstLine(), message})
		}
	}
	return out
}

func (c *Cell) failure() string {
	var stderr strings.Builder
	message := ""
	for _, o := range c.Outputs {
		switch {
		case o.Type == "error" && message == "":
			message = o.message()
		case o.Type == "stream" && o.Stream == "stderr":
			// What was written to both streams in turn comes in pieces.
			stderr.WriteString(o.Text)
		}
	}
	if text := stderr.String(); ended.MatchString(text) {
		return endOf(text)
	}
	if message != "" {
		return message
	}
	if !c.Run && strings.TrimSpace(c.Source) != "" && !c.Tagged(skipTag) {
		return "it was not run"
	}
	return ""
}

// messageLines is how much of an error is worth repeating.
const messageLines = 6

// message tells an error output in its own words.
func (o Output) message() string {
	text := o.Value
	if len(o.Traceback) > 0 {
		text = strings.Join(o.Traceback, "\n")
	}
	if strings.TrimSpace(text) == "" {
		text = o.Name
	}
	return lines(text, false)
}

var died = regexp.MustCompile(`(?m)^(panic:|fatal error:)`)

// endOf tells why a program ended: a panic by its beginning (what follows is
// the stack), anything else by its last lines.
func endOf(stderr string) string {
	if at := died.FindStringIndex(stderr); at != nil {
		return lines(stderr[at[0]:], true)
	}
	return lines(stderr, false)
}

// noise is what an error needs not: the terminal's escape sequences, and the
// place in the program that GoNB made of the cell (it names the cell's own
// line before it).
var noise = regexp.MustCompile(escapes.String() + `|\S*/gonb_[0-9a-f]+/main\.go:\d+( \+0x[0-9a-f]+)?`)

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]`)

// PlainText is a text without the terminal's escape sequences.
func PlainText(text string) string { return escapes.ReplaceAllString(text, "") }

// lines are the first or last few lines of a text that are not empty.
func lines(text string, first bool) string {
	var out []string
	for line := range strings.Lines(noise.ReplaceAllString(text, "")) {
		if line = strings.TrimRight(line, " \t\r\n"); line != "" {
			out = append(out, line)
		}
	}
	if len(out) > messageLines {
		if first {
			out = out[:messageLines]
		} else {
			out = out[len(out)-messageLines:]
		}
	}
	return strings.Join(out, "\n")
}

// Find returns the code cell of which a text (an error message of nbconvert)
// shows the beginning, or nil.
func (n *Notebook) Find(text string) *Cell {
	var found *Cell
	longest := 0
	for _, c := range n.Code() {
		// nbconvert shows at least the first lines of a cell.
		line := c.FirstLine()
		if line != "" && strings.Contains(text, line) && len(line) > longest {
			found, longest = c, len(line)
		}
	}
	return found
}
