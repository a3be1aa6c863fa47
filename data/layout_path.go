package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

// place tells to which trial and unit an array of a path belongs, -1 where its
// path has no such letter.
type place struct{ k, u int }

// found is all that a path leads to.
type found struct {
	path   string
	arrays []*matfile.Array
	places []place
	// trials and units are the lengths that k and u run over, -1 where the path
	// has no such letter.
	trials, units int
}

// A step of a path goes to a field, to elements or to cells.
type step struct {
	kind  byte // '.', '(' or '{'
	field string
	index []int // places that count from 0; allTrials and allUnits
}

const (
	allTrials = -1 - iota
	allUnits
)

// hasLetter tells whether a path runs over all of k or of u.
func hasLetter(path string, letter byte) bool {
	for at := 0; at < len(path); at++ {
		if path[at] != '(' && path[at] != '{' {
			continue
		}
		inside, _, _ := strings.Cut(path[at+1:], map[byte]string{'(': ")", '{': "}"}[path[at]])
		for _, word := range strings.Split(inside, ",") {
			if strings.TrimSpace(word) == string(letter) {
				return true
			}
		}
	}
	return false
}

// follow returns what a path leads to in a file.
func (f *File) follow(path string) (*found, error) {
	name, steps, err := f.parse(path)
	if err != nil {
		return nil, err
	}
	a, err := f.Variable(name)
	if err != nil {
		return nil, err
	}
	w := &walker{found: found{path: path, trials: -1, units: -1}}
	if err := w.walk(a, steps, place{-1, -1}); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &w.found, nil
}

// parse takes a path apart: the variable whose name it begins with, the
// longest of several, and the steps from there.
func (f *File) parse(path string) (name string, steps []step, err error) {
	rest, ok := "", false
	for _, n := range f.names {
		after, begins := strings.CutPrefix(path, n)
		if begins && (after == "" || strings.ContainsRune(".({", rune(after[0]))) && (!ok || len(n) > len(name)) {
			name, rest, ok = n, after, true
		}
	}
	if !ok {
		first := path
		if at := strings.IndexAny(path, ".({"); at > 0 {
			first = path[:at]
		}
		return "", nil, fmt.Errorf("no variable %q: %s", first, nearest.Missing(first, f.names))
	}
	for rest != "" {
		var s step
		if s, rest, err = nextStep(rest); err != nil {
			return "", nil, fmt.Errorf("%s: %w", path, err)
		}
		steps = append(steps, s)
	}
	return name, steps, nil
}

// nextStep takes a step off a path.
func nextStep(path string) (s step, rest string, err error) {
	s.kind, path = path[0], path[1:]
	switch s.kind {
	case '.':
		end := strings.IndexAny(path, ".({")
		if end < 0 {
			end = len(path)
		}
		if end == 0 {
			return s, "", fmt.Errorf("a point is followed by the name of a field")
		}
		s.field = path[:end]
		return s, path[end:], nil
	case '(', '{':
		closing := map[byte]string{'(': ")", '{': "}"}[s.kind]
		inside, rest, ok := strings.Cut(path, closing)
		if !ok {
			return s, "", fmt.Errorf("%c is not closed by %s", s.kind, closing)
		}
		for _, word := range strings.Split(inside, ",") {
			switch word = strings.TrimSpace(word); word {
			case "k":
				s.index = append(s.index, allTrials)
			case "u":
				s.index = append(s.index, allUnits)
			default:
				i, err := strconv.Atoi(word)
				if err != nil || i < 0 {
					return s, "", fmt.Errorf("%q is no place: write k for all trials, u for all units, or a number from 0", word)
				}
				s.index = append(s.index, i)
			}
		}
		return s, rest, nil
	}
	return s, "", fmt.Errorf("%q is no step of a path: write .field, (k) or {u}", string(s.kind)+path)
}

// walker goes all the ways that a path leads.
type walker struct{ found }

// most arrays that a path may lead to.
const most = 1 << 24

func (w *walker) walk(a *matfile.Array, steps []step, at place) error {
	if len(steps) == 0 {
		if len(w.arrays) == most {
			return fmt.Errorf("this leads to more than %d arrays", most)
		}
		w.arrays, w.places = append(w.arrays, a), append(w.places, at)
		return nil
	}
	s, rest := steps[0], steps[1:]
	switch s.kind {
	case '.':
		next, err := a.Field(s.field)
		if err != nil {
			return err
		}
		return w.walk(next, rest, at)
	case '(':
		if a.Class() != matfile.Struct || len(rest) == 0 || rest[0].kind != '.' {
			return fmt.Errorf("%s: round brackets choose elements of a struct array, and a field follows; say with Axes which dimension of numbers is what", a)
		}
		return w.each(a, s.index, at, func(index []int, at place) error {
			next, err := a.Field(rest[0].field, index...)
			if err != nil {
				return err
			}
			return w.walk(next, rest[1:], at)
		})
	}
	if a.Class() != matfile.Cell {
		return fmt.Errorf("%s: braces choose cells, and this is no cell array", a)
	}
	return w.each(a, s.index, at, func(index []int, at place) error {
		next, err := a.Cell(index...)
		if err != nil {
			return err
		}
		return w.walk(next, rest, at)
	})
}

// each calls visit for every place that an index stands for.
func (w *walker) each(a *matfile.Array, index []int, at place, visit func([]int, place) error) error {
	dims := a.Dims()
	if len(index) == 1 {
		dims = []int{a.Len()}
	} else if len(index) != len(dims) {
		return fmt.Errorf("%s has %d dimensions, and the path gives %d places", a, len(dims), len(index))
	}
	places := slices.Clone(index)
	var run func(d int, at place) error
	run = func(d int, at place) error {
		if d == len(index) {
			return visit(slices.Clone(places), at)
		}
		if index[d] >= 0 {
			return run(d+1, at)
		}
		letter, length, here := "k", &w.trials, &at.k
		if index[d] == allUnits {
			letter, length, here = "u", &w.units, &at.u
		}
		if *here >= 0 {
			return fmt.Errorf("%s stands twice in the path", letter)
		}
		if *length >= 0 && *length != dims[d] {
			return fmt.Errorf("%s has %d places where %s runs, and those before have %d", a, dims[d], letter, *length)
		}
		*length = dims[d]
		for i := range dims[d] {
			places[d], *here = i, i
			if err := run(d+1, at); err != nil {
				return err
			}
		}
		return nil
	}
	return run(0, at)
}
