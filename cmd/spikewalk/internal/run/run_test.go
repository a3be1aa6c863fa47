//go:build unix

package run

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// fakeHead parses nbconvert's arguments.
const fakeHead = `#!/bin/sh
while [ $# -gt 0 ]; do
	case $1 in
	--to) shift;;
	--output-dir) dir=$2; shift;;
	*) last=$1;;
	esac
	shift
done
name=$(basename "$last" .ipynb)
`

// works executes every cell without any output and makes a figure.
const works = `
sed 's/"execution_count": null/"execution_count": 1/' "$last" > "$dir/$name.ipynb"
mkdir -p "$SPIKEWALK_FIGURES"
echo png > "$SPIKEWALK_FIGURES/$SPIKEWALK_NOTEBOOK-01.png"
echo svg > "$SPIKEWALK_FIGURES/$SPIKEWALK_NOTEBOOK-01.svg"
`

// fake is a Jupyter that does what the script says.
func fake(t *testing.T, script string) *jupyter.Installation {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jupyter")
	if err := os.WriteFile(path, []byte(fakeHead+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return &jupyter.Installation{Command: path, Sub: "nbconvert"}
}

// write makes a notebook of code cells; constants are parameters.
func write(t *testing.T, folder, name string, cells ...string) string {
	t.Helper()
	var list []any
	for _, source := range cells {
		tags := []string{}
		if strings.HasPrefix(source, "const") {
			tags = []string{"parameters"}
		}
		list = append(list, map[string]any{
			"cell_type": "code", "execution_count": nil, "outputs": []any{}, "source": source,
			"metadata": map[string]any{"tags": tags},
		})
	}
	text, err := json.Marshal(map[string]any{
		"cells": list, "nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{"spikewalk": map[string]any{"quick": map[string]any{"Trials": "3"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name+notebook.Ending)
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func options(t *testing.T, j *jupyter.Installation, notebooks ...string) Options {
	return Options{
		Notebooks: notebooks, Out: filepath.Join(t.TempDir(), "out"), Jobs: 2,
		CellTimeout: time.Minute, StartTimeout: time.Minute,
		Jupyter: j, Kernel: "spikewalk", JupyterPath: t.TempDir(),
		Say: func(format string, args ...any) { t.Logf(format, args...) },
	}
}

// files lists a folder's files, those below it too.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != ".lock" && d.Name() != ownersFile {
			name, _ := filepath.Rel(folder, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestRunWritesEverything(t *testing.T) {
	dir := t.TempDir()
	a := write(t, dir, "01_a", "const Trials = 200", "x")
	b := write(t, dir, "02_b", "const Trials = 100")
	o := options(t, fake(t, works), a, b)
	// What an earlier run left has to go.
	for old, text := range map[string]string{
		".spikewalk-ABCDEFGH/.owner": "", ".spikewalk-ABCDEFGH/x": "old", "report.json": "old",
		"figures/01_a-07.png": "old", "figures/" + ownersFile: `{"01_a": ["01_a-07.png"]}`,
	} {
		path := filepath.Join(o.Out, old)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o.Set = map[string]string{"Trials": "5"}
	report, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"01_a.html", "01_a.ipynb", "02_b.html", "02_b.ipynb",
		"figures/01_a-01.png", "figures/01_a-01.svg", "figures/02_b-01.png", "figures/02_b-01.svg",
		"index.html", "report.json",
	}
	if d := cmp.Diff(want, files(t, o.Out)); d != "" {
		t.Error(d)
	}
	for i := range report {
		if report[i].Seconds <= 0 || report[i].Seconds > 60 {
			t.Errorf("%s took %v s", report[i].Name, report[i].Seconds)
		}
		report[i].Seconds = 1
	}
	set := map[string]string{"Trials": "5"}
	wantReport := Report{
		{Name: "01_a", Seconds: 1, Cells: 2, Figures: []string{"figures/01_a-01.png"}, Parameters: set},
		{Name: "02_b", Seconds: 1, Cells: 1, Figures: []string{"figures/02_b-01.png"}, Parameters: set},
	}
	if d := cmp.Diff(wantReport, report); d != "" {
		t.Error(d)
	}
	executed, err := notebook.Read(filepath.Join(o.Out, "01_a.ipynb"))
	if err != nil || executed.Code()[0].Source != "const Trials = 5" {
		t.Errorf("the executed notebook is %+v, %v", executed, err)
	}
	var onDisk Report
	text, err := os.ReadFile(filepath.Join(o.Out, "report.json"))
	if err != nil || json.Unmarshal(text, &onDisk) != nil || len(onDisk) != 2 || !strings.Contains(string(text), `"error": ""`) {
		t.Errorf("report.json is %s, %v", text, err)
	}
}

func TestRunFindsFailures(t *testing.T) {
	dying := func(stderr string) string {
		return works + `cat > "$dir/$name.ipynb" <<'END'
{"nbformat":4,"cells":[
 {"cell_type":"code","execution_count":1,"source":"const Trials = 1","outputs":[]},
 {"cell_type":"markdown","source":"text"},
 {"cell_type":"code","execution_count":2,"source":"%%\nfit()","outputs":[{"output_type":"stream","name":"stderr","text":` + stderr + `}]}]}
END`
	}
	cases := map[string]struct {
		script string
		says   []string
		files  int // of the notebook, HTML and what nbconvert said
	}{
		"fails":             {`echo "Traceback: boom" >&2; exit 3`, []string{"nbconvert failed (exit status 3)", "01_a.log", "boom"}, 1},
		"writes garbage":    {`echo garbage > "$dir/$name.ipynb"`, []string{"no executed notebook", "no Jupyter notebook"}, 0},
		"writes nothing":    {`exit 0`, []string{"no executed notebook"}, 0},
		"dead kernel":       {`echo "nbclient.exceptions.DeadKernelError: Kernel died" >&2; exit 1`, []string{"the kernel died", "01_a.log"}, 1},
		"missing kernel":    {`echo "jupyter_client.kernelspec.NoSuchKernel: No such kernel named spikewalk" >&2; exit 1`, []string{`the kernel "spikewalk" has gone`}, 1},
		"full disk":         {`echo "OSError: [Errno 28] No space left on device" >&2; exit 1`, []string{"the disk is full", "--out"}, 0},
		"timeout":           {`echo "CellTimeoutError: A cell timed out: ['fit()']" >&2; exit 1`, []string{"longer than 1m0s in cell 2 (fit())", "--timeout"}, 1},
		"loses cells":       {`echo '{"nbformat":4,"cells":[]}' > "$dir/$name.ipynb"`, []string{"0 code cells of 2"}, 2},
		"does not run them": {`cp "$last" "$dir/$name.ipynb"`, []string{"cell 1 (const Trials = 1): it was not run", "cell 2"}, 2},
		"panic":             {dying(`"panic: boom\n\ngoroutine 1\nexit status 2\n"`), []string{"cell 2 (fit()): panic: boom"}, 2},
		"exit 2":            {dying(`["no data\n","exit status 2\n"]`), []string{"cell 2 (fit()): no data", "exit status 2"}, 2},
		"killed":            {dying(`"signal: killed\n"`), []string{"cell 2 (fit()): signal: killed"}, 2},
		"only mentions it":  {dying(`"a warning about exit status 2\n"`), nil, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t, fake(t, c.script), write(t, t.TempDir(), "01_a", "const Trials = 1", "%%\nfit()"))
			report, err := Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if failed := len(c.says) > 0; (report.Failed() == 1) != failed {
				t.Errorf("%d notebooks failed: %q", report.Failed(), report[0].Error)
			}
			for _, s := range c.says {
				if !strings.Contains(report[0].Error, s) {
					t.Errorf("error is %q, want it to say %q", report[0].Error, s)
				}
			}
			n := 0
			for _, f := range files(t, o.Out) {
				if strings.HasPrefix(f, "01_a") {
					n++
				}
			}
			if n != c.files {
				t.Errorf("left %v, want %d of the notebook", files(t, o.Out), c.files)
			}
		})
	}
}

// What is logged for programmers is no part of what a user is told.
func TestWithoutLog(t *testing.T) {
	const said = "E1128 23:05:01.123456   77 pipes.go:59] Error message: broken\nTraceback: boom\n" +
		"goroutine 1 [running]:\nmain.main()\n\t/x/main.go:12 +0x5f\n\nW1128 23:05:01.1 a\nthe end\nEleven 11:11:11\n"
	if got, want := withoutLog(said), "Traceback: boom\n\nthe end\nEleven 11:11:11\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRunRemovesResultsThatFailedToComeAgain(t *testing.T) {
	path := write(t, t.TempDir(), "01_a", "x")
	o := options(t, fake(t, works), path)
	if _, err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	o.Jupyter = fake(t, "exit 1")
	if _, err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"01_a.log", "index.html", "report.json"}, files(t, o.Out)); d != "" {
		t.Errorf("results of the first run are left: %s", d)
	}
}

// shows is a notebook of two executed cells, of which the second puts out a
// text and an image.
func shows(t *testing.T, text string, black int) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := black; i < len(img.Pix); i++ {
		img.Pix[i] = 0xff
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return `{"nbformat":4,"cells":[{"cell_type":"code","execution_count":1,"source":"x","outputs":[]},
{"cell_type":"code","execution_count":2,"source":"y","outputs":[{"output_type":"stream","name":"stdout","text":"` + text + `"},
{"output_type":"display_data","data":{"image/png":"` + base64.StdEncoding.EncodeToString(b.Bytes()) + `"}}]}]}`
}

func TestRunChecks(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "01_a", "x", "y")
	committed, executed := shows(t, "0.5", 0), shows(t, "0.5", 0)
	check := func() string {
		t.Helper()
		if err := os.WriteFile(path, []byte(committed), 0o644); err != nil {
			t.Fatal(err)
		}
		o := options(t, fake(t, works+"cat > \"$dir/$name.ipynb\" <<'END'\n"+executed+"\nEND"), path)
		o.Check = true
		report, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		return report[0].Error
	}
	if e := check(); e != "" {
		t.Errorf("equal outputs: %s", e)
	}
	executed = shows(t, "0.25", 0)
	if e := check(); !strings.Contains(e, `differs from the committed notebook: cell 2 (y): output 1: text differs in line 1: is "0.25", the committed one is "0.5"`) {
		t.Errorf("another text: %s", e)
	}
	executed = shows(t, "0.5", 1)
	if e := check(); !strings.Contains(e, "cell 2 (y): output 2: image/png differs in 1 of 64 pixels") {
		t.Errorf("another pixel: %s", e)
	}
	bare := `{"nbformat":4,"cells":[{"cell_type":"code","source":"x","outputs":[]},{"cell_type":"code","source":"y","outputs":[]}]}`
	committed = bare
	if e := check(); !strings.Contains(e, "holds no outputs to compare with") || strings.Contains(e, "cell") {
		t.Errorf("no outputs: %s", e)
	}
	executed = strings.ReplaceAll(bare, `"source"`, `"execution_count":1,"source"`)
	if e := check(); !strings.Contains(e, "holds no outputs to compare with") {
		t.Errorf("no outputs on either side: %s", e)
	}
	committed, executed = strings.Replace(shows(t, "0.5", 0), `"outputs":[]`, `"outputs":[{"output_type":"stream","name":"stdout","text":"more"}]`, 1), shows(t, "0.5", 0)
	if e := check(); !strings.Contains(e, "cell 1 (x): it has 0 outputs, the committed one has 1") {
		t.Errorf("a missing output: %s", e)
	}
	const failed = `{"output_type":"error","ename":"E","evalue":"boom","traceback":[]}`
	committed = strings.Replace(shows(t, "0.5", 0), `"outputs":[]`, `"outputs":[`+failed+`]`, 1)
	if e := check(); !strings.Contains(e, "cell 1 (x)") {
		t.Errorf("an error that was committed: %s", e)
	}
	executed = committed
	if e := check(); !strings.Contains(e, "cell 1 (x): boom") {
		t.Errorf("an error that was committed and came again: %s", e)
	}
}

// Outputs are written into the notebooks of which no cell failed, and those
// that have changed meanwhile keep what they have.
func TestRunInPlace(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "01_a", "x", "y")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	inPlace := func(executed, more string) (wrong, now string) {
		t.Helper()
		o := options(t, fake(t, works+more+"\ncat > \"$dir/$name.ipynb\" <<'END'\n"+executed+"\nEND"), path)
		o.InPlace = true
		report, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return report[0].Error, string(text)
	}
	failing := strings.Replace(shows(t, "0.5", 0), `"execution_count":1,`, "", 1)
	if wrong, now := inPlace(failing, ""); !strings.Contains(wrong, "it was not run") || now != string(before) {
		t.Errorf("%q; the notebook is now %s", wrong, now)
	}
	changed := strings.Replace(string(before), `"x"`, `"edited"`, 1)
	if wrong, now := inPlace(shows(t, "0.5", 0), "cat > '"+path+"' <<'END'\n"+changed+"\nEND"); !strings.Contains(wrong, "was changed while it was executed") || strings.Contains(now, "0.5") {
		t.Errorf("%q; the notebook is now %s", wrong, now)
	}
	if err := os.WriteFile(path, before, 0o644); err != nil {
		t.Fatal(err)
	}
	if wrong, now := inPlace(shows(t, "0.5", 0), ""); wrong != "" || !strings.Contains(now, `"text": "0.5"`) || !strings.Contains(now, `"quick"`) {
		t.Errorf("%q; the notebook is now %s", wrong, now)
	}
	// What was written is what a check compares with.
	o := options(t, fake(t, works+"cat > \"$dir/$name.ipynb\" <<'END'\n"+shows(t, "0.5", 0)+"\nEND"), path)
	o.Check = true
	if report, err := Run(context.Background(), o); err != nil || report.Failed() > 0 {
		t.Errorf("%v, %+v", err, report)
	}
}

