package recording

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// PSTH returns the rate of each unit over the time of a trial, averaged over the trials
// of each condition: [Recording.Trains] and spiketrain.Trains.PSTH in one.
func (r *Recording) PSTH(cfg spiketrain.PSTHConfig) (*spiketrain.Response, error) {
	trains, err := r.Trains()
	if err != nil {
		return nil, err
	}
	return trains.PSTH(cfg)
}

// ByTrial returns the spikes of one unit as a raster has them, a row for each
// trial of [Recording.Trains]: times count from the start of the trial, and Units
// are the trials. An error says which units there are, or is that of Trains.
func (r *Recording) ByTrial(unit int) (Spikes, error) {
	if unit < 0 || unit >= r.Units {
		return Spikes{}, fmt.Errorf("recording: there is no unit %d: there are units 0 to %d", unit, r.Units-1)
	}
	trains, err := r.Trains()
	if err != nil {
		return Spikes{}, err
	}
	rows := make([][]float64, trains.Trials())
	for i := range rows {
		rows[i] = trains.Trial(i).Times[unit]
	}
	return SpikesOf(rows), nil
}
