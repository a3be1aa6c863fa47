// Package prepare takes a recording to what networks, decoders and components are
// fitted to: trials of one length, aligned to an event, on one grid of bins.
//
//	rec, err    := recording.Load("session.npz")   // or of package data, or a network's
//	units, err  := prepare.ChooseUnits(rec, prepare.UnitRules{LeastRate: 0.5})
//	trials, err := prepare.ChooseTrials(rec, prepare.TrialRules{
//		Where: map[string][]string{"result": {"R"}}, Finite: []string{"move_onset_time"},
//	})
//	which, err  := prepare.ConditionsOf(rec, "target_dir")
//	set, err    := prepare.Cut(rec, prepare.Config{
//		Units: units.Kept, Trials: trials.Kept, Conditions: which,
//		Align: "move_onset_time", From: -0.1, To: 0.5, Dt: 0.02, Edges: prepare.LeftClosed,
//		Series: map[string]prepare.Stamps{"emg": prepare.BinEnd},
//	})
//	set, err    = set.Rates(prepare.Gaussian(0.04))
//	split, err  := set.HoldOut(0.25, 1)
//	split, err  = split.WithFactors("factors", prepare.Rates, 8)
//	k, err      := split.Train.Task("factors", "emg")   // for task.NewSource, spiking.Transfer
//
// (data.ExampleSession has these columns.) [Session] takes the steps from units to rates
// in one call. Package compare then scores what was
// fitted to split.Train on split.Test.
//
// Series are prepared before they are cut: [Resample] to another rate, [EMG] from
// voltages to envelopes.
//
// Times are in seconds, frequencies in hertz; matrices are time × channels.
// Conventions (which edge belongs to a bin, what a timestamp of a series stands
// for) are named in [Config] and never guessed. What is left out is listed with
// the reason: see [Choice] and Set.Dropped.
package prepare
