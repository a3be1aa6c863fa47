package nb

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"golang.org/x/term"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/neuro"
)

// screen is where one bar is drawn.
type screen interface {
	live(text string, p neuro.Progress)
	final(text string)
}

// noter is a screen that receives every report, drawn or not.
type noter interface{ note(p neuro.Progress) }

func newScreen() screen {
	if s := elsewhere.Load(); s != nil {
		return s
	}
	switch {
	case gonbui.IsNotebook && !readerPresent():
		return warnings{}
	case gonbui.IsNotebook:
		return &notebookLine{id: "progress-" + gonbui.UniqueId()}
	case term.IsTerminal(int(os.Stderr.Fd())):
		return terminalLine{os.Stderr}
	default:
		return &textLines{to: os.Stderr}
	}
}

// warnings shows nothing of a run but its warnings: what nobody watches needs no
// progress, and a saved notebook is not to hold any.
type warnings struct{}

func (warnings) live(string, neuro.Progress) {}

func (warnings) final(text string) {
	if _, said, ok := strings.Cut(text, "\n"); ok {
		_ = display(&protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMETextPlain: said}})
	}
}

// notebookLine is one line of a cell's output, updated in place. It is sent
// as plain text and not as HTML, which needs no escaping and which every
// front end shows, trusted or not.
type notebookLine struct {
	id    string
	shown bool
}

func (l *notebookLine) live(text string, _ neuro.Progress) { l.show(text, "", false) }
func (l *notebookLine) final(text string)                  { l.show(text, "", true) }

// show shows the line or, instead of it, a page that holds it. It waits for
// the notebook where the order of the cell's output depends on it (the line's
// first appearance) or the program may end (its last state); updates between
// are only sent off.
func (l *notebookLine) show(text, page string, last bool) {
	data := &protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMETextPlain: text, player.ProgressMIME: "1"},
		DisplayID: l.id,
	}
	if page != "" {
		data.Data[protocol.MIMETextHTML] = page
	}
	if l.shown && !last {
		gonbui.SendData(data)
		return
	}
	l.shown = true
	// A progress line that cannot be shown is no reason to end the run.
	_ = display(data)
}

// terminalLine redraws the terminal's last line.
type terminalLine struct{ to io.Writer }

func (l terminalLine) live(text string, _ neuro.Progress) {
	fmt.Fprintf(l.to, "\r\x1b[K%s", text)
}

func (l terminalLine) final(text string) {
	fmt.Fprintf(l.to, "\r\x1b[K%s\n", text)
}

// textLines writes a line for each tenth of the run, for logs.
type textLines struct {
	to    io.Writer
	tenth int
}

func (l *textLines) live(text string, p neuro.Progress) {
	if p.Total <= 0 {
		return
	}
	if tenth := 10 * p.Done / p.Total; tenth > l.tenth {
		l.tenth = tenth
		fmt.Fprintln(l.to, text)
	}
}

func (l *textLines) final(text string) { fmt.Fprintln(l.to, text) }
