package pace

import (
	"strings"
	"time"
)

// barWidth is the width of a notebook's bar, in characters.
const barWidth = 14

// Lines are a line for each notebook and one for all, none wider than width.
// Where they are more than height, those of notebooks that do not run are left
// out.
func (t *Track) Lines(now time.Time, width, height int) []string {
	longest := 0
	for _, r := range t.rows {
		longest = max(longest, len([]rune(r.Name)))
	}
	slow := t.slowness(now)
	var lines []string
	for _, r := range t.rows {
		if len(t.rows)+1 > height && r.state != running {
			continue
		}
		name := r.Name + strings.Repeat(" ", longest-len([]rune(r.Name)))
		lines = append(lines, Shortened("  "+name+"  "+r.bar(now, slow)+"  "+r.far(now, slow), width))
	}
	if most := max(height-1, 0); len(lines) > most {
		lines = lines[:most]
	}
	return append(lines, Shortened(t.Total(now), width))
}

// bar shows the part of the expected time that has gone by. It is full only
// when the notebook has ended.
func (r row) bar(now time.Time, slow float64) string {
	full := 0
	switch {
	case r.state >= ended:
		full = barWidth
	case r.state == running && r.Expect > 0:
		full = min(int(barWidth*now.Sub(r.began)/r.takes(slow)), barWidth-1)
	}
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", barWidth-full) + "]"
}

// Shortened is text of at most n > 0 characters: a line that wraps could not be
// drawn again in its place.
func Shortened(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}
