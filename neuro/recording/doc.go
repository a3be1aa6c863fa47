// Package recording holds what a network did, or what a laboratory recorded:
// spike times of units, named series of channels, and a table of trials.
//
// It is plain data that networks, statistics and figures share:
//
//	rec, err := model.Test(ctx, source, spiking.DefaultTest())
//	trains, err := rec.Trains()                  // for package spiketrain
//	panel := plotting.Outputs(rec.Outputs)       // targets, step and names are in it
//	err = rec.Save("session.npz")                // NumPy opens it
//
// A laboratory's recording has trials with a start and a stop in seconds, and tables
// of what was written down of units, trials and electrodes:
//
//	f, err := nwb.Open("session.nwb")
//	rec, err := f.Recording()
//	result, err := rec.TrialTable.Column("result")
//	good := rec.Select(func(t recording.Trial) bool { return t.Stop > t.Start })
//	doubts := rec.Check()
package recording
