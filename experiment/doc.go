// Package experiment puts statements of papers to the test: each has an id, runs
// from a seed to numbers, and draws its figure.
//
// A statement of a [Paper] is an [Experiment]: what is claimed, what the paper
// reports, what is measured, and the threshold that each measure should pass.
// [Reproduce] runs experiments, several seeds side by side, and [Results.Save]
// writes results.json, RESULTS.md (a part for each paper) and the figures. What
// each run finds can be kept in files, for a later call to go on with or to
// redraw; see [Options].
// `spikewalk reproduce` is the same as a command.
//
// The experiments themselves are in a package for each paper, depasquale2016 and
// macneil2011, one file an id. To add one, write what is claimed as an
// Experiment, a config, a function that runs it, and one that draws all seeds, and give
// the four to [Define]. [Experiment.Sweep] runs it with other values in the config,
// `spikewalk sweep run` is the same as a command.
//
// Ids come in families: "int.learn" and all other ids that begin with "int."
// are about the integrator, and "int" stands for all of them.
//
// Seeds 1, 2, 3, … are reported. Whatever had to be chosen (a gain, a number of
// trials) was chosen on seeds from [ValidationSeed] on; an experiment of which
// that is not true says so in its Setup.
package experiment
