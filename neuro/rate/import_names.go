package rate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// ArrayNames says which array is what. An empty name stands for the usual
// ones; [None] for no array.
type ArrayNames struct {
	Recurrent, Input, Feedback, Readout string
	// Bias are the arrays whose sum is b. PyTorch has two.
	Bias        []string
	ReadoutBias string
	Initial     string
}

// None, as a name in [ArrayNames], says that the network has no such array.
const None = "-"

// all returns the names there are.
func (a ArrayNames) all() []string {
	names := append([]string{a.Recurrent, a.Input, a.Feedback, a.Readout, a.ReadoutBias, a.Initial}, a.Bias...)
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// part is what an array can be.
type part int

const (
	recurrentPart part = iota
	inputPart
	feedbackPart
	readoutPart
	biasPart
	readoutBiasPart
	initialPart
)

// usualNames are the names by which the arrays of networks go: ours (J, u_in, u,
// W, b, c, x0), those of papers, of PyTorch and of Keras.
var usualNames = map[part][]string{
	recurrentPart: {"J", "W_rec", "Wrec", "w_rec", "W_hh", "weight_hh_l0", "weight_hh", "recurrent", "recurrent_kernel"},
	inputPart:     {"B", "u_in", "W_in", "Win", "w_in", "W_ih", "weight_ih_l0", "weight_ih", "input", "kernel"},
	feedbackPart:  {"u", "W_fb", "Wfb", "w_fb", "feedback"},
	readoutPart: {"W", "W_out", "Wout", "w_out", "W_hy", "readout", "fc.weight", "out.weight", "linear.weight",
		"output.weight", "readout.weight", "decoder.weight"},
	biasPart: {"b", "bias", "b_rec", "b_h", "b_hh", "b_ih", "b_in", "bias_hh", "bias_ih", "bias_hh_l0", "bias_ih_l0"},
	readoutBiasPart: {"c", "b_out", "b_y", "bias_out", "output_bias", "readout_bias", "fc.bias", "out.bias", "linear.bias",
		"output.bias", "readout.bias", "decoder.bias"},
	initialPart: {"x0", "h0", "r0", "x_0", "h_0", "x_init", "h_init", "initial", "initial_state"},
}

// Resolve returns the names of the arrays that [Import] would take, [None]
// and empty names left out. Where Names says nothing, an array is recognised by
// its whole name or by what follows a dot in it (net.J, rnn.weight_hh_l0), of
// several usual names by the longest: J, W_rec, weight_hh_l0, … for recurrent
// weights, B, u_in, W_in, weight_ih_l0, … for the input's, u, W_fb, … for
// feedback, W, W_out, fc.weight, … for the readout, b, b_rec, bias_hh_l0 +
// bias_ih_l0, … for biases, c, b_out, fc.bias, … for the output's, x0, h0, …
// for the initial state.
func (c ImportConfig) Resolve(arrays map[string]*mat.Dense) (ArrayNames, error) {
	found := make(map[part][]string)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		m := arrays[name]
		if p, ok := recognise(name); ok && m != nil && !m.IsEmpty() && !slices.Contains(c.Ignore, name) {
			found[p] = append(found[p], name)
		}
	}
	r := resolver{arrays: arrays, found: found}
	names := ArrayNames{
		Recurrent:   r.one(recurrentPart, c.Names.Recurrent, "recurrent weights", "Recurrent", true),
		Input:       r.one(inputPart, c.Names.Input, "input weights", "Input", false),
		Feedback:    r.one(feedbackPart, c.Names.Feedback, "feedback weights", "Feedback", false),
		Readout:     r.one(readoutPart, c.Names.Readout, "readout", "Readout", true),
		ReadoutBias: r.one(readoutBiasPart, c.Names.ReadoutBias, "output bias", "ReadoutBias", false),
		Initial:     r.one(initialPart, c.Names.Initial, "initial state", "Initial", false),
		Bias:        r.several(biasPart, c.Names.Bias, "bias", "Bias"),
	}
	return names, r.err
}

// recognise finds what an array is by the longest usual name that its own ends
// in.
func recognise(name string) (p part, ok bool) {
	longest := 0
	for candidate, names := range usualNames {
		for _, usual := range names {
			if (name == usual || strings.HasSuffix(name, "."+usual)) && len(usual) > longest {
				p, ok, longest = candidate, true, len(usual)
			}
		}
	}
	return p, ok
}

// resolver keeps the first error.
type resolver struct {
	arrays map[string]*mat.Dense
	found  map[part][]string
	err    error
}

func (r *resolver) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("rate: "+format, args...)
	}
}

// given checks a name that the user has given.
func (r *resolver) given(name, what, field string) {
	if m := r.arrays[name]; m == nil || m.IsEmpty() {
		r.fail("no array %q, which Names.%s calls the %s: there are %s", name, field, what, r.names())
	}
}

func (r *resolver) one(p part, given, what, field string, needed bool) string {
	found := r.found[p]
	switch {
	case given == None && !needed:
		return ""
	case given != "":
		r.given(given, what, field)
		return given
	case len(found) > 1:
		r.fail("%s could all be the %s: say which in Names.%s", strings.Join(found, ", "), what, field)
	case len(found) == 1:
		return found[0]
	case needed:
		r.fail("no array for the %s: none of %s is called %s; say which it is in Names.%s", what, r.names(), strings.Join(usualNames[p], ", "), field)
	}
	return ""
}

// several takes all arrays of different usual names.
func (r *resolver) several(p part, given []string, what, field string) []string {
	if len(given) == 1 && given[0] == None {
		return nil
	}
	for _, name := range given {
		r.given(name, what, field)
	}
	if len(given) > 0 {
		return given
	}
	last := make(map[string]string)
	for _, name := range r.found[p] {
		short := name[strings.LastIndex(name, ".")+1:]
		if other, again := last[short]; again {
			r.fail("%s and %s could both be the %s: say which in Names.%s", other, name, what, field)
		}
		last[short] = name
	}
	return r.found[p]
}

func (r *resolver) names() string {
	if len(r.arrays) == 0 {
		return "no arrays at all"
	}
	return strings.Join(slices.Sorted(maps.Keys(r.arrays)), ", ")
}
