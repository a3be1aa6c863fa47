// Package run is the one loop in time: trials of stages, steps of trials, and
// observers that see each step and keep what they want.
//
// A computation in stages has one [Progress]. It counts the trials of all
// stages, reports to the Watch of its context, ends a stage at neuro.ErrStop, and
// asks for warnings before the last report:
//
//	all := run.Watched(ctx, warmUp+trials)
//	all.Doubts = func() ([]neuro.Warning, error) { … }
//	err := all.Stage("warm-up", warmUp, func(i int) (run.Report, error) { … })
//	err = all.Stage("train", trials, func(i int) (run.Report, error) { … })
//
// A trial is a [Trial] that a [Network] is taken through. Driven trials feed the
// targets in; otherwise the network carries its own factors. The context, and
// whether all numbers are finite, are looked at in one place:
//
//	for step, err := range run.Steps(ctx, net, trial) {
//		if err != nil {
//			return err // cancelled, *neuro.DivergenceError, or what net says
//		}
//		…
//	}
//
// or, with observers that know nothing of each other,
//
//	var done run.Outcome
//	err := run.Through(ctx, net, trial, &done, learner)
//
// [Outcome] has what was done in the trial and its errors; [Recorder] makes a
// recording.Recording; [Each] turns a function into an observer. [Test] is the
// examination that networks which carry factors share: they implement [Tested].
package run