// Whatever a user has set, the cells of a check find no recordings.
func TestRunChecksWithoutRecordings(t *testing.T) {
	t.Setenv("SPIKEWALK_DATA", t.TempDir())
	where := func(change func(*Options)) string {
		t.Helper()
		o := options(t, fake(t, works+`[ -n "$SPIKEWALK_HEADLESS" ] && echo "$SPIKEWALK_DATA" > "$SPIKEWALK_FIGURES/data.txt"`), write(t, t.TempDir(), "01_a", "x"))
		change(&o)
		if _, err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(o.Out, "figures", "data.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(text))
	}
	if got := where(func(*Options) {}); got != os.Getenv("SPIKEWALK_DATA") {
		t.Errorf("a run has the recordings in %q", got)
	}
	if got := where(func(o *Options) { o.Check = true }); got != "none" {
		t.Errorf("a check has the recordings in %q", got)
	}
	if got := where(func(o *Options) { o.InPlace = true }); got != "none" {
		t.Errorf("what is to be committed has the recordings in %q", got)
	}
}

// A check begins with an empty memo and leaves that of the user alone.
func TestRunChecksFromAnEmptyMemo(t *testing.T) {
	o := options(t, fake(t, works+`echo "$SPIKEWALK_MEMO" > "$SPIKEWALK_FIGURES/memo.txt"
[ -z "$SPIKEWALK_MEMO" ] || { mkdir "$SPIKEWALK_MEMO" && echo > "$SPIKEWALK_MEMO/a.memo"; }`),
		write(t, t.TempDir(), "01_a", "x"))
	folder := func() string {
		t.Helper()
		if _, err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(o.Out, "figures", "memo.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(text))
	}
	if memo := folder(); memo != "" {
		t.Errorf("the memo of a run is in %q", memo)
	}
	o.Check = true
	memo := folder()
	if !strings.HasPrefix(memo, o.Out) {
		t.Errorf("the memo of a check is in %q", memo)
	}
	if _, err := os.Stat(memo); !os.IsNotExist(err) {
		t.Errorf("the memo of a check is left: %v", err)
	}
	o.Memo = filepath.Join(t.TempDir(), "memo")
	if memo = folder(); memo != o.Memo {
		t.Errorf("the memo to be kept is in %q, want %q", memo, o.Memo)
	}
	if _, err := Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "--memo") {
		t.Errorf("a check began with a memo of another: %v", err)
	}
}

// Pages are made of notebooks as they are, without any Jupyter.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	a := filepath.Join(dir, "01_a.ipynb")
	if err := os.WriteFile(a, []byte(shows(t, "0.5", 3)), 0o644); err != nil {
		t.Fatal(err)
	}
	o := options(t, nil, a, write(t, dir, "02_b", "x"))
	if err := Pages(o); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"01_a.html", "01_a.ipynb", "02_b.html", "02_b.ipynb", "index.html"}, files(t, o.Out)); d != "" {
		t.Error(d)
	}
	for file, want := range map[string]string{"01_a.html": `src="data:image/png;base64,`, "02_b.html": "not executed yet", "index.html": `href="02_b.html"`} {
		if text, err := os.ReadFile(filepath.Join(o.Out, file)); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not contain %q (%v)", file, want, err)
		}
	}
}

