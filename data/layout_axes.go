package data

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// labelled is an array of numbers whose axes have names.
type labelled struct {
	name    string
	numbers []float64
	length  map[string]int
	stride  map[string]int
}

// label names the axes of an array: a word for each dimension, where those of
// length 1 that MATLAB adds may be left out.
func label(a *matfile.Array, axes string) (*labelled, error) {
	words := strings.Fields(axes)
	dims := a.Dims()
	if len(words) != len(dims) {
		dims = slices.DeleteFunc(dims, func(d int) bool { return d == 1 })
		for len(dims) < len(words) && len(words) == 1 {
			dims = append(dims, 1)
		}
	}
	if len(words) == 0 {
		return nil, fmt.Errorf(`%s: say with Axes what its dimensions are, for instance "time channel"`, a)
	}
	if len(words) != len(dims) {
		return nil, fmt.Errorf("%s: Axes are %q, %d words for %d dimensions", a, axes, len(words), len(dims))
	}
	numbers, err := a.Float64s()
	if err != nil {
		return nil, err
	}
	l := &labelled{name: a.Name(), numbers: numbers, length: make(map[string]int), stride: make(map[string]int)}
	stride := 1
	for i, word := range words {
		l.length[word], l.stride[word] = dims[i], stride
		stride *= dims[i]
	}
	return l, nil
}

// has tells how long an axis is, 1 if it is not there.
func (l *labelled) has(axis string) int {
	if n, ok := l.length[axis]; ok {
		return n
	}
	return 1
}

// trials is how many trials there are along the axes.
func (l *labelled) trials() int { return l.has("trial") * l.has("condition") }

// trialAxes tells whether trials are among the axes.
func (l *labelled) trialAxes() bool {
	_, trial := l.length["trial"]
	_, condition := l.length["condition"]
	return trial || condition
}

// offset is where a trial begins; the trials of a condition follow one another.
func (l *labelled) offset(trial int) int {
	n := l.has("trial")
	return trial/n*l.stride["condition"] + trial%n*l.stride["trial"]
}

// condition is the condition of a trial, -1 without such an axis.
func (l *labelled) condition(trial int) int {
	if _, ok := l.length["condition"]; !ok || l.trials() == 0 {
		return -1
	}
	return trial / l.has("trial")
}

// matrix returns a trial as rows × columns; a missing axis has length 1. It is nil
// where there are no numbers.
func (l *labelled) matrix(trial int, rows, columns string) *mat.Dense {
	r, c := l.has(rows), l.has(columns)
	if r == 0 || c == 0 || len(l.numbers) == 0 {
		return nil
	}
	values := make([]float64, 0, r*c)
	for i := range r {
		for j := range c {
			values = append(values, l.numbers[l.offset(trial)+i*l.stride[rows]+j*l.stride[columns]])
		}
	}
	return mat.NewDense(r, c, values)
}

// vector is an array of numbers with one dimension, NaN and all.
func vector(a *matfile.Array) ([]float64, error) {
	long := 0
	for _, d := range a.Dims() {
		if d != 1 {
			long++
		}
	}
	if long > 1 && a.Len() > 0 {
		return nil, fmt.Errorf("%s: this is no vector; say with Axes what its dimensions are", a)
	}
	return a.Float64s()
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
