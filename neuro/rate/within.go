package rate

import (
	"cmp"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
)

// Within returns the network that runs on a few components V of its activity
// ([factor.PCA]): its units hear each other, and its output is read, through
// these alone,
//
//	J V Vᵀ r  in place of  J r,   W V Vᵀ r  in place of  W r.
//
// Nothing is learned anew; input, biases, initial state and noise stay as they
// are. An output that is fed back is that of the components, too. An error says
// which sizes disagree.
func (n *Network) Within(basis *factor.Basis) (*Network, error) {
	if err := cmp.Or(n.validateUnits(), n.fit()); err != nil {
		return nil, err
	}
	if err := fits(basis, n.Units()); err != nil {
		return nil, err
	}
	var keep mat.Dense // V Vᵀ
	keep.Mul(basis.Vectors, basis.Vectors.T())
	within := *n
	within.Recurrent, within.Readout = new(mat.Dense), new(mat.Dense)
	within.Recurrent.Mul(n.Recurrent, &keep)
	within.Readout.Mul(n.Readout, &keep)
	return &within, nil
}

// fits is an error if a basis is not one of uncentred activity of so many units.
func fits(basis *factor.Basis, units int) error {
	if basis == nil || basis.Vectors == nil || basis.Vectors.IsEmpty() {
		return fmt.Errorf("rate: there are no components: make them with factor.PCA of the network's activity")
	}
	if of, _ := basis.Vectors.Dims(); of != units {
		return fmt.Errorf("rate: the components are of %d units, the network has %d", of, units)
	}
	if basis.Mean != nil {
		return fmt.Errorf("rate: the components are centred: use factor.PCA, whose factors also carry the mean")
	}
	return nil
}
