package nb

import (
	"cmp"
	"fmt"
	"time"

	"github.com/janpfeifer/gonb/gonbui"

	"github.com/spikewalk/spikewalk/plotting"
)

// Play shows a figure with a control beneath it for each [Control], for the
// reader to change and see what becomes of the figure:
//
//	nb.Play("reconstruction", func(at nb.Setting) *plotting.Drawing {
//		return plotting.Figure(plotting.Outputs(recording.Series{Dt: dt, Values: reconstructed(at.Int("components")), Targets: emg}))
//	}, nb.Slider("components", 8, 1, 2, 4, 8, 16))
//
// It is for results that are in memory, from which draw makes a figure in
// milliseconds; for what has to be computed first there is [Try]. The figure
// of every combination of values is drawn while the cell runs and handed to
// the browser. So the cell ends, and the controls go on working without it:
// after the kernel has gone, in a notebook opened the next day, on a web page.
// They can be moved with the mouse, a finger and the arrow keys, and a button
// plays through the first slider's values. There may be 200 combinations at
// most.
//
// Where no script runs (in a notebook that is not trusted, on paper) the figure
// is small multiples: it is drawn at the first control's first, start and last
// value, and titles say which is which; see [plotting.Multiples]. They count as
// a figure that [Show] showed, by the given name. Draw must make new numbers
// for each figure.
//
// Arguments that make no sense (a start that is not among the values, two
// controls of one name, a name of which no control asked for by draw) and a
// figure that cannot be drawn end the cell as [Check] does, with a sentence
// that names the setting.
func Play(name string, draw func(at Setting) *plotting.Drawing, controls ...Control) {
	settleBars()
	Check(play(name, draw, controls))
}

func play(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	err := cmp.Or(checkPlay(name, draw, controls), checkFrames(controls, mostFrames, ", or use nb.Try, which draws only those that the reader asks for"))
	if err == nil {
		err = playFrames(name, drawFrames(draw, controls))
	}
	if err != nil {
		return fmt.Errorf("nb.Play(%q): %w", name, err)
	}
	return nil
}

// patienceForAll is how long a reader is left without a figure while all of
// them are being drawn.
const patienceForAll = 500 * time.Millisecond

// playFrames shows the figure as small multiples, and hands those of all
// settings to the page. If drawing these takes long, the small multiples are
// displayed meanwhile.
func playFrames(name string, f *frames) error {
	begun := time.Now()
	d, err := f.multiples()
	if err != nil {
		return err
	}
	s, err := newStill(d, name)
	if err != nil || !gonbui.IsNotebook {
		return err
	}
	id := ""
	err = f.rest(func() {
		if id == "" && readerPresent() && time.Since(begun) > patienceForAll {
			id = "play-" + gonbui.UniqueId()
			s.bundle.DisplayID = id
			_ = s.display() // if it fails, so will the next
		}
	})
	settleBars()
	if err != nil {
		return err
	}
	if err := s.becomes(f.figure()); err != nil {
		return err
	}
	s.bundle.DisplayID = id
	return s.display()
}
