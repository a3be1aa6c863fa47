//go:build js && wasm

// Command eye is the integrator of the first lesson, for a page to run: compiled
// to WebAssembly, it detunes forty neurons, lets them live in the light with
// the learning rate that the reader chose, and tells the page how the eye drifts
// before and after.
package main

import (
	"context"
	"encoding/json"
	"syscall/js"
	"time"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// asked is what the page asks for.
type asked struct {
	Seed    uint64  // of the neurons, of what is wrong with them, and of the eye's targets
	Error   float64 // relative change of what each neuron sends
	Kappa   float64 // the learning rate, in each step of 0.1 ms
	Seconds float64 // of life in the light
}

// told is what the page hears, one thing at a time.
type told struct {
	Stage string      // "before", "living", "after" or "ended"
	Part  float64     `json:",omitempty"` // of the life that has passed
	Speed float64     `json:",omitempty"` // mean drift in °/s
	Dt    float64     `json:",omitempty"` // s between the samples of a trace
	Eye   [][]float64 `json:",omitempty"` // a trace for each position, in °
	Wrong string      `json:",omitempty"`
}

// main hands learn to the page: learn(asked as JSON, a function that takes told as
// JSON) begins to compute and returns a function that stops it.
func main() {
	js.Global().Set("spikewalkLearn", js.FuncOf(func(_ js.Value, args []js.Value) any {
		ctx, stop := context.WithCancel(context.Background())
		question, hear := args[0].String(), args[1]
		tell := func(t told) {
			text, err := json.Marshal(t)
			if err != nil {
				text = []byte(`{"Stage":"ended","Wrong":"a number is not finite"}`)
			}
			hear.Invoke(string(text))
			time.Sleep(time.Millisecond) // lets the page draw
		}
		go func() {
			end := told{Stage: "ended"}
			if err := learn(ctx, question, tell); err != nil {
				end.Wrong = err.Error()
			}
			tell(end)
		}()
		return js.FuncOf(func(js.Value, []js.Value) any { stop(); return nil })
	}))
	select {}
}

func learn(ctx context.Context, question string, tell func(told)) error {
	var a asked
	if err := json.Unmarshal([]byte(question), &a); err != nil {
		return err
	}
	eye, err := detuned(a)
	if err != nil {
		return err
	}
	if err := letGo(ctx, "before", eye, tell); err != nil {
		return err
	}
	light := integrator.Light(a.Seconds)
	light.Seed, light.Kappa = a.Seed, a.Kappa/eye.Config.Step
	watched := neuro.WithWatch(ctx, func(p neuro.Progress) error {
		tell(told{Stage: "living", Part: float64(p.Done) / float64(p.Total)})
		return nil
	})
	if _, err := integrator.Live(watched, eye, light); err != nil {
		return err
	}
	return letGo(ctx, "after", eye, tell)
}

// detuned is an integrator in which what each neuron sends is changed at random.
func detuned(a asked) (*attractor.Attractor, error) {
	cfg := nef.MacNeil2011()
	cfg.Seed = a.Seed
	population, err := nef.NewPopulation(cfg)
	if err != nil {
		return nil, err
	}
	tuned, err := integrator.New(population, integrator.MacNeil2011())
	if err != nil {
		return nil, err
	}
	return tuned.PerturbDecoders(a.Error, a.Seed)
}

// letGo tells where the eye goes from each position when it is let go there.
func letGo(ctx context.Context, stage string, eye *attractor.Attractor, tell func(told)) error {
	d, err := integrator.MeasureDrift(ctx, eye, integrator.DefaultDrift())
	if err != nil {
		return err
	}
	samples, positions := d.Traces.Dims()
	traces := make([][]float64, positions)
	for k := range traces {
		for t := range samples {
			traces[k] = append(traces[k], d.Traces.At(t, k))
		}
	}
	tell(told{Stage: stage, Speed: d.MeanSpeed, Dt: d.Traces.Dt, Eye: traces})
	return nil
}
