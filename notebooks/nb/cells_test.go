package nb

import (
	"errors"
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// wave is a small figure that depends on a setting.
func wave(at Setting) *plotting.Drawing {
	x := mat.NewDense(50, 1, nil)
	for i := range 50 {
		x.Set(i, 0, at.Float("gain")*math.Sin(float64(i)/5))
	}
	return plotting.Figure(plotting.Traces(recording.Series{Dt: 0.1, Values: x}).Title(at.Text("shape"))).Width(6)
}

// waveControls are the controls of wave; its figure at gain 3 cannot be made.
func waveControls() []Control {
	return []Control{Slider("gain", 1, 0.5, 1, 2, 3), Choice("shape", "sine", "sine", "square")}
}

// cautious is wave with a setting that fails.
func cautious(at Setting) *plotting.Drawing {
	if at.Float("gain") == 3 {
		Check(errors.New("the training diverged"))
	}
	return wave(at)
}

// fits is wave after something that takes a while.
func fits(at Setting) *plotting.Drawing {
	watchTraining()
	return wave(at)
}

// trained is cautious after something that takes a while.
func trained(at Setting) *plotting.Drawing {
	watchTraining()
	return cautious(at)
}

func watchTraining() {
	watch := neuro.WatchOf(Live("training"))
	for i := range 3 {
		_ = watch(neuro.Progress{Stage: "train", Done: i + 1, Total: 3, Error: 0.1})
		time.Sleep(20 * time.Millisecond)
	}
}

func spiral() *plotting.SpacePanel {
	x := mat.NewDense(100, 3, nil)
	for i := range 100 {
		s := float64(i) / 10
		x.SetRow(i, []float64{math.Cos(s), math.Sin(s), s})
	}
	return plotting.Space(x, 0, 1, 2).Name("<spiral>")
}

// cells are programs as cells are; TestMain runs them.
var cells = map[string]func(){
	"play": func() { Play("wave", wave, waveControls()...) },
	"play slowly": func() {
		Play("wave", func(at Setting) *plotting.Drawing { time.Sleep(100 * time.Millisecond); return wave(at) }, waveControls()...)
	},
	"play fails": func() { Play("wave", cautious, waveControls()...) },
	"try": func() {
		Check(try("wave", trained, waveControls(), patience{hello: 10 * time.Second, idle: 10 * time.Second}))
		fmt.Println("went on")
	},
	"try alone": func() {
		Check(try("wave", trained, waveControls(), patience{hello: 300 * time.Millisecond, idle: time.Minute}))
		fmt.Println("went on")
	},
	"try fits": func() { Try("wave", fits, waveControls()...) },
	"warned": func() {
		watch := neuro.WatchOf(Progress("training"))
		_ = watch(neuro.Progress{Done: 1, Total: 1, Error: 0.1, Warnings: []neuro.Warning{{Where: "test", Message: "silent", Try: "more gain"}}})
	},
	"try left": func() {
		Check(try("wave", trained, waveControls(), patience{hello: 10 * time.Second, idle: 300 * time.Millisecond}))
	},
	"show":        func() { Show(wave(startOf(waveControls())), "wave") },
	"show square": func() { Show(wave(settingAt(waveControls(), 5)), "wave") },
	"endless": func() {
		watch := neuro.WatchOf(Progress("training"))
		for i := range 1_000_000 {
			time.Sleep(10 * time.Millisecond)
			Check(watch(neuro.Progress{Done: i + 1, Total: 1_000_000, Error: 0.5}))
		}
	},
	"turn": func() { Turn("spiral", spiral()) },
	"live": func() {
		watch := neuro.WatchOf(Live("training"))
		x := mat.NewDense(3000, 5, nil)
		for i := range 40 {
			time.Sleep(20 * time.Millisecond)
			x.Set(i, 0, 1)
			_ = watch(neuro.Progress{Stage: "train", Done: i + 1, Total: 40, Error: 1 / float64(i+1),
				Last: &neuro.Outcome{Dt: 0.001, Target: x, Output: x}})
		}
	},
}
