package rate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// ArrayNames says which array is what. Where any name is given, an empty one
// stands for no such array.
type ArrayNames struct {
	Recurrent, Input, Feedback, Readout string
	// Bias are the arrays whose sum is b. PyTorch has two.
	Bias        []string
	ReadoutBias string
	Initial     string
	// InputScale and ReadoutScale are vectors with which the weights of each
	// input and of each output are multiplied. They have no usual names.
	InputScale, ReadoutScale string
}

// all returns the names there are.
func (a ArrayNames) all() []string {
	names := []string{a.Recurrent, a.Input, a.Feedback, a.Readout, a.ReadoutBias, a.Initial, a.InputScale, a.ReadoutScale}
	return slices.DeleteFunc(append(names, a.Bias...), func(name string) bool { return name == "" })
}

// check says which name is missing, stands for nothing, or stands twice.
func (a ArrayNames) check(arrays map[string]*mat.Dense) error {
	if a.Recurrent == "" || a.Readout == "" {
		return fmt.Errorf("rate: Names says nothing of the recurrent weights or of the readout: where it names one array it names them all, Recurrent and Readout at least, of %s", listed(arrays))
	}
	seen := make(map[string]bool)
	for _, name := range a.all() {
		if m := arrays[name]; m == nil || m.IsEmpty() {
			return fmt.Errorf("rate: no array %q, which is in Names: there are %s%s", name, listed(arrays), meantName(name, arrays))
		}
		if seen[name] {
			return fmt.Errorf("rate: array %q is twice in Names: an array is one thing", name)
		}
		seen[name] = true
	}
	return nil
}

// part is what an array can be.
type part string

const (
	recurrentPart   part = "recurrent weights"
	inputPart       part = "input weights"
	feedbackPart    part = "feedback weights"
	readoutPart     part = "readout"
	biasPart        part = "bias"
	readoutBiasPart part = "output bias"
	initialPart     part = "initial state"
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

// biasPairs are the biases of recurrent and of input weights, which add up.
var biasPairs = [][2]string{
	{"bias_hh_l0", "bias_ih_l0"}, {"bias_hh", "bias_ih"}, {"b_hh", "b_ih"}, {"b_rec", "b_in"}, {"b_h", "b_in"},
}

// Resolve returns the names of the arrays that [Import] would take: Names where
// it says anything. Otherwise an array is recognised by its whole name or by
// what follows a dot in it (net.J, rnn.weight_hh_l0), of several usual names by
// the longest: J, W_rec, weight_hh_l0, … for recurrent weights, B, u_in, W_in,
// weight_ih_l0, … for the input's, u, W_fb, … for feedback, W, W_out,
// fc.weight, … for the readout, b, b_rec, bias_hh_l0 + bias_ih_l0, … for biases,
// c, b_out, fc.bias, … for the output's, x0, h0, … for the initial state. What
// ends in plain "bias" must stand beside the weights it belongs to (rnn.bias
// beside rnn.J, fc.bias beside fc.weight), since every layer has one; r0 is an activity and so the initial state
// of Rate and Discrete networks only.
func (c ImportConfig) Resolve(arrays map[string]*mat.Dense) (ArrayNames, error) {
	if len(arrays) == 0 {
		return ArrayNames{}, errors.New("rate: there are no arrays at all to make a network of")
	}
	if len(c.Names.all()) > 0 {
		return c.Names, c.Names.check(arrays)
	}
	found := make(map[part][]string)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		m := arrays[name]
		if p, ok := recognise(name); ok && m != nil && !m.IsEmpty() && !slices.Contains(c.Ignore, name) {
			found[p] = append(found[p], name)
		}
	}
	r := resolver{arrays: arrays, found: found}
	names := ArrayNames{Recurrent: r.one(recurrentPart, true)}
	r.drop(biasPart, func(name string) bool {
		return shortName(name) == "bias" && module(name) != module(names.Recurrent)
	})
	r.drop(initialPart, func(name string) bool { return shortName(name) == "r0" && c.Form == Current })
	names.Input = r.one(inputPart, false)
	names.Feedback = r.one(feedbackPart, false)
	names.Readout = r.one(readoutPart, true)
	r.drop(readoutBiasPart, func(name string) bool {
		return shortName(name) == "bias" && module(name) != module(names.Readout)
	})
	names.Bias = r.pair(biasPart)
	names.ReadoutBias = r.one(readoutBiasPart, false)
	names.Initial = r.one(initialPart, false)
	return names, r.err
}

// module and shortName are what stands before and after a name's last dot.
func module(name string) string { return name[:max(strings.LastIndex(name, "."), 0)] }

func shortName(name string) string { return name[strings.LastIndex(name, ".")+1:] }

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

func (r *resolver) drop(p part, unfit func(name string) bool) {
	r.found[p] = slices.DeleteFunc(r.found[p], unfit)
}

func (r *resolver) one(p part, needed bool) string {
	found := r.found[p]
	switch {
	case len(found) > 1:
		r.fail("%s could all be the %s: put what is no part of the network into Ignore, or say in Names what is", strings.Join(found, ", "), p)
	case len(found) == 1:
		return found[0]
	case needed:
		r.fail("no array for the %s: none of %s is called %s; say in Names which arrays are the network", p, listed(r.arrays), strings.Join(usualNames[p], ", "))
	}
	return ""
}

// pair is one array, or two that are the biases of the recurrent weights and of
// the input weights. The sum of any others may count one bias twice.
func (r *resolver) pair(p part) []string {
	found := r.found[p]
	if len(found) == 2 {
		a, b := shortName(found[0]), shortName(found[1])
		for _, two := range biasPairs {
			if a == two[0] && b == two[1] || a == two[1] && b == two[0] {
				return found
			}
		}
	}
	if len(found) > 1 {
		r.one(p, false)
	}
	return found
}

// listed is the names of all arrays, of very many the first.
func listed(arrays map[string]*mat.Dense) string {
	const most = 20
	names := slices.Sorted(maps.Keys(arrays))
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

// meantName asks for the array whose name differs by case, underscores and dots
// alone, if there is one.
func meantName(name string, arrays map[string]*mat.Dense) string {
	plain := func(name string) string { return strings.NewReplacer("_", "", ".", "").Replace(strings.ToLower(name)) }
	for _, other := range slices.Sorted(maps.Keys(arrays)) {
		if plain(other) == plain(name) {
			return fmt.Sprintf("; did you mean %s?", other)
		}
	}
	return ""
}