func TestRunQuickAndSet(t *testing.T) {
	dir := t.TempDir()
	a := write(t, dir, "01_a", "const (\n\tTrials = 200\n\tGain = 1.5\n)")
	source := func(o Options) string {
		t.Helper()
		if _, err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		n, err := notebook.Read(filepath.Join(o.Out, "01_a.ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		return n.Code()[0].Source
	}
	o := options(t, fake(t, works), a)
	o.Quick = true
	if got := source(o); !strings.Contains(got, "Trials = 3\n") {
		t.Errorf("quick: %s", got)
	}
	o.Set = map[string]string{"Trials": "7", "Gain": "2"}
	if got := source(o); !strings.Contains(got, "Trials = 7\n\tGain = 2.0\n") {
		t.Errorf("set goes before quick: %s", got)
	}
	o.Set = map[string]string{"Trails": "7"}
	if _, err := Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "did you mean Trials?") {
		t.Errorf("unknown parameter: %v", err)
	}
}

func TestRunInterrupted(t *testing.T) {
	dir := t.TempDir()
	o := options(t, fake(t, works+`[ "$SPIKEWALK_NOTEBOOK" = 01_a ] || exec sleep 600`), write(t, dir, "01_a", "x"), write(t, dir, "02_b", "x"))
	ctx, cancel := context.WithCancelCause(context.Background())
	cause := errors.New("interrupted")
	var once sync.Once
	o.Jobs = 1
	o.Say = func(format string, args ...any) {
		if s := fmt.Sprintf(format, args...); strings.HasPrefix(s, "running 02_b") {
			once.Do(func() { time.AfterFunc(300*time.Millisecond, func() { cancel(cause) }) })
		}
	}
	start := time.Now()
	if _, err := Run(ctx, o); !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v to stop", d)
	}
	// The finished notebook stays whole; of the other there is nothing.
	want := []string{"01_a.html", "01_a.ipynb", "figures/01_a-01.png", "figures/01_a-01.svg"}
	if d := cmp.Diff(want, files(t, o.Out)); d != "" {
		t.Error(d)
	}
}

