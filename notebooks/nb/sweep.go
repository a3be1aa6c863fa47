package nb

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/cache"
	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/sweep"
)

// Sweep is [sweep.Run]: it computes all rows of a sweep, shows how far it is as
// [Progress] does, and returns the table. It runs on the engine given or, without
// one, on that which the environment variable SPIKEWALK_ENGINE names ([sweep.On]):
// on this machine if there is none. What goes wrong with the sweep ends the cell as [Check]
// does; a row that fails does not, and a warning says how many did, and why the first.
//
//	table := nb.Sweep(sweep.Sweep[Life, Drift]{Name: "drift", Plan: plan, Run: live})
//
// Finished rows are kept, beside what [Memo] keeps, in a folder for each sweep: for its
// name, its Base, its Plan, the fields of its result, its Version, and the version of
// the numerics (neuro.NumericsVersion). So a cell that was stopped goes on where it was, and one that
// runs again has its table in a moment. As with Memo, the text of Run is not among
// what is compared, for every cell of a notebook is another program whenever
// one of them changes: after a change of Run, or of a function or constant that it uses and Base does not
// hold, give the sweep a new Version, a word of your own, or empty the memo (spikewalk
// notebooks --fresh). They stay until the memo is emptied, or spikewalk cache clear sweeps. An engine with a Folder of its own keeps rows there.
//
// Rows are computed side by side: Run calls what trains (rate.Train), not what
// keeps and shows (nb.Train).
//
// On a cluster each task is the cell's program, which does again what stands before
// Sweep, and ends in it: nothing that a task prints or shows gets into the notebook. The
// folder of the memo must then be on a disk that all nodes share, as home folders
// usually are, or the engine have a Folder that is. Stopping the cell leaves the tasks
// running; running it again goes on waiting for them.
func Sweep[C, R any](s sweep.Sweep[C, R], on ...sweep.Engine) *sweep.Table {
	settleBars()
	table, err := swept(s, on)
	if err != nil {
		err = fmt.Errorf("nb.Sweep(%q): %w", s.Name, err)
	}
	return Get(table, err)
}

func swept[C, R any](s sweep.Sweep[C, R], on []sweep.Engine) (*sweep.Table, error) {
	if s.Version == "" {
		s.Version = "of a notebook" // and not: of this very program
	}
	engine, err := engineFor(s, on)
	if err != nil {
		return nil, err
	}
	ctx := Progress(s.Name)
	table, err := sweep.Run(ctx, s, engine)
	if err != nil {
		return table, err
	}
	// Of a sweep that was complete before nobody has heard yet.
	_ = neuro.WatchOf(ctx)(neuro.Progress{Done: table.Len(), Total: table.Total(), Error: math.NaN()})
	tellFailed(s.Name, table)
	return table, nil
}

// engineFor is the engine asked for, with a folder.
func engineFor[C, R any](s sweep.Sweep[C, R], on []sweep.Engine) (sweep.Engine, error) {
	if len(on) > 1 {
		return nil, fmt.Errorf("%d engines: give one, or none", len(on))
	}
	memo, err := MemoDir()
	if err != nil {
		return nil, err
	}
	key, err := kept.Key("Base", s.Name, s.Base, s.Plan, s.Columns, kept.Structure(reflect.TypeFor[R]()), s.Version, neuro.NumericsVersion)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(sideFolder(memo, cache.Sweeps), s.Name+"-"+key[:12])
	engine := sweep.Engine(nil)
	if len(on) == 1 {
		engine = on[0]
	} else if engine, err = sweep.On(""); err != nil {
		return nil, err
	}
	switch e := engine.(type) {
	case sweep.Local:
		if e.Folder == "" {
			e.Folder = folder
		}
		return e, nil
	case sweep.Slurm:
		if e.Folder == "" {
			e.Folder = folder
		}
		return e, nil
	}
	return engine, nil
}

// tellFailed says how many rows failed, and why the first did.
func tellFailed(name string, t *sweep.Table) {
	failed := t.Failed()
	if failed.Len() == 0 {
		return
	}
	why, _ := failed.Texts("Error") // every table has the column
	text := fmt.Sprintf("warning: %s: %d of %d rows failed, the first with: %s; Table.Failed has them all", name, failed.Len(), t.Len(), why[0])
	if !gonbui.IsNotebook {
		fmt.Fprintln(os.Stderr, text)
		return
	}
	_ = display(&protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMETextPlain: text}})
}
