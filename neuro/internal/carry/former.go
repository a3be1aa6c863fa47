package carry

import (
	"encoding/json"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// FormerLIF reads the parameters of LIF neurons that stood among a configuration's
// own fields before there were models of neurons: TauMembrane, Threshold and Reset
// and, where all is set, Rest, Drive and Refractory. What is not mentioned stays as
// it is in m; a configuration that mentions none has the model m. It is an error if
// one does, and m is another model.
func FormerLIF(data []byte, m neuron.Model, all bool) (neuron.Model, error) {
	before, isLIF := m.(neuron.LIF)
	lif := before
	var others neuron.LIF // of the same names in a configuration that means something else
	rest, drive, refractory := &others.Rest, &others.Drive, &others.Refractory
	if all {
		rest, drive, refractory = &lif.Rest, &lif.Drive, &lif.Refractory
	}
	former := struct {
		TauMembrane, Threshold, Reset, Rest, Drive, Refractory *float64
	}{&lif.Tau, &lif.Threshold, &lif.Reset, rest, drive, refractory}
	if err := json.Unmarshal(data, &former); err != nil {
		return nil, err
	}
	switch {
	case lif == before:
		return m, nil
	case m != nil && !isLIF:
		return nil, fmt.Errorf("TauMembrane, Threshold, Reset and the like are those of LIF neurons, and these are %s: leave them out", neuron.Name(m))
	}
	return lif, nil
}
