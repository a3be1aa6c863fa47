package experiment

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/neuro"
)

// coder writes and reads what the runs of an experiment find.
type coder struct {
	// structure describes the type, and refused says why it cannot be kept.
	structure string
	refused   error
	encode    func(found any) ([]byte, error)
	decode    func([]byte) (any, error)
}

func coderOf[D any]() coder {
	return coder{
		structure: kept.Structure(reflect.TypeFor[D]()),
		refused:   kept.Check[D](),
		encode:    func(found any) ([]byte, error) { return kept.Encode(found.(D)) },
		decode:    func(data []byte) (any, error) { return kept.Decode[D](data) },
	}
}

// runMagic begins the file of a run.
const runMagic = "spikewalk run 1\n"

// keptRun is the file of a run: which it is, what computed it, and what it
// found in how many seconds.
type keptRun struct {
	ID        string
	Seed      uint64
	Quick     bool
	Config    string // the key of the experiment's config
	Structure string // of what was found
	Numerics  int
	Platform  string
	Program   string // the SHA-256 of the program that computed it
	Seconds   float64
	Found     []byte
}

// keeper keeps runs in a folder; with an empty one it keeps nothing.
type keeper struct {
	folder string
	quick  bool
}

func (k keeper) path(id string, seed uint64) string {
	name := fmt.Sprintf("%s-seed-%d", id, seed)
	if k.quick {
		name += "-quick"
	}
	return filepath.Join(k.folder, name+".run")
}

// write keeps what a run has found, if it is to be kept, and returns it as it
// will be read.
func (k keeper) write(e Experiment, j *job, found any) (any, error) {
	if k.folder == "" {
		return found, nil
	}
	data, err := e.coder.encode(found)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	config, err := e.config.key(k.quick)
	if err != nil {
		return nil, err
	}
	run := keptRun{e.ID, j.seed, k.quick, config, e.coder.structure, neuro.NumericsVersion, platform(), kept.Program(), j.seconds, data}
	if err := gob.NewEncoder(&b).Encode(run); err != nil {
		return nil, err
	}
	if err := scratch.Folder(k.folder, scratch.Public); err != nil {
		return nil, err
	}
	if err := kept.Write(k.path(e.ID, j.seed), runMagic, scratch.Public, b.Bytes()); err != nil {
		return nil, err
	}
	k.forgetStates(e.ID, j.seed)
	return e.coder.decode(data)
}

// states returns a context under which what a run trains goes on where it was, if the
// same program was stopped in it. The states go when the run is kept.
func (k keeper) states(ctx context.Context, e Experiment, j *job, track *tracker) context.Context {
	if k.folder == "" || kept.Program() == "" {
		return ctx
	}
	c := neuro.DefaultCheckpoints(k.statesOf(e.ID, j.seed))
	c.Optional = true
	c.Tell = func(message string) {
		track.change(func() { track.say("%s, seed %d: %s.", e.ID, j.seed, message) })
	}
	return neuro.WithCheckpoints(ctx, c)
}

// statesOf is the folder of a run's states, of this program.
func (k keeper) statesOf(id string, seed uint64) string {
	return strings.TrimSuffix(k.path(id, seed), ".run") + "-" + kept.Program()[:8] + ".states"
}

// forgetStates removes a run's states, of whichever program. What cannot be removed
// does no harm.
func (k keeper) forgetStates(id string, seed uint64) {
	run := filepath.Base(strings.TrimSuffix(k.path(id, seed), ".run")) + "-"
	entries, _ := os.ReadDir(k.folder)
	for _, e := range entries {
		program, ours := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".states"), run)
		if ours && len(program) == 8 && e.IsDir() {
			_ = neuro.Checkpoints{Folder: filepath.Join(k.folder, e.Name())}.Remove()
		}
	}
}

// errOther says that what is kept was not computed by what would compute it
// now.
var errOther = errors.New("it was computed by another version, or with another config")

// read returns what is kept of a run, and in how many seconds it was computed:
// by this very program, or by any build of it with the same numerics whose runs find
// the same type of thing.
func (k keeper) read(e Experiment, seed uint64, anyBuild bool) (found any, seconds float64, err error) {
	payload, err := kept.Read(k.path(e.ID, seed), runMagic)
	if err != nil {
		return nil, 0, err
	}
	var run keptRun
	if err := gob.NewDecoder(bytes.NewReader(payload)).Decode(&run); err != nil {
		return nil, 0, err
	}
	config, err := e.config.key(k.quick)
	if err != nil {
		return nil, 0, err
	}
	if anyBuild && run.Config == "" {
		run.Config = config // kept when each experiment had but one
	}
	same := run.ID == e.ID && run.Seed == seed && run.Quick == k.quick && run.Config == config &&
		run.Structure == e.coder.structure && run.Numerics == neuro.NumericsVersion && run.Platform == platform()
	if !same || !anyBuild && (kept.Program() == "" || run.Program != kept.Program()) {
		return nil, 0, errOther
	}
	found, err = e.coder.decode(run.Found)
	return found, run.Seconds, err
}

// recall finds the jobs of which the results are kept. To redraw, all of them
// must be.
func (k keeper) recall(chosen []Experiment, jobs []*job, redraw bool) error {
	if k.folder == "" {
		return nil
	}
	for _, j := range jobs {
		e := chosen[j.experiment]
		found, seconds, err := k.read(e, j.seed, redraw)
		switch {
		case err == nil:
			j.outcome, j.seconds, j.done = e.outcome(found), seconds, true
		case redraw:
			return fmt.Errorf("%s, seed %d, cannot be redrawn from %s (%s): run it first", e.ID, j.seed, k.path(e.ID, j.seed), reason(err))
		}
	}
	return nil
}

// whatIsKept is the result of an experiment as far as runs of it are kept, of
// whichever build, if they are of all seeds that would be run.
func (k keeper) whatIsKept(e Experiment, o Options) Result {
	jobs := o.jobs([]Experiment{e})
	if k.folder == "" || e.run == nil || k.recall([]Experiment{e}, jobs, true) != nil {
		return Result{Experiment: e}
	}
	r := collect(e, 0, jobs)
	r.Figures = nil // they are there
	return r
}

// withRuns leaves out the experiments of which nothing is kept.
func (k keeper) withRuns(o Options, chosen []Experiment) (some []Experiment, skipped []Skip) {
	for _, e := range chosen {
		var any bool
		for _, j := range o.jobs([]Experiment{e}) {
			_, err := os.Stat(k.path(e.ID, j.seed))
			any = any || err == nil
		}
		if any {
			some = append(some, e)
			continue
		}
		skipped = append(skipped, Skip{e.ID, "nothing is kept of it in " + k.folder})
	}
	return some, skipped
}

func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

func platform() string { return runtime.GOOS + "/" + runtime.GOARCH }
