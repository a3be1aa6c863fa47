package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/pace"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/room"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// How much disk executing notebooks needs, in bytes: with everything to be set
// up (what Go downloads and compiles, the kernel, results),
// and later.
const (
	firstNeeds uint64 = 25e8
	laterNeeds uint64 = 3e8
	outNeeds   uint64 = 1e8
)

// ahead is what is known before anything is set up or executed.
type ahead struct {
	packages []string // of ours, which the notebooks import
	kernel   *kernel.Setup
	plan     []run.Planned
	times    *pace.Times
	track    *pace.Track
	fresh    bool // no kept results will be found
	quick    bool
}

// ahead checks all that can be checked before time and disk are spent:
// notebooks, names and parameters, folders, the go program, recordings, room.
func (f *notebooksFlags) ahead(o *run.Options, at place) (*ahead, error) {
	a := &ahead{times: pace.ReadTimes(at.cache), fresh: f.fresh || f.check || f.inPlace, quick: f.quick}
	var err error
	if a.packages, err = imported(o.Notebooks); err != nil {
		return nil, err
	}
	if a.plan, err = o.Plan(); err != nil {
		return nil, err
	}
	if a.kernel, err = at.kernel(); err != nil {
		return nil, err
	}
	for _, path := range o.Notebooks {
		if err := kernel.CheckModule(filepath.Dir(path)); err != nil {
			return nil, err
		}
	}
	// What is to be committed is made without recordings.
	if slices.Contains(a.packages, module.Path+"/data") && !f.check && !f.inPlace {
		if err := checkRecordings(o.Notebooks); err != nil {
			return nil, err
		}
	}
	if err := room.Check(a.needs(o, at.cache)...); err != nil {
		return nil, err
	}
	if err := keeps(at.cache); err != nil {
		return nil, err
	}
	var notebooks []pace.Notebook
	for _, p := range a.plan {
		notebooks = append(notebooks, pace.Notebook{Name: p.Name, Expect: a.times.Expect(p, a.fresh, a.quick)})
	}
	a.track = pace.NewTrack(notebooks, f.jobs)
	return a, nil
}

// keeps refuses folders in which nothing can be kept: the cache, and the memo where
// it is elsewhere.
func keeps(cache string) error {
	if err := room.Writable(cache, scratch.Private, "the kernel and what is kept", "set SPIKEWALK_CACHE to a folder where they can be"); err != nil {
		return err
	}
	memo, err := nb.MemoDir()
	if err != nil {
		return err
	}
	return room.Writable(memo, scratch.Private, "results to keep", "set "+nb.MemoEnv+" to a folder where they can be, or unset it")
}

// checkRecordings refuses a folder of recordings that is none, and recordings
// that are there and damaged, if a notebook reads them. One that is not there is
// downloaded or replaced by synthetic data, and the notebooks say so.
func checkRecordings(paths []string) error {
	if err := data.CheckFolder(); err != nil {
		return err
	}
	for _, info := range data.List() {
		if info.Problem == "" {
			continue
		}
		for _, path := range paths {
			n, err := notebook.Read(path)
			if err != nil {
				return err
			}
			// Both data.Cycling and data.CyclingOrSynthetic read it.
			if n.Mentions("data." + strings.ToUpper(info.Name[:1]) + info.Name[1:]) {
				return fmt.Errorf("the %s recording, which %s reads: %s", info.Name, n.Name, info.Problem)
			}
		}
	}
	return nil
}

func (a *ahead) needs(o *run.Options, cache string) []room.Need {
	kept := room.Need{Folder: cache, Bytes: laterNeeds, For: "executing notebooks", Elsewhere: "set SPIKEWALK_CACHE to a folder on another disk"}
	if !a.kernel.Built() {
		kept.Bytes, kept.For = firstNeeds, "setting up what executes notebooks, and executing them,"
	}
	return []room.Need{
		kept,
		{Folder: os.TempDir(), Bytes: outNeeds, For: "executing notebooks", Elsewhere: "set TMPDIR to a folder on another disk"},
		{Folder: o.Out, Bytes: outNeeds, For: "writing the results", Elsewhere: "choose another folder with --out"},
	}
}

// execute executes the notebooks, shows how far they are and keeps how long
// they took.
func (a *ahead) execute(ctx context.Context, o run.Options, out io.Writer) (run.Report, error) {
	board := pace.NewBoard(out, a.track)
	defer board.Close()
	o.Say, o.Began, o.Ended = board.Say, board.Began, board.Ended
	report, err := run.Run(ctx, o)
	for i, entry := range report {
		if entry.Error == "" {
			a.times.Note(a.plan[i], entry.Seconds, a.fresh)
		}
	}
	return report, err
}
