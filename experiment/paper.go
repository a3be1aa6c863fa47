package experiment

// Paper is a paper whose statements are put to the test.
type Paper struct {
	// Short is how it is called in a sentence, DOI where it is found.
	Short, Title, DOI string
	// Numbers says, in prose, how its experiments' numbers are to be read.
	Numbers string
}

// The two papers.
var (
	// DePasquale2016 is about spiking networks with the factors of rate
	// networks. Its experiments take in those of the papers around it: the
	// rate networks of 2018, and motor cortex and muscles of 2023.
	DePasquale2016 = Paper{
		Short: "DePasquale, Churchland & Abbott 2016",
		Title: "Using Firing-Rate Dynamics to Train Recurrent Networks of Spiking Model Neurons",
		DOI:   "10.48550/arXiv.1601.07620",
		Numbers: "Motor cortex, muscles and the preset are those of DePasquale, Sussillo, Abbott & Churchland 2023 (https://doi.org/10.1016/j.neuron.2022.12.007). " +
			"Errors are nMSE = Σ|y - ỹ|² / Σ|ỹ|² in closed loop, the median over test trials. " +
			"A seed is the seed of everything: networks, trials, initial states.",
	}
	// MacNeil2011 is about the learning rule that keeps an integrator tuned.
	MacNeil2011 = Paper{
		Short: "MacNeil & Eliasmith 2011",
		Title: "Fine-Tuning and the Stability of Recurrent Neural Networks",
		DOI:   "10.1371/journal.pone.0022885",
		Numbers: "A seed is a fresh random population of neurons. Drift is measured with spikes: the integrator is held for 0.5 s at each of 21 positions within ±40°, " +
			"left alone for 2 s, and a line is fitted to where it goes; drift is the mean absolute slope of these lines in °/s, " +
			"and \"slope\" that of drift velocity against position in 1/s (negative for a leaky integrator). " +
			"\"Of the optimum\" is the ratio to the same population with its linear optimal decoders, taken population by population. " +
			"Perturbations are heavy-tailed, so medians and quartiles are told.",
	}
)

// papers are those there are, in the order of [All].
func papers() []Paper { return []Paper{DePasquale2016, MacNeil2011} }
