// Package sweep runs a function for many configs: a grid, or points drawn at
// random, with the same seeds for each; on the cores of this machine, or on a
// cluster with Slurm. What comes out is one table.
//
//	table, err := sweep.Run(ctx, sweep.Sweep[spiking.Config, Errors]{
//		Name: "gain",
//		Base: spiking.DePasquale2023(),
//		Plan: sweep.Grid(sweep.Values("Gain", 4.0, 8, 12), sweep.Values("Neurons", 400, 800)).Seeds(5),
//		Run:  func(ctx context.Context, cfg spiking.Config) (Errors, error) { return train(ctx, cfg) },
//	}, sweep.Local{})
//	curves, err := table.Curve("Gain", "Output", "Neurons")
//	err = plotting.Figure(plotting.Curve(curves...).LogY()).Save("gain.pdf")
//
// [Table.Heat] and [Table.Paired] make the table's other figures.
//
// [On] says where by one word, "local" or "slurm", which may as well come from the
// environment; [Local] and [Slurm] have what can be decided besides. docs/sweeps.md of
// this module has whole programs, and what a cluster makes of them.
//
// # Fields
//
// Axes name exported fields of the config, and of structs in it with a dot, "RLS.Alpha";
// embedded structs' fields go by their own names. Fields say more by a tag:
//
//	Model   Model          `sweep:"inline"`     // its fields go by their own names too
//	Spiking spiking.Config `sweep:"-Seed -Gain"` // these of its fields follow from others, or
//	                                            // have no effect: they are neither axes nor columns
//
// # What is kept
//
// Each row is a file of its own in the sweep's folder, written as soon as the row
// is done, whole or not at all, with a checksum. Whatever ends a run (Ctrl-C, a
// full disk, a killed task), no finished row is lost, and the same call goes
// on with what is missing. A folder of another sweep, of other configs or of
// another version of the program is refused. [Collect] reads the table of what is
// finished at any time, [StatusOf] says how far a sweep is, and [Resume] and
// [Cancel] are for tasks on a cluster. None of them needs the program's types.
//
// A row is its config's and nothing else's: rows are computed in any order and
// anywhere, and are equal to the bit.
package sweep
