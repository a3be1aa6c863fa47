// Package nb is what a notebook's cell needs besides the science: showing a
// figure, keeping a result that took long to compute, watching a run, and
// failing in one sentence.
//
//	fit := nb.Train("full-FORCE", rate.FullForce{}, rate.DePasquale2018(), task.SweptOscillation())
//	nb.Show(plotting.Figure(plotting.Outputs(fit.Outputs), plotting.Traces(fit.Activity).Stacked()))
//
// Whatever else takes long is kept in the same way:
//
//	model := nb.Transfer("spiking network", cfg, source)
//	rec := nb.Test("alone", model, source, spiking.DefaultTest())
//	learned, run := nb.Learn("twenty minutes", eye, integrator.Light(1200))
//	drift := nb.Memo("drift", []any{learned, how}, func(ctx context.Context) (integrator.Drift, error) {
//		return integrator.MeasureDrift(ctx, learned, how)
//	})
//
// A grid of runs, on the cores of this machine or on a cluster, is a [Sweep].
//
// # Which to use
//
// A figure is shown in one of four ways, by what the reader is to do with it:
//
//   - look at it: [Show];
//   - change a quantity and watch the figure follow, from results in memory:
//     [Play], whose sliders and selectors need no kernel;
//   - change what has to be computed anew, in seconds: [Try], which keeps the
//     cell running and shows a bar;
//   - turn trajectories in three dimensions: [Turn].
//
// A run that takes long is watched with [Progress], one line, or with [Live],
// which adds the error and the last trial as they come. Where no reader is
// present (spikewalk notebooks sets [HeadlessEnv]) these show nothing but a run's
// warnings, and Try computes all settings, as Play draws them. Every figure has
// beside its picture what a page needs to caption it, to play it and to turn it;
// on paper and in a notebook that is not trusted there is the picture alone.
//
// # Cells
//
// It is written for [GoNB], whose cells are programs of their own: each cell
// is compiled and run afresh, package variables are initialised again, and
// nothing but the disk survives from one cell to the next. That is why
// [Memo] keeps its results in files.
//
// Whatever reaches the saved notebook is the same at every run: no times, no
// speeds, no paths. Two executions of a notebook are equal byte for byte,
// whether a result was computed or found in the memo.
//
// All of it also works in an ordinary program, so that a cell can be pasted
// into a main function: figures are then written only where the environment
// variable SPIKEWALK_FIGURES asks for them, and progress goes to the
// terminal.
//
// [GoNB]: https://github.com/janpfeifer/gonb
package nb
