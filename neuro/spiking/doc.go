// Package spiking transfers factors to a recurrent network of spiking
// neurons that then carries them by itself.
//
// N neurons of any model (package neuron), leaky integrate-and-fire ones with
// voltage v in the presets, obey
//
//	τ_V dv/dt = V_rest - v + I + u y + u_in f_in + J0s s + J0f f + J_μ f - b
//
// with slowly and fast filtered spike trains s and f, random fixed weights
// J0s and J0f, uniform inhibition J_μ, and a bias b that takes off the mean
// input through the random weights. V_rest, a constant current I and a
// refractory period are those of [DePasquale2016], zero in [DePasquale2023]. The
// factors y = w [s; f] are read from the network's own spikes; w (P × 2N) is
// learned by recursive least squares so that y follows target factors ỹ, and
// so is the output z = W [y; 1]. The learned part of the recurrent matrix is
// u w, of rank P (DePasquale, Churchland & Abbott 2016; DePasquale et al.
// 2023).
//
// Factors come from a [task.Source]: a trained rate network and its components, or
// all its units (rate.NewSource), a recording ([task.NewSource]), or several of
// these, one at a time ([task.MixSources]). From there:
//
//	model, err := spiking.Transfer(ctx, cfg, source) // demean, train
//	rec, err := model.Test(ctx, source, spiking.DefaultTest())
//
// Networks with sparse connections under Dale's law, all of whose weights are
// trained, are in package dale.
//
// A [recording.Recording] holds spikes, factors, outputs and errors;
// [recording.Keep] adds voltages, currents and filtered trains, averages over
// trials, and files for runs that are too long for memory.
//
// A trained [Model] is saved and loaded as .npz and can be trained further;
// interrupted or not, the bits are the same.
package spiking
