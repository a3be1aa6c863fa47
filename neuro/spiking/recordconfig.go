package spiking

import (
	"fmt"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// RecordConfig says what of the recorded trials is kept beyond factors and
// outputs, and where. The zero value keeps all spikes, no quantities, and
// everything in memory.
type RecordConfig struct {
	// Spikes lists the neurons whose spikes are kept; nil keeps all.
	Spikes []int
	// Neurons lists the neurons whose quantities are kept; nil keeps all.
	Neurons []int
	// Quantities are kept in full: for each T/Every × len(Neurons) numbers.
	Quantities []Quantity
	// Mean lists quantities to be averaged over all test trials, recorded or
	// not, condition by condition, without keeping the trials. Factors and
	// their targets are then averaged too.
	Mean []Quantity
	// Every keeps every k-th step of quantities and averages, the first
	// included; 0 and 1 keep all. Spikes, factors, outputs and Voltages are
	// kept at every step.
	Every int
	// File, if not "", is where the recorded trials go as they come: an .npz
	// file by its name too, see [Recording.Save], of any length in little
	// memory. It appears, whole, when the test ends well or its watcher stops it.
	File string
}

func (c RecordConfig) validate(neurons int) error {
	if err := neuronsExist("spikes", c.Spikes, neurons); err != nil {
		return err
	}
	if err := neuronsExist("quantities", c.Neurons, neurons); err != nil {
		return err
	}
	if c.Neurons != nil && len(c.Neurons) == 0 && len(c.Quantities)+len(c.Mean) > 0 {
		return fmt.Errorf("spiking: quantities of no neurons: Neurons is empty, nil keeps all")
	}
	if c.File != "" {
		if err := npz.CheckPlace(c.File); err != nil {
			return fmt.Errorf("spiking: %w", err)
		}
	}
	if c.Every < 0 {
		return fmt.Errorf("spiking: every %d-th step to be kept: 1 keeps all, larger numbers fewer", c.Every)
	}
	for _, list := range [][]Quantity{c.Quantities, c.Mean} {
		for _, q := range list {
			if err := q.validate(); err != nil {
				return err
			}
		}
	}
	return nil
}
