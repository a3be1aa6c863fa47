// Package compare scores models on data that they were not fitted to, in the numbers
// that the field compares.
//
// # Scores of matrices
//
// Scores take the prediction first, then what was observed, both T × channels, a row
// for each sample (trials one below the other, [prepare.Stack]); [ForwardBits] and
// [PSTH] take a matrix for each trial:
//
//	NMSE           Σ|y - ŷ|² / Σ|y|², the project's own (task.NMSE)
//	R2             of each channel, their mean, and weighted by variance
//	BitsPerSpike   Poisson likelihood of spike counts, against each neuron's mean
//	ForwardBits    the same of bins after the data that the model saw
//	PSTH           R² of rates averaged by condition
//	OverFiles      mean and standard deviation of R² over sessions
//
// Models that need nothing but data are here to compare with: [Ridge] with its
// penalty chosen by cross-validation, [FitPoisson], [FitDecoder] of a prepared set,
// and [CoSmoothing], which predicts neurons from others.
//
// # Models of the same trials
//
// [HeldOut] is trials to fit and trials to score. It makes the baselines, lays what
// a spiking or a rate network did onto the grid of the recording, and gives a table
// with an interval for each score:
//
//	split, err   := set.HoldOut(0.25, 1)
//	h            := compare.NewHeldOut(split, "emg")
//	mean, err    := h.ConditionMean()
//	decoded, err := h.Decoder(compare.NLBDecoder())
//	spikes, err  := h.Taught("spiking network", rec)
//	table, err   := h.Compare(mean, decoded, spikes)
//	fmt.Println(table)
//
// # What the numbers cannot say
//
// A network that runs by itself is given a condition. It cannot know what was special
// about one trial; a decoder, which reads the trial's own spikes, can. The best that
// such a network can reach on single trials is the mean of its condition, so that
// [HeldOut.ConditionMean] stands in the table beside it, and a column scores averages
// over test trials.
//
// No score shows alone that a model has the right dynamics. Rates that follow each
// trial's own spikes earn bits per spike without any dynamics, and models whose
// latent states have much that is superfluous score as high as those that have
// nothing else: few-shot co-smoothing tells them apart (PLoS Computational Biology
// 2025, doi:10.1371/journal.pcbi.1013789). Report several numbers.
//
// # Missing values
//
// A row of which every observed channel is NaN is left out, and counted. NaN in some
// channels of a row only is an error, except among spike counts, which are masked
// one by one, as the Neural Latents Benchmark does. A prediction must be finite
// wherever there is something to compare it with. A channel that does not vary has no
// R²: it is NaN, counts in the mean as scikit-learn counts it (0, or 1 if predicted
// exactly), and not at all where variance is the weight.
package compare
