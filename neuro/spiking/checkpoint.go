package spiking

import "gonum.org/v1/gonum/mat"

// checkpoint holds what a trial of training changes, P left out. Its slices
// are reused from trial to trial.
type checkpoint struct {
	v, slow, fast, source []float64
	decoder, readout      mat.Dense
}

func (m *Model) checkpoint(c *checkpoint) {
	c.v = append(c.v[:0], m.net.v...)
	c.slow = append(c.slow[:0], m.decoder.Bank(0)...)
	c.fast = append(c.fast[:0], m.decoder.Bank(1)...)
	c.source = append(c.source[:0], m.sourceState...)
	c.decoder.CloneFrom(m.decoder.Weights())
	c.readout.CloneFrom(m.readout)
}

func (m *Model) restore(c *checkpoint) {
	copy(m.net.v, c.v)
	copy(m.decoder.Bank(0), c.slow)
	copy(m.decoder.Bank(1), c.fast)
	if m.sourceState != nil {
		m.sourceState = append([]float64(nil), c.source...)
	}
	m.decoder.Weights().Copy(&c.decoder)
	m.readout.Copy(&c.readout)
	m.resync()
}
