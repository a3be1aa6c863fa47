package sweep

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/neuro"
)

// Sweep is a function of a config, and the configs for which it is asked.
type Sweep[C, R any] struct {
	// Name names the sweep, and by default its folder: letters, digits, '-', '_' and '.'.
	Name string
	// Base is the config, a struct, of which the plan changes fields. Where it has a
	// method Validate, every config is checked before the first is run.
	Base C
	// Plan says how.
	Plan Plan
	// Run turns a config into numbers, truths or texts: one, or a struct of them,
	// whose fields become columns. It must depend on nothing but the config, for rows are
	// computed in any order, and on other machines.
	Run func(ctx context.Context, cfg C) (R, error)
	// Columns names the numbers, where R is []float64: how many there are is then known
	// only as the program runs.
	Columns []string
	// Needs says what a row takes; nil stands for one core.
	Needs func(cfg C) Needs
	// Version says in words of your own what the program computes. Rows are taken
	// from an earlier run if its Version was the same; if it is empty, only
	// from runs of the very same program.
	Version string
}

// Needs are what a row takes of a machine. Zero stands for not known, and for
// one core.
type Needs struct {
	Memory  float64 // bytes at most
	Seconds float64 // about
	Cores   int
}

// Engine computes rows: [Local] or [Slurm].
type Engine interface {
	// place is the folder of a sweep of that name.
	place(name string) (string, error)
	// compute computes the rows and returns when there is nothing more to wait for.
	compute(ctx context.Context, w *work, folder string, rows []int) error
}

// Run computes all rows that the sweep's folder does not hold yet, and returns the
// table of all. A row that fails is one with its error; the others go on. When
// ctx ends, the table is of what was finished, and the error that of ctx; the
// same call goes on from there.
//
// The Watch of ctx ([neuro.WithWatch]) sees the rows that are done. An error before
// that says what is wrong with the sweep, the plan, a config or the folder.
func Run[C, R any](ctx context.Context, s Sweep[C, R], on Engine) (*Table, error) {
	w, err := s.work()
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	if on == nil {
		return nil, errors.New("sweep: there is no engine: it is nil; take sweep.Local{} or sweep.Slurm{}")
	}
	folder, err := on.place(s.Name)
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	if table, isTask, err := w.asTask(ctx, folder); isTask {
		return table, err
	}
	table, err := w.run(ctx, folder, on)
	if err != nil {
		return table, fmt.Errorf("sweep %s: %w", s.Name, err)
	}
	return table, nil
}

// work is a sweep without its types.
type work struct {
	description
	points   func(row int) []setting
	settings func(row int) []cell // as the config has them, by the columns Varied
	compute  func(ctx context.Context, row int) (result []cell, err error)
	needs    func(row int) Needs
}

var sweepName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func (s Sweep[C, R]) work() (*work, error) {
	c, r := reflect.TypeFor[C](), reflect.TypeFor[R]()
	if !sweepName.MatchString(s.Name) {
		return nil, fmt.Errorf("%q cannot name a sweep: use up to 100 letters, digits, '-', '_' and '.'", s.Name)
	}
	if c.Kind() != reflect.Struct {
		return nil, fmt.Errorf("the config is a %s: it must be a struct, whose fields the plan names", c)
	}
	if s.Run == nil {
		return nil, errors.New("there is no function to run: Run is nil")
	}
	if err := s.Plan.check(c); err != nil {
		return nil, err
	}
	result, err := resultColumns(r, s.Columns)
	if err != nil {
		return nil, err
	}
	config := configColumns(c)
	if err := distinct(config, result); err != nil {
		return nil, err
	}
	identity, err := kept.Key("Base", s.Base, s.Name, s.Plan, kept.Structure(c), kept.Structure(r), s.Columns, neuro.NumericsVersion)
	if err != nil {
		return nil, err
	}
	w := &work{points: s.Plan.points(), description: description{
		Name: s.Name, Identity: identity, Version: s.Version, Program: kept.Program(), Numerics: neuro.NumericsVersion,
		Rows: s.Plan.rows(), Base: cellsOf(reflect.ValueOf(s.Base), config), Config: config, Result: result,
	}}
	varied := s.varied(w)
	for _, c := range varied {
		w.Varied = append(w.Varied, c.Name)
	}
	w.settings = func(i int) []cell {
		cfg, err := s.config(w, i)
		if err != nil { // validated before: it cannot be
			return nil
		}
		return cellsOf(reflect.ValueOf(cfg), varied)
	}
	w.compute = func(ctx context.Context, i int) ([]cell, error) {
		cfg, err := s.config(w, i)
		if err != nil {
			return nil, err
		}
		found, err := s.Run(ctx, cfg)
		if err != nil {
			return nil, err
		}
		cells := cellsOf(reflect.ValueOf(&found).Elem(), result)
		if len(cells) != len(result) {
			return nil, fmt.Errorf("Run returns %d numbers: it must return one for each of the %d Columns", len(cells), len(result))
		}
		return cells, nil
	}
	w.needs = func(i int) Needs {
		var n Needs
		if cfg, err := s.config(w, i); s.Needs != nil && err == nil {
			n = s.Needs(cfg)
		}
		n.Cores = max(n.Cores, 1)
		return n
	}
	return w, s.validate(w)
}

// varied are the columns of the fields that the plan changes.
func (s Sweep[C, R]) varied(w *work) (columns []column) {
	for _, x := range w.points(0) {
		f, err := fieldOf(reflect.TypeFor[C](), x.Field)
		if err == nil { // the plan was checked
			columns = append(columns, column{x.Field, kindOf(f)})
		}
	}
	return columns
}

// config is that of a row.
func (s Sweep[C, R]) config(w *work, i int) (C, error) {
	cfg := s.Base
	for _, x := range w.points(i) {
		if err := set(reflect.ValueOf(&cfg), x.Field, x.Value); err != nil {
			return cfg, err
		}
	}
	return cfg, nil
}

// validate checks the config of every condition, where configs can be checked.
func (s Sweep[C, R]) validate(w *work) error {
	for i := 0; i < w.Rows; i += max(s.Plan.seeds, 1) {
		cfg, err := s.config(w, i)
		if err != nil {
			return err
		}
		v, ok := any(cfg).(interface{ Validate() error })
		if !ok {
			if v, ok = any(&cfg).(interface{ Validate() error }); !ok {
				return nil
			}
		}
		if err := v.Validate(); err != nil {
			return fmt.Errorf("row %d (%s): %w", i, told(w.points(i)), err)
		}
	}
	return nil
}

// told is a row's settings in words: "Gain = 14, Seed = 1".
func told(all []setting) string {
	text := ""
	for i, s := range all {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s = %v", s.Field, s.Value)
	}
	if text == "" {
		return "the base"
	}
	return text
}
