package experiment

import (
	"errors"
	"slices"
	"sync"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// publisher writes what has come out into a folder, each experiment's figures and
// the texts on all of them as soon as its runs have ended, so that whatever ends the
// command loses no experiment that was done. With an empty folder it writes nothing.
type publisher struct {
	folder  string
	chosen  []Experiment
	jobs    []*job
	skipped []Skip
	quick   bool

	mu    sync.Mutex
	known []Result // in the order of all experiments: those that have ended, and what is kept of others
	drawn map[int]bool
	err   error
}

// publish begins with what is kept of experiments, chosen or not.
func publish(o Options, keep keeper, chosen []Experiment, jobs []*job, skipped []Skip) *publisher {
	p := &publisher{folder: o.Out, chosen: chosen, jobs: jobs, skipped: skipped, quick: o.Quick, drawn: map[int]bool{}}
	if p.folder == "" {
		return p
	}
	all := o.Also
	for _, e := range chosen {
		if !slices.ContainsFunc(all, func(a Experiment) bool { return a.ID == e.ID }) {
			all = append(slices.Clip(all), e)
		}
	}
	for _, e := range all {
		p.known = append(p.known, keep.whatIsKept(e, o))
	}
	return p
}

// ended is called when a run has ended, and not because the context has.
func (p *publisher) ended(run *job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	run.done = true
	for _, j := range p.jobs {
		if j.experiment == run.experiment && !j.done {
			return
		}
	}
	if p.folder != "" {
		p.err = errors.Join(p.err, p.write(run.experiment), p.texts())
	}
}

// rest writes what had ended before, and the texts in any case.
func (p *publisher) rest() error {
	if p.folder == "" {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.chosen {
		if !p.drawn[i] {
			p.err = errors.Join(p.err, p.write(i))
		}
	}
	return errors.Join(p.err, p.texts())
}

func (p *publisher) write(experiment int) error {
	r := collect(p.chosen[experiment], experiment, p.jobs)
	p.drawn[experiment] = true
	for i := range p.known {
		if p.known[i].Experiment.ID == r.Experiment.ID {
			p.known[i] = r
		}
	}
	return errors.Join(scratch.Folder(p.folder, scratch.Public), r.saveFigures(p.folder))
}

// texts leaves out the experiments of which there is nothing.
func (p *publisher) texts() error {
	all := &Results{Quick: p.quick, Skipped: p.skipped}
	for _, r := range p.known {
		if len(r.Seeds)+len(r.Failures) > 0 {
			all.Experiments = append(all.Experiments, r)
			all.Seconds += r.Seconds
		}
	}
	return errors.Join(scratch.Folder(p.folder, scratch.Public), all.saveTexts(p.folder))
}
