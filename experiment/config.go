package experiment

import (
	"context"
	"reflect"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/sweep"
)

// configured is what [Define] knows of an experiment's config, of which it alone
// knows the type.
type configured struct {
	// key tells configs apart.
	key    func(quick bool) (string, error)
	fields func(quick bool) []sweep.Field
	sweep  func(ctx context.Context, e Experiment, plan sweep.Plan, quick bool, on sweep.Engine) (*sweep.Table, error)
}

func configuredOf[C, D any](base C, run func(context.Context, Run, C) (D, error)) configured {
	return configured{
		key:    func(quick bool) (string, error) { return kept.Key("config", sized(base, quick)) },
		fields: func(quick bool) []sweep.Field { return sweep.Fields(sized(base, quick)) },
		sweep: func(ctx context.Context, e Experiment, plan sweep.Plan, quick bool, on sweep.Engine) (*sweep.Table, error) {
			s := sweep.Sweep[point[C], []float64]{
				Name: e.ID, Base: point[C]{sized(base, quick), 1}, Plan: plan, Columns: e.Columns(),
				Run: func(ctx context.Context, p point[C]) ([]float64, error) {
					r := Run{Seed: p.Seed, Quick: quick, Recordings: e.Recordings, shared: newShared()}
					found, err := run(ctx, r, p.Config)
					if err != nil {
						return nil, err
					}
					return e.outcome(found).values, nil
				},
			}
			if quick {
				s.Name += "-quick"
			}
			return sweep.Run(ctx, s, on)
		},
	}
}

// sized is the config that is reproduced, made small for quick runs.
func sized[C any](base C, quick bool) C {
	if q, ok := any(&base).(interface{ Quick() }); ok && quick {
		q.Quick()
	}
	return base
}

// point is the config of a row of a sweep.
type point[C any] struct {
	Config C `sweep:"inline"`
	Seed   uint64
}

// Validate checks what can be checked, before the first row is run.
func (p point[C]) Validate() error { return valid(reflect.ValueOf(p.Config)) }

// valid asks a struct whether it is, or the structs in it.
func valid(v reflect.Value) error {
	if v.CanInterface() {
		if c, ok := v.Interface().(interface{ Validate() error }); ok {
			return c.Validate()
		}
	}
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct {
			if err := valid(f); err != nil {
				return err
			}
		}
	}
	return nil
}
