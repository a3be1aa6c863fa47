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
	weights := func(c Companion) (*mat.Dense, *mat.SymDense) {
		f, err := NewFiltered(neurons, m, math.Exp(-0.01), math.Exp(-0.2))
		if err != nil {
			t.Fatal(err)
		}
		r, _ := New(2*neurons, Config{Alpha: 1, Pending: pending})
		f.Learn(r)
		y := make([]float64, m)
		rng := neuro.Stream(5, "when")
		trains := spikes(neurons, steps, 0.03)
		for trial := range 3 {
			r.Accompany(c)
			f.Resync()
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
			r.Accompany(nil)
		}
		return f.Weights(), f.Inverse(r)
	}
	wantW, wantP := weights(nil)
	for name, c := range map[string]Companion{"early": early{}, "late": &late{}} {
		if w, p := weights(c); !mat.Equal(w, wantW) || !mat.Equal(p, wantP) {
			t.Errorf("a companion that is %s changed bits", name)
		}
	}
}

// What is known of a sample ahead of its error changes no bit either.
func TestAnticipation(t *testing.T) {
	const n = 19
	var weights [2]*mat.Dense
	for i := range weights {
		r, _ := New(n, Config{Alpha: 1, Pending: 4})
		rng := neuro.Stream(7, "samples")
		weights[i] = mat.NewDense(1, n, nil)
		s := make([]float64, n)
		for step := range 50 {
			for j := range s {
				s[j] = rng.NormFloat64()
			}
			r.Present(s)
			if i == 1 {
				r.Anticipate()
				if step%5 == 0 {
					continue // this sample is not learned
				}
			} else if step%5 == 0 {
				continue
			}
			if err := r.Correct(Target{Weights: weights[i], Error: s[:1]}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !mat.Equal(weights[0], weights[1]) {
		t.Error("other bits")
	}
}
