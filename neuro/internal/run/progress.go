package run

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
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
}

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
	for i := range trials {
		r, err := trial(i)
		if err != nil {
			return err
		}
		p.done++
		if stop, err := p.report(name, r); stop || err != nil {
			return err
		}
	}
	return nil
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
