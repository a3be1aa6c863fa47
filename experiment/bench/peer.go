package bench

import (
	"bufio"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed peers/*.py
var scripts embed.FS

// Install is the step that installs what the peers need.
const Install = "apt-get install python3-numpy libopenblas0-pthread python3-h5py python3-brian g++"

// peer is another program at work: a script that answers each line it is sent
// with the time of one repetition. See peers/pair.py.
type peer struct {
	// name says who it is. problem, unless empty, says why it cannot run.
	name, problem string
	info          map[string]float64
	// scale is how many of the peer's units one of ours is.
	scale float64
	last  answer // to the last repetition

	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *tail
}

// answer is what a script says.
type answer struct {
	Name    string             `json:"name"`
	Info    map[string]float64 `json:"info"`
	Seconds float64            `json:"seconds"`
	Units   float64            `json:"units"`
}

// absent is a peer that is not there.
func absent(format string, args ...any) *peer { return &peer{problem: fmt.Sprintf(format, args...)} }

// title is what stands in the column of peers.
func (p *peer) title() string {
	if p.problem != "" {
		return p.problem
	}
	return p.name
}

// onPath tells whether a program is there.
func onPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// unpack writes the scripts to a folder.
func unpack(folder string) error {
	return os.CopyFS(folder, scripts)
}

// python returns an interpreter on the PATH that has the given modules:
// the system's if it does, since that is where apt-get puts them.
func python(ctx context.Context, modules ...string) (string, error) {
	folders := filepath.SplitList(os.Getenv("PATH"))
	if i := slices.Index(folders, "/usr/bin"); i > 0 {
		folders = append([]string{"/usr/bin"}, folders...)
	}
	test := "import importlib.util, sys\nsys.exit(any(importlib.util.find_spec(m) is None for m in sys.argv[1:]))"
	for _, folder := range folders {
		path, err := exec.LookPath(filepath.Join(folder, "python3"))
		if err != nil || !filepath.IsAbs(path) {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, time.Minute)
		cmd := exec.CommandContext(ctx, path, append([]string{"-c", test}, modules...)...)
		cmd.Dir = folder // Python takes modules from the folder where it runs before its own
		err = cmd.Run()
		cancel()
		if err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("not installed: no python3 with %s on the PATH", strings.Join(modules, " and "))
}

// startPeer starts a script and waits until it is ready. Whatever goes wrong
// is the peer's problem and not an error.
func (s *session) startPeer(ctx context.Context, script string, params any, modules ...string) *peer {
	p, err := s.launch(ctx, script, modules...)
	if err != nil {
		return absent("%v", err)
	}
	var ready answer
	p.tell(params, &ready)
	p.name, p.info = ready.Name, ready.Info
	return p
}

func (s *session) launch(ctx context.Context, script string, modules ...string) (*peer, error) {
	interpreter, err := python(ctx, modules...)
	if err != nil {
		return nil, err
	}
	p := &peer{stderr: new(tail), scale: 1}
	p.cmd = exec.CommandContext(ctx, interpreter, filepath.Join(s.folder, "peers", script+".py"))
	p.cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1")
	p.cmd.Stderr = p.stderr
	// Interrupted, a script ends what it has started itself.
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(os.Interrupt) }
	p.cmd.WaitDelay = 3 * time.Second
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	return p, p.cmd.Start()
}

// run is one repetition.
func (p *peer) run() (seconds, units float64) {
	var a answer
	p.tell("run", &a)
	if p.problem == "" && !(a.Seconds > 0 && a.Units > 0) {
		p.fail(fmt.Errorf("it did %g units of work in %g s", a.Units, a.Seconds))
	}
	p.last = a
	return a.Seconds, a.Units
}

// tell sends the peer a value and waits for its answer.
func (p *peer) tell(value, answer any) {
	line, err := json.Marshal(value)
	if err == nil {
		_, err = p.in.Write(append(line, '\n'))
	}
	var reply []byte
	if err == nil {
		reply, err = p.out.ReadBytes('\n')
	}
	if err == nil {
		err = json.Unmarshal(reply, answer)
	}
	if err != nil {
		p.fail(err)
	}
}

// fail ends the peer and keeps the reason in one line: what it said last, if
// it said anything.
func (p *peer) fail(err error) {
	p.close()
	if last := p.stderr.lastLine(); last != "" {
		err = errors.New(last)
	}
	p.problem = "failed: " + err.Error()
}

// close ends the peer. It may be called more than once, and of no peer at all.
func (p *peer) close() {
	if p == nil || p.cmd == nil {
		return
	}
	p.in.Close()
	// The end of its input is all it waits for; how it ends is of no interest.
	stop := time.AfterFunc(5*time.Second, func() { _ = p.cmd.Process.Kill() })
	_ = p.cmd.Wait()
	stop.Stop()
	p.cmd = nil
}

// tail keeps the end of what is written to it.
type tail struct{ text []byte }

func (t *tail) Write(b []byte) (int, error) {
	t.text = append(t.text, b...)
	const most = 1 << 14
	if len(t.text) > most {
		t.text = slices.Clone(t.text[len(t.text)-most:])
	}
	return len(b), nil
}

func (t *tail) lastLine() string {
	lines := strings.Split(strings.TrimSpace(string(t.text)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
