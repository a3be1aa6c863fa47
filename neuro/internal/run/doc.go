// Package run is the one loop in time: stages of trials, trials of steps, and
// observers that see each step and keep what they want.
//
// A computation in stages has one [Progress], which counts the trials of all
// stages, reports to the context's Watch, ends a stage at neuro.ErrStop, and
// asks for warnings before the last report:
//
//	all := run.Watched(ctx, warmUp+trials)
//	all.Doubts = func() ([]neuro.Warning, error) { … }
//	err := all.Stage("warm-up", warmUp, func(i int) (run.Report, error) { … })
//	err = all.Stage("train", trials, func(i int) (run.Report, error) { … })
//
// A [Network] is taken through a [Trial] step by step. Driven trials feed the
// targets in; in others the network carries its own factors. One place looks at
// the context and checks that all numbers are finite:
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
// [Outcome] keeps what the network did in the trial, and its errors; [Recorder]
// makes a recording.Recording; [Each] turns a function into an observer. [Test]
// tests any network that carries factors and implements [Tested].
package run
