package rls

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// late is a companion that begins nothing before it is needed.
type late struct {
	pieces []func()
	done   int64
}

func (l *late) Do(piece func()) int64 {
	l.pieces = append(l.pieces, piece)
	return int64(len(l.pieces))
}

func (l *late) Need(piece int64) {
	for ; l.done < piece; l.done++ {
		l.pieces[l.done]()
	}
}

func (l *late) Both(work func()) {
	l.Need(int64(len(l.pieces)))
	work()
	work()
}

// early is a companion that does everything at once.
type early struct{}

func (early) Do(piece func()) int64 { piece(); return 0 }
func (early) Need(int64)            {}
func (early) Both(work func())      { work() }

// Whatever a companion does, and however late, is there when it is needed, and
// changes no bit.
func TestCompanionsChangeNoBit(t *testing.T) {
	const neurons, m, steps, pending = 23, 4, 600, 9
	weights := func(c crew) (*mat.Dense, *mat.SymDense) {
		f, err := NewFiltered(neurons, m, math.Exp(-0.01), math.Exp(-0.2))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Learn(Config{Alpha: 1, Pending: pending}); err != nil {
			t.Fatal(err)
		}
		y := make([]float64, m)
		rng := neuro.Stream(5, "when")
		trains := spikes(neurons, steps, 0.03)
		for trial := range 3 {
			f.rls.shared.crew = c
			f.resync()
			for step, fired := range trains[trial*steps/3 : (trial+1)*steps/3] {
				mine := append([]int(nil), fired...)
				f.Step(mine)
				for i := range mine {
					mine[i] = 0 // the caller's to use again
				}
				f.Output(y)
				if rng.Float64() < 0.5 {
					for i := range y {
						y[i] -= math.Sin(float64(step)/50 + float64(i))
					}
					if err := f.Update(y); err != nil {
						t.Fatal(err)
					}
					clear(y)
				}
			}
			if l, ok := c.(*late); ok {
				l.Need(int64(len(l.pieces)))
				c = &late{} // as each trial has a new one
			}
			f.rls.shared.crew = nil
		}
		return f.State().Weights, f.Inverse()
	}
	wantW, wantP := weights(nil)
	for name, c := range map[string]crew{"early": early{}, "late": &late{}} {
		if w, p := weights(c); !mat.Equal(w, wantW) || !mat.Equal(p, wantP) {
			t.Errorf("a companion that is %s changed bits", name)
		}
	}
}

// Nor does a companion that computes outputs while the caller prepares an
// update, whether the sample is then learned or not.
func TestReadoutsOfTwoChangeNoBit(t *testing.T) {
	const n, m = 19, 41
	weights := func(c crew) *mat.Dense {
		r, _ := New(n, Config{Alpha: 1, Pending: 4, Forgetting: 0.01})
		r.shared.crew = c
		q, y, s := r.NewReadouts(m), make([]float64, m), make([]float64, n)
		rng := neuro.Stream(7, "samples")
		for step := range 50 {
			for j := range s {
				s[j] = rng.NormFloat64()
			}
			r.Present(s, step%3 != 0)
			q.Output(y)
			y[0]--
			if step%5 == 0 {
				continue // this sample is not learned, whatever was said
			}
			if err := r.Correct(Target{Readouts: q, Error: y}); err != nil {
				t.Fatal(err)
			}
		}
		return q.Weights()
	}
	want := weights(nil)
	for name, c := range map[string]crew{"early": early{}, "late": &late{}} {
		if !mat.Equal(weights(c), want) {
			t.Errorf("a companion that is %s changed bits", name)
		}
	}
}
