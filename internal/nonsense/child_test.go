package nonsense

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"
)

// A call may keep processors busy for timeLimit and last for patience in all,
// since others may be at work on the machine.
const (
	timeLimit   = 4 * time.Second
	patience    = 30 * time.Second
	memoryLimit = 1 << 30
)

// order is what the parent asks the child for, by SPIKEWALK_NONSENSE_CHILD.
type order struct {
	// Most calls of a function, 0 for all; functions of package Only, "" for all.
	Most int
	Only string
	// First function, and its first call.
	Function, Call int
	// Report is the file to which the child writes.
	Report string
}

// report is a line of the child's: a call that begins, and what was wrong
// with it if it ended.
type report struct {
	Function, Call int
	Name, What     string
	Cell           bool   `json:",omitempty"` // it may end the program as a cell ends
	Wrong          string `json:",omitempty"`
	// Refused is the error of a call that was meant to be valid.
	Refused string `json:",omitempty"`
	// Last says that there are no more calls.
	Last bool `json:",omitempty"`
}

// cellEnd is what the documentation of a function says that may end the
// program as a cell ends: with status 1 and a sentence.
var cellEnd = regexp.MustCompile(`ends? the cell`)

// TestChild is the program that makes the calls. It is run by TestNonsense.
func TestChild(t *testing.T) {
	text := os.Getenv("SPIKEWALK_NONSENSE_CHILD")
	if text == "" {
		t.Skip("run by TestNonsense")
	}
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	limitMemory(6 << 30)
	debug.SetMemoryLimit(memoryLimit / 2)
	file, err := os.OpenFile(o.Report, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	// One line each: it must be there when the call ends the program.
	tell := func(r report) {
		line, _ := json.Marshal(r)
		file.Write(append(line, '\n'))
	}
	var current atomic.Pointer[running]
	go watch(&current, tell)
	for i := o.Function; i < len(functions); i++ {
		f := functions[i]
		if o.Only != "" && f.pkg != o.Only && f.String() != o.Only {
			continue
		}
		first := 0
		if i == o.Function {
			first = o.Call
		}
		// Each function finds an empty folder.
		folder, err := os.MkdirTemp("", "")
		if err == nil {
			err = os.Chdir(folder)
		}
		if err != nil {
			t.Fatal(err)
		}
		all := trials(f, o.Most)
		for j := first; j < len(all); j++ {
			r := report{Function: i, Call: j, Name: f.String(), What: all[j].String(), Cell: cellEnd.MatchString(f.doc)}
			tell(r)
			current.Store(&running{r, time.Now(), worked()})
			var refused string
			r.Wrong, refused = all[j].run()
			current.Store(nil)
			if j == 0 {
				r.Refused = refused
			}
			if r.Wrong != "" || r.Refused != "" {
				tell(r)
			}
		}
	}
	tell(report{Last: true})
}

type running struct {
	report
	since time.Time
	work  time.Duration
}

// watch ends the program when a call takes too long or too much.
func watch(current *atomic.Pointer[running], tell func(report)) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for range time.Tick(5 * time.Millisecond) {
		r := current.Load()
		if r == nil {
			continue
		}
		metrics.Read(sample)
		end := r.report
		if used := sample[0].Value.Uint64(); used > memoryLimit {
			end.Wrong = fmt.Sprintf("takes more than %d MB of memory", used>>20)
		} else if worked()-r.work > timeLimit || time.Since(r.since) > patience {
			end.Wrong = fmt.Sprintf("takes more than %v of a processor's time, or %v in all", timeLimit, patience)
		} else {
			continue
		}
		tell(end)
		os.Exit(3)
	}
}

// read returns the reports of a child.
func read(path string) (all []report, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for s := bufio.NewScanner(file); s.Scan(); {
		var r report
		if json.Unmarshal(s.Bytes(), &r) == nil {
			all = append(all, r)
		}
	}
	return all, nil
}
