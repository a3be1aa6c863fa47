// Package experiment puts every statement of the papers to the test: each has
// an id, runs from a seed to numbers, and draws its figure.
//
// The numbers that must come out of each [Paper] are an [Experiment] each:
// what is claimed, what the paper reports, what is measured, and the bar that
// each measure should pass. [Reproduce] runs them, several seeds side by side,
// and [Results.Save] writes results.json, RESULTS.md (a part for each paper)
// and the figures. `spikewalk reproduce` is the same as a command.
//
// Ids come in families: "int.learn" and all other ids that begin with "int."
// are about the integrator, and "int" stands for all of them.
//
// Seeds 1, 2, 3, … are reported. Whatever had to be chosen (a gain, a number of
// trials) was chosen on seeds from [ValidationSeed] on; an experiment of which
// that is not true says so in its Setup.
package experiment
