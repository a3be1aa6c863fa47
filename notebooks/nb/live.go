package nb

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"math"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// Live is [Progress] with a figure: while a run lasts, a few times a second,
// how the error has fallen and, where the run shows its trials (the trainers
// of packages rate and spiking do), what the network did in the last one and
// what it was asked to do. When the run has ended only Progress's last line
// stays.
//
// Drawing takes at most a fiftieth of the run's time. Where no reader is
// present, and in the draw function of [Try], Live is Progress.
func Live(label string) context.Context {
	if !readerPresent() || elsewhere.Load() != nil {
		return Progress(label)
	}
	return inContext(watchOn(func() screen { return &liveScreen{line: notebookLine{id: "live-" + gonbui.UniqueId()}} }, label))
}

const (
	// liveEvery is the shortest time between two figures of a run.
	liveEvery = 250 * time.Millisecond
	// liveShare is how much longer than drawing a figure the run goes on
	// before the next.
	liveShare = 50
	// liveSamples and liveChannels bound what is drawn of a trial.
	liveSamples, liveChannels = 800, 3
)

// liveScreen draws the figure of a run.
type liveScreen struct {
	line   notebookLine
	errors []plotting.Line // one for each stage
	next   time.Time       // of the next figure
	frames int
}

// note keeps the error of each trial.
func (s *liveScreen) note(p neuro.Progress) {
	// Zero has no place on a logarithmic axis.
	if !(p.Error > 0) || math.IsInf(p.Error, 0) {
		return
	}
	if n := len(s.errors); n == 0 || s.errors[n-1].Name != p.Stage {
		s.errors = append(s.errors, plotting.Line{Name: p.Stage})
	}
	last := &s.errors[len(s.errors)-1]
	last.X = append(last.X, float64(p.Done))
	last.Y = append(last.Y, p.Error)
}

func (s *liveScreen) live(text string, p neuro.Progress) {
	begun := time.Now()
	if begun.Before(s.next) {
		return
	}
	s.line.show(text, s.page(text, p), false)
	s.next = time.Now().Add(max(liveEvery, liveShare*time.Since(begun)))
}

func (s *liveScreen) final(text string) { s.line.show(text, "", true) }

// page is the line with the figure beneath it, or "" where there is nothing to
// draw yet. The drawing is part of the page and not an image in it, which
// would flicker.
func (s *liveScreen) page(text string, p neuro.Progress) string {
	var panels []plotting.Panel
	if len(s.errors) > 0 {
		panel := plotting.Learning(s.errors...).XLabel("trial").YLabel("normalised error").Height(3.5)
		if p.Total > 0 {
			panel.XLim(0, float64(p.Total))
		}
		panels = append(panels, panel)
	}
	if p.Last != nil {
		panels = append(panels, plotting.Outputs(sampled(p.Last)).Title("the last trial").Height(3.5))
	}
	if len(panels) == 0 {
		return ""
	}
	// A figure that cannot be drawn (an output that is no number) is no
	// reason to end the run, whose own checks will.
	drawing, err := plotting.Figure(panels...).Columns(len(panels)).OutlinedSVG()
	if err != nil {
		return ""
	}
	s.frames++
	_, drawing, _ = bytes.Cut(drawing, []byte("<svg"))
	return fmt.Sprintf(`<div class="spikewalk-live" data-frames="%d"><pre>%s</pre><svg style="max-width: 100%%; background: #fff"%s</div>`,
		s.frames, html.EscapeString(text), bytes.TrimSpace(drawing))
}

// sampled is a trial with as many samples and channels as can be told apart.
func sampled(o *neuro.Outcome) recording.Series {
	rows, cols := o.Output.Dims()
	stride := max(1, rows/liveSamples)
	pick := func(m mat.Matrix) *mat.Dense {
		out := mat.NewDense((rows+stride-1)/stride, min(cols, liveChannels), nil)
		out.Apply(func(i, j int, _ float64) float64 { return m.At(i*stride, j) }, out)
		return out
	}
	return recording.Series{Dt: o.Dt * float64(stride), Values: pick(o.Output), Targets: pick(o.Target)}
}
