package sweep

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
)

// seedField is the field of a config that seeds go to.
const seedField = "Seed"

// mostRows is how many rows a sweep may have: ten times what a laboratory with
// ten thousand cores computes in a night.
const mostRows = 10_000_000

// Plan says for which configs a sweep asks. It is made by [Grid], [Random] or
// [Latin].
type Plan struct {
	axes  []Axis
	draw  drawing
	n     int    // conditions, where they are drawn
	seed  uint64 // of the drawing
	seeds int
	first uint64
}

type drawing int

const (
	grid drawing = iota
	random
	latin
)

// Grid asks for every combination of the axes' values; the last axis changes first.
func Grid(axes ...Axis) Plan { return Plan{axes: axes} }

// Random asks for n configs with values drawn at random from each axis,
// independently. The same seed draws the same.
func Random(n int, seed uint64, axes ...Axis) Plan {
	return Plan{axes: axes, draw: random, n: n, seed: seed}
}

// Latin asks for n configs that form a Latin hypercube: each axis is cut into n
// parts, and each part is met once (McKay, Beckman & Conover 1979, Technometrics
// 21:239). Where an axis has values, each is met equally often, as nearly as n
// allows.
func Latin(n int, seed uint64, axes ...Axis) Plan {
	return Plan{axes: axes, draw: latin, n: n, seed: seed}
}

// Seeds asks for every config with the same n seeds, 1, 2, …, in its field Seed, so
// that conditions can be compared in pairs. Without it each config keeps the seed
// of the base.
func (p Plan) Seeds(n int) Plan {
	p.seeds, p.first = n, max(p.first, 1)
	return p
}

// From makes another seed the first.
func (p Plan) From(seed uint64) Plan {
	p.first = seed
	return p
}

// conditions is how many there are, beyond all bounds where it would overflow.
func (p Plan) conditions() int {
	if p.draw != grid {
		return p.n
	}
	n := 1
	for _, a := range p.axes {
		if n *= len(a.values); n > mostRows {
			return math.MaxInt32
		}
	}
	return n
}

func (p Plan) rows() int { return p.conditions() * max(p.seeds, 1) }

// check finds what is wrong with the plan for configs of type t.
func (p Plan) check(t reflect.Type) error {
	used := map[string]bool{}
	for _, a := range p.axes {
		if err := a.check(t); err != nil {
			return err
		}
		if used[a.field] {
			return fmt.Errorf("two axes change %s: put their values into one", a.field)
		}
		used[a.field] = true
		if p.draw == grid && a.kind != listed {
			return fmt.Errorf("the axis %s is a range, of which a grid does not know the points: give it Values, or take a Random or Latin plan", a.field)
		}
	}
	if p.draw != grid && len(p.axes) == 0 {
		return errors.New("there is nothing to draw: the plan has no axes")
	}
	if p.draw != grid && p.n < 1 {
		return fmt.Errorf("the plan draws %d configs: at least one is needed", p.n)
	}
	return p.checkSeeds(t)
}

func (p Plan) checkSeeds(t reflect.Type) error {
	if p.seeds < 0 {
		return fmt.Errorf("%d seeds: at least one is needed", p.seeds)
	}
	if p.seeds > 0 {
		f, err := fieldOf(t, seedField)
		if err != nil {
			return fmt.Errorf("seeds have nowhere to go: %w", err)
		}
		for _, seed := range []uint64{p.first, p.first + uint64(p.seeds) - 1} {
			if _, err := convert(seed, f); err != nil {
				return fmt.Errorf("seed %w", err)
			}
		}
		if p.first > math.MaxUint64-uint64(p.seeds) {
			return fmt.Errorf("the first of %d seeds is %d: that is beyond the last seed there is", p.seeds, p.first)
		}
	}
	if n := p.conditions(); n > mostRows || n*max(p.seeds, 1) > mostRows {
		return fmt.Errorf("the plan has more than %d rows: give the axes fewer values, or draw them with Latin", mostRows)
	}
	return nil
}

// setting is what a row's config has instead of the base's.
type setting struct {
	Field string
	Value any
}

// points says of each row what its config has instead of the base's. Neighbouring
// rows have the same config but for the seed.
func (p Plan) points() func(row int) []setting {
	strata := make([][]int, len(p.axes))
	if p.draw == latin {
		for k := range p.axes {
			strata[k] = p.stream(k, -1).Perm(p.n)
		}
	}
	seeds := max(p.seeds, 1)
	return func(row int) []setting {
		all := p.condition(row/seeds, strata)
		if p.seeds > 0 {
			all = append(all, setting{seedField, p.first + uint64(row%seeds)})
		}
		return all
	}
}

func (p Plan) condition(c int, strata [][]int) []setting {
	out := make([]setting, len(p.axes), len(p.axes)+1)
	left := c // of the number of the condition, the last axis being its last digit
	for k := len(p.axes) - 1; k >= 0; k-- {
		a := p.axes[k]
		out[k].Field = a.field
		switch p.draw {
		case grid:
			out[k].Value = a.values[left%len(a.values)]
			left /= len(a.values)
		case random:
			out[k].Value = a.at(p.stream(k, c).Float64())
		case latin:
			out[k].Value = a.at((float64(strata[k][c]) + p.stream(k, c).Float64()) / float64(p.n))
		}
	}
	return out
}

// stream is the random numbers of an axis and a condition: what one draws does not
// depend on how many others there are.
func (p Plan) stream(axis, condition int) *rand.Rand {
	return rand.New(rand.NewPCG(p.seed, uint64(axis)<<32|uint64(uint32(condition))))
}
