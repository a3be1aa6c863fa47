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
	// Bias and InputBias add up to b. PyTorch has two.
	Bias, InputBias string
	ReadoutBias     string
	Initial         string
	// InputScale and ReadoutScale are vectors with which the weights of each
	// input and of each output are multiplied. They have no usual names.
	InputScale, ReadoutScale string
}

// part is what an array can be.
type part int

const (
	recurrentPart part = iota
	inputPart
	feedbackPart
	readoutPart // the last one that has an orientation
	biasPart
	inputBiasPart
	readoutBiasPart
	initialPart
	inputScalePart
	readoutScalePart
	parts // how many there are
)

func (p part) String() string {
	return [parts]string{"recurrent weights", "input weights", "feedback weights", "readout", "bias", "bias", "output bias", "initial state", "input scale", "readout scale"}[p]
}

func (a ArrayNames) byPart() [parts]string {
	return [parts]string{a.Recurrent, a.Input, a.Feedback, a.Readout, a.Bias, a.InputBias, a.ReadoutBias, a.Initial, a.InputScale, a.ReadoutScale}
}

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

// biasPairs are the biases of recurrent and of input weights, which add up. The
// sum of any others may count one bias twice.
var biasPairs = [][2]string{
	{"bias_hh_l0", "bias_ih_l0"}, {"bias_hh", "bias_ih"}, {"b_hh", "b_ih"}, {"b_rec", "b_in"}, {"b_h", "b_in"},
}

// resolve returns the names of the arrays that are taken, by what they are: those
// of Names, or the usual ones.
func (c ImportConfig) resolve(arrays map[string]*mat.Dense) (names [parts]string, err error) {
	if len(arrays) == 0 {
		return names, errors.New("rate: there are no arrays at all to make a network of")
	}
	if c.Names != (ArrayNames{}) {
		names = c.Names.byPart()
		return names, checkNames(names, arrays)
	}
	found := make(map[part][]string)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		m := arrays[name]
		if p, ok := recognise(name); ok && m != nil && !m.IsEmpty() && !slices.Contains(c.Ignore, name) {
			found[p] = append(found[p], name)
		}
	}
	for p := range parts {
		found[p] = slices.DeleteFunc(found[p], func(name string) bool {
			switch short := shortName(name); {
			case p == biasPart && short == "bias":
				return module(name) != module(names[recurrentPart])
			case p == readoutBiasPart && short == "bias":
				return module(name) != module(names[readoutPart])
			default:
				return p == initialPart && short == "r0" && c.Form == Current
			}
		})
		switch list := found[p]; {
		case p == biasPart && len(list) == 2 && biasPair(list[0], list[1]):
			names[biasPart], names[inputBiasPart] = list[0], list[1]
		case len(list) > 1:
			return names, fmt.Errorf("rate: %s could all be the %s: put what is no part of the network into Ignore, or say in Names what is", strings.Join(list, ", "), p)
		case len(list) == 1:
			names[p] = list[0]
		case p == recurrentPart || p == readoutPart:
			return names, fmt.Errorf("rate: no array for the %s: none of %s is called %s; say in Names which arrays are the network", p, listed(arrays), strings.Join(usualNames[p], ", "))
		}
	}
	return names, nil
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

func biasPair(a, b string) bool {
	a, b = shortName(a), shortName(b)
	return slices.Contains(biasPairs, [2]string{a, b}) || slices.Contains(biasPairs, [2]string{b, a})
}

// checkNames says which of Names is missing, stands for nothing, or stands twice.
func checkNames(names [parts]string, arrays map[string]*mat.Dense) error {
	if names[recurrentPart] == "" || names[readoutPart] == "" {
		return fmt.Errorf("rate: Names says nothing of the recurrent weights or of the readout: where it names one array it names them all, Recurrent and Readout at least, of %s", listed(arrays))
	}
	for p, name := range names {
		if name == "" {
			continue
		}
		if m := arrays[name]; m == nil || m.IsEmpty() {
			return fmt.Errorf("rate: no array %q, which is in Names: there are %s%s", name, listed(arrays), meantName(name, arrays))
		}
		if slices.Contains(names[:p], name) {
			return fmt.Errorf("rate: array %q is twice in Names: an array is one thing", name)
		}
	}
	return nil
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
