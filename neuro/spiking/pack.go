package spiking

import "errors"

// pack writes states one after the other, each after its length, -1 for nil.
func pack(states [][]float64) []float64 {
	var all []float64
	for _, s := range states {
		length := float64(len(s))
		if s == nil {
			length = -1
		}
		all = append(append(all, length), s...)
	}
	return all
}

func unpack(packed []float64, n int) ([][]float64, error) {
	states := make([][]float64, n)
	if len(packed) == 0 {
		return states, nil
	}
	for i := range states {
		if len(packed) == 0 || packed[0] > float64(len(packed)-1) {
			return nil, errors.New("spiking: the state handed to Either is not one that it has returned")
		}
		length := int(packed[0])
		packed = packed[1:]
		if length >= 0 {
			states[i], packed = packed[:length:length], packed[length:]
		}
	}
	if len(packed) > 0 {
		return nil, errors.New("spiking: the state handed to Either is not one that it has returned")
	}
	return states, nil
}
