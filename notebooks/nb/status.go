package nb

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spikewalk/spikewalk/neuro"
)

// elsewhere, if not nil, is where bars are drawn instead of in the notebook:
// beneath the figure of the Try that is running, of which there is one.
var elsewhere atomic.Pointer[statusScreen]

// statusScreen keeps the last line and the last report for whoever asks.
type statusScreen struct {
	mu  sync.Mutex
	now status
}

// status is what the script try.js asks for.
type status struct {
	Text  string `json:"text"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Error string `json:"error"`
}

func (s *statusScreen) set(now status) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

func (s *statusScreen) state() status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *statusScreen) live(text string, p neuro.Progress) {
	// The page has a bar of its own.
	if before, after, ok := strings.Cut(text, "|"); ok {
		_, after, _ = strings.Cut(after, "|")
		text = strings.Join(strings.Fields(before+after), " ")
	}
	s.set(status{Text: text, Done: p.Done, Total: p.Total})
}

func (s *statusScreen) final(text string) { s.set(status{Text: text, Done: 1, Total: 1}) }

// begin and end surround a drawing.
func (s *statusScreen) begin() { s.set(status{}) }

func (s *statusScreen) end(wrong error) {
	if wrong != nil {
		s.set(status{Error: wrong.Error()})
	}
}
