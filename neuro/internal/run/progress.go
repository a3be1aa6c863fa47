package run

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// Progress counts the trials of all stages of a computation, and reports each to
// whoever watches.
type Progress struct {
	// Doubts, unless nil, is called when the last trial of all is done. Its
	// warnings go with the report of that trial.
	Doubts func() ([]neuro.Warning, error)

	watch       neuro.Watch
	done, total int
	complete    bool
	crew        companion.Crew

	keep  *checkpoint.Keeper
	until int // the trial after which nothing is kept any more
	state func(*persist.State)
}

// Keep leaves checkpoints of the first trials, so many, and goes on from one that
// there is: stages that were over then are left out, and the one in which it was
// left begins after it, in the state that [Progress.In] says.
func (p *Progress) Keep(keep *checkpoint.Keeper, trials int) { p.keep, p.until = keep, trials }

// In names the state of the stages that follow, between their trials.
func (p *Progress) In(state func(*persist.State)) { p.state = state }

// Watched returns the progress of a computation whose stages together have total
// trials. It reports to the Watch of ctx.
func Watched(ctx context.Context, total int) *Progress {
	return &Progress{watch: neuro.WatchOf(ctx), total: total}
}

// Report is what there is to say of a trial.
type Report struct {
	// Error is NaN where the stage has none.
	Error float64
	// Last is nil where the trial is not shown.
	Last *neuro.Outcome
}

// Silent is the report of a trial that has neither an error nor an outcome.
var Silent = Report{Error: math.NaN()}

// Show is the report of a trial with what was asked for and done.
func Show(err, dt float64, target, output *mat.Dense) Report {
	return Report{Error: err, Last: &neuro.Outcome{Dt: dt, Target: target, Output: output}}
}

// Stage runs the trials of a stage, from 0, until one fails or the watcher stops
// the stage, which is no error. The next stage counts on as if all had been run.
func (p *Progress) Stage(name string, trials int, trial func(i int) (Report, error)) error {
	first := p.done
	defer func() { p.done = first + trials }()
	begin, stop, err := p.resume(name, first, trials)
	if stop || err != nil {
		return err
	}
	for i := begin; i < trials; i++ {
		r, err := trial(i)
		if err != nil {
			return err
		}
		p.done++
		p.leave(r.Error)
		if stop, err := p.report(name, r); stop || err != nil {
			return err
		}
	}
	return nil
}

// resume finds the trial with which a stage begins, and restores the state if it
// was left in this stage.
func (p *Progress) resume(name string, first, trials int) (begin int, stop bool, err error) {
	at := p.keep.At()
	switch {
	case at <= first:
		return 0, false, nil
	case at > first+trials:
		return trials, false, nil
	}
	r := Silent
	if err := p.keep.Restore(func(c *persist.State) { p.kept(c, &r.Error) }); err != nil {
		return 0, false, err
	}
	p.done = at
	stop, err = p.report(name, r) // for whoever watches to know where it goes on
	return at - first, stop, err
}

// leave leaves a checkpoint if it is time.
func (p *Progress) leave(last float64) {
	if p.keep != nil && p.done <= p.until {
		p.keep.After(p.done, p.done == p.until, func(c *persist.State) { p.kept(c, &last) })
	}
}

func (p *Progress) kept(c *persist.State, last *float64) {
	c.Float(last)
	p.state(c)
}

// Through is [Through] with a companion for those who ask for one
// ([companion.Of]), where a second processor may be kept busy.
func (p *Progress) Through(ctx context.Context, net Network, trial *Trial, observers ...Observer) error {
	ctx, end := p.crew.Trial(ctx)
	defer end()
	return Through(ctx, net, trial, observers...)
}

func (p *Progress) report(stage string, r Report) (stop bool, err error) {
	report := neuro.Progress{Stage: stage, Done: p.done, Total: p.total, Error: r.Error, Last: r.Last}
	if p.done == p.total {
		p.complete = true
		if p.Doubts != nil {
			if report.Warnings, err = p.Doubts(); err != nil {
				return false, err
			}
		}
	}
	return p.watch.Report(report)
}

// Complete tells whether the last trial of all was run and Doubts called.
func (p *Progress) Complete() bool { return p.complete }
