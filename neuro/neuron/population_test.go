package neuron_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

func models() []neuron.Model {
	return []neuron.Model{
		neuron.DePasquale2023(), neuron.DePasquale2016(), neuron.Adaptive(),
		neuron.Quadratic(), neuron.Izhikevich2003(), neuron.Izhikevich2003FastSpiking(), Exponential{Tau: 0.010},
	}
}

func population(t *testing.T, m neuron.Model, n int) *neuron.Population {
	t.Helper()
	p, err := neuron.New(m, n, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	p.Scatter(neuro.Stream(1, "voltages"))
	return p
}

// drive steps populations under the same random currents, which are as strong as
// needed for spikes, and returns all spikes of each.
func drive(seed uint64, steps int, all ...*neuron.Population) [][]int {
	rng := neuro.Stream(seed, "drive")
	spikes := make([][]int, len(all))
	n := len(all[0].Voltages())
	current, own := make([]float64, n), make([]float64, n)
	for range steps {
		for i := range current {
			current[i] = all[0].Drive() + 8 + 30*rng.NormFloat64()
		}
		for k, p := range all {
			copy(own, current)
			spikes[k] = append(append(spikes[k], p.Step(own)...), -1)
		}
	}
	return spikes
}

func TestCopiesAndRestoredPopulationsContinueToTheBit(t *testing.T) {
	for _, m := range models() {
		t.Run(neuron.Name(m), func(t *testing.T) {
			p := population(t, m, 37)
			drive(2, 100, p)
			q := population(t, m, 37)
			if err := q.Restore(p.State()); err != nil {
				t.Fatal(err)
			}
			spikes := drive(3, 100, p, p.Clone(), q)
			if !reflect.DeepEqual(spikes[0], spikes[1]) || !reflect.DeepEqual(spikes[0], spikes[2]) {
				t.Error("other spikes")
			}
			if !reflect.DeepEqual(p.State(), q.State()) {
				t.Error("another state")
			}
			if n := len(spikes[0]) - 100; n < 50 {
				t.Errorf("only %d spikes: the test says nothing", n)
			}
			current := make([]float64, 37)
			if a := testing.AllocsPerRun(200, func() { p.Step(current) }); a != 0 {
				t.Errorf("%g allocations a step", a)
			}
		})
	}
}

func TestNoiseSparesNeuronsThatAreHeld(t *testing.T) {
	const n = 400
	p := population(t, neuron.DePasquale2016(), n)
	drive(4, 100, p)
	before := p.State()
	p.Perturb(1, neuro.Stream(1, "perturbation"))
	held, sum, squares := 0, 0.0, 0.0
	for i, v := range p.Voltages() {
		d := v - before["voltages"][i]
		sum, squares = sum+d, squares+d*d
		if refractory := before["refractory"][i] > 0; refractory != (v == before["voltages"][i]) {
			t.Errorf("neuron %d, refractory %v: from %g to %g", i, refractory, before["voltages"][i], v)
		} else if refractory {
			held++
		}
	}
	if held == 0 {
		t.Error("no neuron is held: the test says nothing")
	}
	free := float64(n - held)
	if math.Abs(sum/free) > 4/math.Sqrt(free) || math.Abs(squares/free-1) > 4*math.Sqrt(2/free) {
		t.Errorf("mean %g, mean square %g of %g neurons", sum/free, squares/free, free)
	}
}

func TestStatesThatDoNotFitAreRefused(t *testing.T) {
	p := population(t, neuron.AdaptiveLIF{LIF: neuron.DePasquale2016(), TauAdaptation: 0.1}, 3)
	before := p.State()
	for want, spoil := range map[string]func(map[string][]float64){
		`"w" of 0 neurons`:                     func(st map[string][]float64) { delete(st, "w") },
		`"voltages" of 2 neurons`:              func(st map[string][]float64) { st["voltages"] = st["voltages"][:2] },
		`"w" of neuron 1 is NaN`:               func(st map[string][]float64) { st["w"][1] = math.NaN() },
		"refractory steps of 1 neurons":        func(st map[string][]float64) { st["refractory"] = []float64{1} },
		"neuron 2 is refractory for 3 steps":   func(st map[string][]float64) { st["refractory"][2] = 3 },
		"neuron 0 is refractory for -1 steps":  func(st map[string][]float64) { st["refractory"][0] = -1 },
		"neuron 1 is refractory for 0.5 steps": func(st map[string][]float64) { st["refractory"][1] = 0.5 },
	} {
		st := p.State()
		spoil(st)
		if err := p.Restore(st); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if !reflect.DeepEqual(before, p.State()) {
		t.Error("a state that was refused left something behind")
	}
}

// A model of one's own takes as many lines as the documentation says.
func TestOwnModelsAreShort(t *testing.T) {
	const most = 35
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "example_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, d := range file.Decls {
		f, isFunc := d.(*ast.FuncDecl)
		g, isType := d.(*ast.GenDecl)
		if isFunc && f.Recv != nil || isType && g.Tok == token.TYPE {
			lines += files.Position(d.End()).Line - files.Position(d.Pos()).Line + 1
		}
	}
	if lines < 20 || lines > most {
		t.Errorf("the example takes %d lines, want some 30", lines)
	}
}

// broken is a model of which everything can be wrong.
type broken struct{ traits neuron.Traits }

func (broken) Validate() error             { return nil }
func (m broken) Traits() neuron.Traits     { return m.traits }
func (broken) Stepper(float64) neuron.Step { return nil }

func TestWrongParametersAreNamed(t *testing.T) {
	lif := func(spoil func(*neuron.LIF)) neuron.Model {
		m := neuron.DePasquale2016()
		spoil(&m)
		return m
	}
	v := neuron.Variable{Name: "v"}
	for want, m := range map[string]neuron.Model{
		"the model is nil":                                 nil,
		"a nil *neuron.LIF":                                (*neuron.LIF)(nil),
		"LIF.Tau is 0: it must be positive":                lif(func(m *neuron.LIF) { m.Tau = 0 }),
		"LIF.Rest is NaN: it must be finite":               lif(func(m *neuron.LIF) { m.Rest = math.NaN() }),
		"LIF.Reset is -55: it must be below Threshold":     lif(func(m *neuron.LIF) { m.Reset = -55 }),
		"LIF.Refractory is -1":                             lif(func(m *neuron.LIF) { m.Refractory = -1 }),
		"if these are 2 of them, write 0.002":              lif(func(m *neuron.LIF) { m.Refractory = 2 }),
		"0.0004 s, less than half a step":                  lif(func(m *neuron.LIF) { m.Refractory = 0.0004 }),
		"does not resolve Tau, 0.0005 s":                   lif(func(m *neuron.LIF) { m.Tau = 0.0005 }),
		"AdaptiveLIF.LIF.Tau is 0":                         neuron.AdaptiveLIF{},
		"AdaptiveLIF.TauAdaptation is 0":                   neuron.AdaptiveLIF{LIF: neuron.DePasquale2023()},
		"AdaptiveLIF.Increment is +Inf":                    neuron.AdaptiveLIF{LIF: neuron.DePasquale2023(), TauAdaptation: 1, Increment: math.Inf(1)},
		"Theta.Scale is 0":                                 neuron.Theta{Tau: 1},
		"Izhikevich.A is 0":                                neuron.Izhikevich{},
		"Izhikevich.C is 30 mV: it must be at least -100":  neuron.Izhikevich{A: 0.02, C: 30},
		"broken has no state variables":                    broken{},
		`broken has a state variable ""`:                   broken{neuron.Traits{Variables: make([]neuron.Variable, 1)}},
		"starts between 1 and 0":                           broken{neuron.Traits{Variables: []neuron.Variable{{"v", 1, 0}}}},
		"broken.Drive is NaN":                              broken{neuron.Traits{Variables: []neuron.Variable{v}, Drive: math.NaN()}},
		"broken.Refractory is 1 s":                         broken{neuron.Traits{Variables: []neuron.Variable{v}, Refractory: 1}},
		`a state variable "v": each needs a name of its o`: broken{neuron.Traits{Variables: []neuron.Variable{v, v}}},
	} {
		if _, err := neuron.New(m, 3, 0.001); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	for want, f := range map[string]func() error{
		"the number of neurons is 0": func() error { _, err := neuron.New(neuron.DePasquale2023(), 0, 0.001); return err },
		"the step is 0:":             func() error { _, err := neuron.New(neuron.DePasquale2023(), 1, 0); return err },
		"would take":                 func() error { _, err := neuron.New(neuron.DePasquale2023(), 1<<40, 0.001); return err },
	} {
		if err := f(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestModelsInJSON(t *testing.T) {
	neuron.Register(Exponential{})
	for _, m := range models() {
		data, err := json.Marshal(neuron.JSON{Model: m})
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf(`{"%s":{`, neuron.Name(m)); !strings.HasPrefix(string(data), want) {
			t.Errorf("%s does not begin with %s", data, want)
		}
		var back neuron.JSON
		if err := json.Unmarshal(data, &back); err != nil || back.Model != m {
			t.Errorf("%s: %+v, %v; want %+v", data, back.Model, err, m)
		}
	}
	// What is not mentioned stays.
	j := neuron.JSON{Model: neuron.DePasquale2016()}
	want := neuron.DePasquale2016()
	want.Tau = 0.03
	if err := json.Unmarshal([]byte(`{"LIF": {"Tau": 0.03}}`), &j); err != nil || j.Model != neuron.Model(want) {
		t.Errorf("%+v, %v; want %+v", j.Model, err, want)
	}
	for want, text := range map[string]string{
		"there are AdaptiveLIF, Exponential, Izhikevich, LIF, Theta: if it is your own, call neuron.Register(Wang{}) first": `{"Wang": {}}`,
		"the parameters of LIF":       `{"LIF": {"Tau": "long"}}`,
		"a model is written as":       `{}`,
		"not as {\"LIF\": {}, \"Thet": `{"LIF": {}, "Theta": {}}`,
		"not as 7":                    `7`,
	} {
		if err := json.Unmarshal([]byte(text), &j); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	if _, err := json.Marshal(neuron.JSON{Model: struct{ neuron.LIF }{}}); err == nil {
		t.Error("a model without a name was written")
	}
	if _, err := json.Marshal(neuron.JSON{Model: broken{neuron.Traits{Drive: 1}}}); err == nil || !strings.Contains(err.Error(), "export all fields") {
		t.Errorf("a hidden parameter: %v", err)
	}
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, `"LIF" is the name of both`) {
			t.Errorf("two types of one name: %s", said)
		}
	}()
	type LIF struct{ neuron.LIF }
	neuron.Register(LIF{})
}
