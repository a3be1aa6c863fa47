package rate

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// A matrix that fits once it is transposed is said to.
func TestTransposedWeights(t *testing.T) {
	n := &Network{Form: Rate, Tau: 0.1, Dt: 0.001, Initial: make([]float64, 5),
		Recurrent: mat.NewDense(5, 5, nil), Input: mat.NewDense(2, 5, nil), Readout: mat.NewDense(1, 5, nil)}
	err := n.Validate(task.Shape{Name: "demo", Dt: 0.001, Inputs: 2, Outputs: 1})
	if err == nil || !strings.HasSuffix(err.Error(), "Input is 2 x 5, demo with 5 units needs 5 x 2: transpose it") {
		t.Error(err)
	}
}
