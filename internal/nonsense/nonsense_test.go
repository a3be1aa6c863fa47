package nonsense

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNonsense calls every exported function and method with nonsense.
func TestNonsense(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program and takes some ten seconds")
	}
	o := order{Most: 30, Report: filepath.Join(t.TempDir(), "report")}
	if only := os.Getenv("SPIKEWALK_NONSENSE"); only != "" {
		o.Most = 0
		o.Only = strings.TrimPrefix(only, "all")
	}
	known, err := readKnown("testdata/known.txt")
	if err != nil {
		t.Fatal(err)
	}
	program := compile(t)
	wrong := map[string][]string{}
	calls := 0
	for {
		reports, message := start(t, program, o)
		died := reports[len(reports)-1]
		for _, r := range reports {
			if r.Refused != "" {
				t.Logf("not tried in earnest, as %s is refused: %s", r.What, r.Refused)
			}
			if r.Wrong != "" {
				wrong[r.Name] = append(wrong[r.Name], r.What+" … "+r.Wrong)
			} else if r.Refused == "" {
				calls++
			}
		}
		if died.Last {
			break
		}
		if died.Wrong == "" && !(died.Cell && message.cell) {
			wrong[died.Name] = append(wrong[died.Name], died.What+" … ends the program: "+message.text)
		}
		o.Function, o.Call = died.Function, died.Call+1
		if len(wrong[died.Name]) > 20 {
			o.Function, o.Call = died.Function+1, 0
		}
	}
	t.Logf("%d calls", calls-1)
	judge(t, wrong, known, o)
}

func judge(t *testing.T, wrong map[string][]string, known map[string]string, o order) {
	t.Helper()
	for _, name := range slices.Sorted(mapKeys(wrong)) {
		if _, ok := known[name]; ok {
			continue
		}
		few := distinct(wrong[name])
		more := ""
		if len(few) > 5 && o.Most > 0 {
			more = fmt.Sprintf("\n\tand %d more", len(few)-5)
			few = few[:5]
		}
		t.Errorf("%s:\n\t%s%s", name, strings.Join(few, "\n\t"), more)
	}
	for name := range known {
		if len(wrong[name]) == 0 && o.Only == "" && o.Most == 0 {
			t.Errorf("%s is listed in testdata/known.txt and nothing is wrong with it now: take the line out", name)
		}
	}
}

// distinct leaves one call of those that end alike.
func distinct(calls []string) (few []string) {
	seen := map[string]bool{}
	for _, c := range calls {
		if _, how, _ := strings.Cut(c, " … "); !seen[how] {
			seen[how] = true
			few = append(few, c)
		}
	}
	return few
}

func mapKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// compile makes this package's tests once more, with the table of functions.
func compile(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	source, err := table(public(t))
	if err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	generated := filepath.Join(folder, "table.go")
	overlay, err := json.Marshal(map[string]map[string]string{
		"Replace": {filepath.Join(here, "generated_test.go"): generated},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"table.go": source, "overlay.json": overlay} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(folder, "nonsense.test")
	out, err := exec.Command("go", "test", "-c", "-o", program, "-overlay", filepath.Join(folder, "overlay.json"), ".").CombinedOutput()
	if err != nil {
		t.Fatalf("compiling the calls: %v\n%s", err, out)
	}
	return program
}

// message is how a child ended.
type message struct {
	text string
	cell bool // as a cell of a notebook ends: status 1 and a sentence
}

// start runs a child until it ends, and returns what it reports. It works in
// an empty folder and has no network.
func start(t *testing.T, program string, o order) ([]report, message) {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.Report, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	child := exec.Command(program, "-test.run=^TestChild$", "-test.timeout=10m")
	child.Dir = home
	nowhere := "http://127.0.0.1:1"
	child.Env = append(os.Environ(), "SPIKEWALK_NONSENSE_CHILD="+string(text), "HOME="+home, "TMPDIR="+home,
		"XDG_CACHE_HOME="+home, "SPIKEWALK_DATA="+home, "HTTP_PROXY="+nowhere, "HTTPS_PROXY="+nowhere, "GOTRACEBACK=single")
	var stderr bytes.Buffer
	child.Stderr = &stderr
	stdout, err := os.Create(filepath.Join(home, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	child.Stdout = stdout
	_ = child.Run()
	reports, err := read(o.Report)
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) == 0 {
		t.Fatalf("no call was made: %s", stderr.String())
	}
	return reports, message{reason(stderr.String()), child.ProcessState.ExitCode() == 1}
}

// reason is the first line of a death, and where in our code it was.
func reason(stderr string) string {
	lines := strings.Split(stderr, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "panic:") || strings.HasPrefix(l, "fatal error:") || strings.HasPrefix(l, "runtime:") {
			return l + at([]byte(strings.Join(lines[i:], "\n")))
		}
	}
	return lines[max(0, len(lines)-2)]
}

// readKnown reads "function: reason" lines.
func readKnown(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for i, l := range strings.Split(string(text), "\n") {
		if l = strings.TrimSpace(l); l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		name, why, ok := strings.Cut(l, ": ")
		if !ok || why == "" {
			return nil, fmt.Errorf("%s, line %d: %q is no \"function: reason\"", path, i+1, l)
		}
		known[name] = why
	}
	return known, nil
}
