package rate

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

const (
	// looks is the number of trials that are looked at.
	looks = 128
	// answerBins is the number of stretches in which a target is compared.
	answerBins = 8
	// sameAnswer is by what fraction of their size two answers may differ and
	// still be the same.
	sameAnswer = 0.2
)

// evenAnswer looks for trials whose inputs are opposite, value by value, and
// whose targets are the same, which a network that is odd cannot tell from
// each other, and warns if at least a quarter of the trials are such; nil
// otherwise.
//
// Two trials have opposite inputs if the sequences of different values that
// their inputs go through, silence before and after left out, are each other's
// negatives to the bit; how long each value lasts does not matter. Two targets
// are the same if they go through the same course from where they are first
// different from zero to where they last are, at whatever time. Trials of equal
// inputs but unequal targets (inputs that differ in their timing alone) count
// as not comparable, and so do noisy inputs, which never come twice: a warning
// is always about pairs that were found, and none does not mean that the answer
// is not even.
func evenAnswer(k task.Task) []neuro.Warning {
	answers := map[inputKey]*answer{}
	shape, compared := k.Shape(), 0
	for i := range looks {
		trial, err := task.NewTrial(k, neuro.Stream(0, forEvenAnswers, i))
		if err != nil || trial.Inputs == nil {
			return nil
		}
		key, opposite := inputKeys(trial.Inputs)
		if key == opposite {
			continue // silence
		}
		compared++
		course := courseOf(trial.Targets)
		if a := answers[key]; a != nil {
			a.trials++
			a.mixed = a.mixed || !alike(a.course, course)
			continue
		}
		answers[key] = &answer{opposite: opposite, course: course, trials: 1}
	}
	var even int
	for _, a := range answers {
		if b := answers[a.opposite]; b != nil && !a.mixed && !b.mixed && alike(a.course, b.course) {
			even += a.trials
		}
	}
	if even == 0 || even < compared/4 {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.EvenAnswer, Where: "rate network",
		Message: fmt.Sprintf("%d of %d trials of %s ask for the same answer as others with the opposite input, and a network with an odd activation and no bias gives the opposite one", even, looks, shape.Name),
		Try:     "give the units a bias (rate.Config.BiasScale, such as 0.5)",
	}}
}

// answer is what is asked after an input.
type answer struct {
	opposite inputKey
	course   []float64
	trials   int
	mixed    bool // other trials of this input ask for something else
}

// inputKey stands for a sequence of inputs: two are the same where their keys
// are.
type inputKey [sha256.Size]byte

// inputKeys are the sequence of different rows of the inputs, zeros at either
// end left out, and that of the opposite inputs.
func inputKeys(inputs *mat.Dense) (key, opposite inputKey) {
	from, to := support(inputs)
	sums := [2]hash.Hash{sha256.New(), sha256.New()}
	var number [8]byte
	for t := from; t < to; t++ {
		row := inputs.RawRowView(t)
		if t > from && floats.Equal(row, inputs.RawRowView(t-1)) {
			continue
		}
		for _, v := range row {
			for i, v := range []float64{v, -v} {
				binary.LittleEndian.PutUint64(number[:], math.Float64bits(v+0)) // +0 makes one zero of both
				sums[i].Write(number[:])
			}
		}
	}
	return inputKey(sums[0].Sum(nil)), inputKey(sums[1].Sum(nil))
}

// courseOf are the means of each channel in stretches of equal length, from
// where the targets are first different from zero to where they last are.
func courseOf(targets *mat.Dense) []float64 {
	from, to := support(targets)
	_, channels := targets.Dims()
	course := make([]float64, answerBins*channels)
	for t := from; t < to; t++ {
		bin := (t - from) * answerBins / (to - from)
		floats.AddScaled(course[bin*channels:][:channels], float64(answerBins)/float64(to-from), targets.RawRowView(t))
	}
	return course
}

// alike tells whether two courses are the same, and not zero.
func alike(a, b []float64) bool {
	size := max(floats.Norm(a, 2), floats.Norm(b, 2))
	return size > 0 && floats.Distance(a, b, 2) <= sameAnswer*size
}

// support is from <= t < to in which rows of m are not all zero.
func support(m *mat.Dense) (from, to int) {
	to, _ = m.Dims()
	silent := func(t int) bool { return floats.Norm(m.RawRowView(t), math.Inf(1)) == 0 }
	for from < to && silent(from) {
		from++
	}
	for to > from && silent(to-1) {
		to--
	}
	return from, to
}
