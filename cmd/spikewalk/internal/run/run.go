// Package run executes notebooks and writes what comes of them: the executed
// notebook, a page of HTML, the figures and a report.
package run

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Options say what to execute and how.
type Options struct {
	// Notebooks are the paths of the notebooks.
	Notebooks []string
	// Home is the folder of notebooks whose module's README makes the home page,
	// "" for that of the notebooks: they may be copies.
	Home string
	// Out is the folder for the results.
	Out string
	// Jobs is how many notebooks run at the same time.
	Jobs int
	// CellTimeout bounds the time of one cell, StartTimeout that of starting
	// Jupyter and the kernel.
	CellTimeout, StartTimeout time.Duration

	// Set holds values for parameters, and Quick asks for those that each
	// notebook gives for a quick run; Set goes before Quick.
	Set   map[string]string
	Quick bool
	// Check compares the outputs with those in the notebooks as they are,
	// InPlace writes them there. Both run the cells as a stranger would: with
	// no recordings, and with a memo of their own that is empty at first. Memo
	// is the folder for that, new or empty, which is then kept; "" for none.
	Check, InPlace bool
	Memo           string

	// Jupyter executes; Kernel is the name of the kernel, whose kernelspec is
	// below JupyterPath.
	Jupyter     *jupyter.Installation
	Kernel      string
	JupyterPath string

	// Here makes what runs in the pages of notebooks that have a cell tagged for
	// it (here.Tag); nil makes nothing.
	Here func() (here.Program, error)

	// Say prints a line for the user.
	Say func(format string, args ...any)
	// Began and Ended are called for each notebook. Where they are nil, Say
	// reports both.
	Began func(name string)
	Ended func(Entry)

	// memo is the folder of the results that cells keep, "" for the usual one.
	memo string
}

// anew tells whether nothing of the user's own goes into the outputs.
func (o *Options) anew() bool { return o.Check || o.InPlace }

// job is one notebook on its way.
type job struct {
	*notebook.Notebook
	committed *notebook.Notebook
	set       map[string]string
}

// Run executes the notebooks. Each one's results appear in the output folder
// when they are complete; the report is written last. The report holds the
// failures of notebooks; the error is one that concerns all.
func Run(ctx context.Context, o Options) (Report, error) {
	jobs, err := o.prepare()
	if err != nil {
		return nil, err
	}
	lock, err := o.occupy()
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	if err := o.clear(); err != nil {
		return nil, o.unwritable(err)
	}
	// Results are made in it, and reach their place by a rename.
	stage, remove, err := scratch.Beside(o.Out)
	if err != nil {
		return nil, o.unwritable(err)
	}
	defer remove()
	if o.anew() {
		if err := o.emptyMemo(stage); err != nil {
			return nil, err
		}
	}
	report, err := o.runAll(ctx, jobs, stage)
	if err != nil {
		return nil, err
	}
	if err := o.index(); err != nil {
		return nil, o.unwritable(err)
	}
	if err := report.write(filepath.Join(o.Out, reportFile)); err != nil {
		return nil, o.unwritable(err)
	}
	return report, nil
}

func (o *Options) runAll(ctx context.Context, jobs []job, stage string) (Report, error) {
	report := make(Report, len(jobs))
	var group errgroup.Group
	var publishing sync.Mutex
	group.SetLimit(max(1, o.Jobs))
	for i, j := range jobs {
		group.Go(func() error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			o.began(j)
			own := filepath.Join(stage, j.Name)
			// What was not published is in the way of the others on a full disk.
			defer os.RemoveAll(own)
			entry, made, err := o.runOne(ctx, j, own)
			if err != nil {
				return err
			}
			publishing.Lock()
			err = o.publish(j.Name, made, &entry)
			publishing.Unlock()
			if err != nil {
				return o.unwritable(err)
			}
			report[i] = entry
			o.ended(entry)
			return nil
		})
	}
	return report, group.Wait()
}

// prepare reads the notebooks and sets their parameters, before anything is
// run.
func (o *Options) prepare() ([]job, error) {
	var jobs []job
	for _, path := range o.Notebooks {
		n, err := notebook.Read(path)
		if err != nil {
			return nil, err
		}
		if err := checkName(n); err != nil {
			return nil, err
		}
		committed, err := notebook.Read(path)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, job{Notebook: n, committed: committed, set: map[string]string{}})
	}
	known := map[string]bool{}
	for _, j := range jobs {
		names, err := j.Parameters()
		if err != nil {
			return nil, err
		}
		if o.Quick {
			for name, value := range j.Quick {
				j.set[name] = value
			}
		}
		for _, name := range names {
			known[name] = true
			if value, ok := o.Set[name]; ok {
				j.set[name] = value
			}
		}
		if err := j.Set(j.set); err != nil {
			return nil, err
		}
	}
	return jobs, o.checkNames(known)
}

// checkNames refuses a parameter that none of the notebooks has.
func (o *Options) checkNames(known map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(o.Set)) {
		if !known[name] {
			return choose.Unknown("parameter", name, slices.Sorted(maps.Keys(known)))
		}
	}
	return nil
}

func (o *Options) began(j job) {
	if o.Began != nil {
		o.Began(j.Name)
		return
	}
	o.Say("running %s (%d cells)", j.Name, len(j.Code()))
}

func (o *Options) ended(e Entry) {
	if o.Ended != nil {
		o.Ended(e)
		return
	}
	o.Say("%s", e.Line())
}