func TestRunEndsAJupyterThatHangs(t *testing.T) {
	t.Parallel()
	o := options(t, fake(t, `exec sleep 600`), write(t, t.TempDir(), "01_a", "x"))
	o.StartTimeout, o.CellTimeout = 100*time.Millisecond, 100*time.Millisecond
	report, err := Run(context.Background(), o)
	if err != nil || report.Failed() != 1 || !strings.Contains(report[0].Error, "did not end within") {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestRunIntoFoldersItCannotUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	folders := []string{file, filepath.Join(file, "below")}
	if os.Geteuid() != 0 { // root may write everywhere
		readOnly := t.TempDir()
		if err := os.Chmod(readOnly, 0o555); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, readOnly)
	}
	for _, folder := range folders {
		o := options(t, fake(t, works), write(t, t.TempDir(), "01_a", "x"))
		o.Out = folder
		_, err := Run(context.Background(), o)
		if err == nil || !strings.Contains(err.Error(), "--out") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one sentence that names --out", folder, err)
		}
	}
}

// Results never take the place of the notebooks that they are of.
func TestRunIntoTheFolderOfTheNotebooks(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "01_a", "x")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, fake(t, works), path)
	o.Out = filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, o.Out); err != nil {
		t.Fatal(err)
	}
	_, planned := o.Plan()
	_, ran := Run(context.Background(), o)
	for _, err := range []error{planned, ran, Pages(o)} {
		if err == nil || !strings.Contains(err.Error(), "would replace the notebooks") {
			t.Errorf("error %v", err)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the notebook is now %s, %v", after, err)
	}
}

func TestTwoRunsIntoOneFolder(t *testing.T) {
	o := options(t, fake(t, works), write(t, t.TempDir(), "01_a", "x"))
	var second error
	say := o.Say
	o.Say = func(format string, args ...any) {
		if strings.HasPrefix(format, "running") {
			other := o
			other.Say = say
			_, second = Run(context.Background(), other)
		}
	}
	if _, err := Run(context.Background(), o); err != nil {
		t.Error(err)
	}
	if second == nil || !strings.Contains(second.Error(), "another run") {
		t.Errorf("the second run: %v", second)
	}
}
