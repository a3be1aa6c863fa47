package nef

import (
	"io"

	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// WriteTo writes the state of the neurons, to the bit.
func (s *Spiking) WriteTo(w io.Writer) (int64, error) { return persist.WriterTo(w, s.state) }

// ReadFrom puts as many neurons into the state that [Spiking.WriteTo] wrote.
func (s *Spiking) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, s.state) }

func (s *Spiking) state(to *persist.State) {
	to.Same(len(s.refractory))
	to.Floats(s.Voltage, s.refractory)
}

// WriteTo writes the state of the synapse, to the bit.
func (s *Synapse) WriteTo(w io.Writer) (int64, error) { return persist.WriterTo(w, s.state) }

// ReadFrom puts a synapse of as many neurons into the state that
// [Synapse.WriteTo] wrote.
func (s *Synapse) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, s.state) }

func (s *Synapse) state(to *persist.State) {
	to.Same(len(s.Activity))
	to.Floats(s.Activity)
	to.Int(&s.unswept)
}
