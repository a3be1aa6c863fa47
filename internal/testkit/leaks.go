package testkit

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Main runs the tests of a package, and fails if they leave goroutines, open files or
// programs behind: what their code starts, it has to end. TestMain of a package calls
// it. Files and programs are seen where there is a folder /proc.
func Main(m *testing.M) {
	before := kept()
	code := m.Run()
	if code == 0 {
		if left := leaks(before, patience); left != "" {
			fmt.Fprintln(os.Stderr, left)
			code = 1
		}
	}
	os.Exit(code)
}

// patience is how long what is ending may take.
const patience = 5 * time.Second

// leaks says what is there that was not before, once it had some time to go.
func leaks(before map[string]bool, patience time.Duration, options ...goleak.Option) (left string) {
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		left = ""
		if err := goleak.Find(options...); err != nil {
			left = err.Error() + "\n"
		}
		now := kept()
		maps.DeleteFunc(now, func(what string, _ bool) bool { return before[what] })
		if len(now) > 0 {
			left += "left open: " + strings.Join(slices.Sorted(maps.Keys(now)), ", ")
		}
		if left == "" || time.Now().After(end) {
			return left
		}
	}
}

// kept are the files that this program has open, and the programs that it has started
// and not waited for; none where there is no /proc.
func kept() map[string]bool {
	found := map[string]bool{}
	files, _ := os.ReadDir("/proc/self/fd")
	for _, f := range files {
		to, err := os.Readlink(filepath.Join("/proc/self/fd", f.Name()))
		if err == nil && !strings.HasPrefix(to, "anon_inode:") && !strings.HasPrefix(to, "/proc/") { // what waits for others, and this list itself
			found["file "+f.Name()+" "+to] = true
		}
	}
	threads, _ := filepath.Glob("/proc/self/task/*/children")
	for _, path := range threads {
		text, _ := os.ReadFile(path)
		for _, child := range strings.Fields(string(text)) {
			name, _ := os.ReadFile(filepath.Join("/proc", child, "comm"))
			found["program "+child+" "+strings.TrimSpace(string(name))] = true
		}
	}
	return found
}
