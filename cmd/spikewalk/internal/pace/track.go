package pace

import (
	"fmt"
	"strings"
	"time"
)

// Notebook is one that will be executed, and how long that is expected to
// take, 0 if nobody knows.
type Notebook struct {
	Name   string
	Expect time.Duration
}

// Track follows notebooks that are executed, some at the same time. It is not
// safe for concurrent use.
type Track struct {
	rows []row
	jobs int
}

type state int

const (
	waiting state = iota
	running
	ended
	failed
)

type row struct {
	Notebook
	state state
	began time.Time
	took  time.Duration
}

// NewTrack begins with all notebooks waiting, jobs of which will run at a
// time.
func NewTrack(notebooks []Notebook, jobs int) *Track {
	t := &Track{jobs: max(1, jobs)}
	for _, n := range notebooks {
		t.rows = append(t.rows, row{Notebook: n})
	}
	return t
}

// Begin and End tell what happens to a notebook.
func (t *Track) Begin(name string, now time.Time) {
	if r := t.row(name); r != nil {
		r.state, r.began = running, now
	}
}

// End is Begin's counterpart.
func (t *Track) End(name string, well bool, now time.Time) {
	if r := t.row(name); r != nil {
		r.state, r.took = ended, now.Sub(r.began)
		if !well {
			r.state = failed
		}
	}
}

func (t *Track) row(name string) *row {
	for i := range t.rows {
		if t.rows[i].Name == name {
			return &t.rows[i]
		}
	}
	return nil
}

// Left is the time until all have ended, if each goes on as expected; known
// tells whether anybody knows.
func (t *Track) Left(now time.Time) (left time.Duration, known bool) {
	free := make([]time.Duration, t.jobs) // when each job has time
	slow := t.slowness(now)
	known = true
	for _, s := range []state{running, waiting} {
		for _, r := range t.rows {
			if r.state != s {
				continue
			}
			known = known && r.Expect > 0
			first := 0
			for i := range free {
				if free[i] < free[first] {
					first = i
				}
			}
			free[first] += r.left(now, slow)
		}
	}
	for _, f := range free {
		left = max(left, f)
	}
	return left, known
}

// slowness is how much longer notebooks take than expected, by those that have
// ended or are late: on another machine, or beside other programs, all do.
func (t *Track) slowness(now time.Time) float64 {
	var took, expected time.Duration
	for _, r := range t.rows {
		so := r.took
		if r.state == running {
			so = now.Sub(r.began)
		}
		if r.Expect > 0 && (r.state == ended || r.state == running && so > r.Expect) {
			took, expected = took+so, expected+r.Expect
		}
	}
	if expected == 0 {
		return 1
	}
	return min(max(float64(took)/float64(expected), 0.1), 10)
}

// takes is how long a notebook takes in all.
func (r row) takes(slow float64) time.Duration { return time.Duration(float64(r.Expect) * slow) }

// left is how long a notebook still takes. One that takes longer than
// expected is about to end.
func (r row) left(now time.Time, slow float64) time.Duration {
	if r.state != running {
		return r.takes(slow)
	}
	return max(r.takes(slow)-now.Sub(r.began), 0)
}

// Plan says in one sentence what will be done, and how long it will take.
func (t *Track) Plan() string {
	what := "notebooks"
	if len(t.rows) == 1 {
		what = "notebook"
	}
	long := "how long that takes is not known yet"
	if left, known := t.Left(time.Time{}); known {
		long = Roughly(left)
	}
	var each []string
	for _, r := range t.rows {
		s := r.Name
		if r.Expect > 0 {
			s += " (" + Roughly(r.Expect) + ")"
		}
		each = append(each, s)
	}
	together := ""
	if n := min(t.jobs, len(t.rows)); n > 1 {
		together = fmt.Sprintf(", %d at a time", n)
	}
	return fmt.Sprintf("Executing %d %s%s, %s: %s.", len(t.rows), what, together, long, strings.Join(each, ", "))
}

// Total says how far all are, and when they will have ended.
func (t *Track) Total(now time.Time) string {
	done := 0
	for _, r := range t.rows {
		if r.state >= ended {
			done++
		}
	}
	text := fmt.Sprintf("%d of %d notebooks done", done, len(t.rows))
	switch left, known := t.Left(now); {
	case done == len(t.rows):
	case !known:
		text += ", how much longer is not known"
	case left == 0:
		text += ", later than expected"
	default:
		text += ", " + Roughly(left) + " left"
	}
	return text
}

// Running says how far each notebook is that runs now, in one line.
func (t *Track) Running(now time.Time) string {
	slow := t.slowness(now)
	var each []string
	for _, r := range t.rows {
		if r.state == running {
			each = append(each, r.Name+" ("+r.far(now, slow)+")")
		}
	}
	return strings.Join(each, ", ")
}

// far says how far a notebook is.
func (r row) far(now time.Time, slow float64) string {
	switch {
	case r.state == waiting && r.Expect > 0:
		return Roughly(r.takes(slow))
	case r.state == waiting:
		return "waits"
	case r.state == ended:
		return fmt.Sprintf("done in %s", exactly(r.took))
	case r.state == failed:
		return fmt.Sprintf("FAILED after %s", exactly(r.took))
	case r.Expect == 0:
		return fmt.Sprintf("for %s", exactly(now.Sub(r.began)))
	case r.left(now, slow) == 0:
		return fmt.Sprintf("for %s, more than expected", exactly(now.Sub(r.began)))
	}
	return Roughly(r.left(now, slow)) + " left"
}

func exactly(d time.Duration) string { return d.Round(time.Second).String() }

// Roughly is a time as one says it: "about 40 s", "about 3 min".
func Roughly(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("about %d s", max(1, int(d.Round(time.Second).Seconds())))
	case d < 100*time.Second:
		return fmt.Sprintf("about %d s", 5*int((d.Seconds()+2.5)/5))
	}
	return fmt.Sprintf("about %d min", int(d.Minutes()+0.5))
}
