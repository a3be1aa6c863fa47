package nb

import (
	"cmp"
	"fmt"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

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
// They can be moved with the mouse and with the arrow keys.
//
// There may be 200 combinations and 16 MB of figures at most. The figure at
// the start values counts as one that [Show] showed, by the given name; it is
// all there is where no reader is (spikewalk notebooks), where scripts are not
// trusted, and on paper.
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
	if err := cmp.Or(checkPlay(name, draw, controls), checkFrames(controls)); err != nil {
		return fmt.Errorf("nb.Play(%q): %w", name, err)
	}
	still, err := stillAt(name, draw, startOf(controls))
	if err == nil && readerPresent() {
		err = still.addFrames(name, draw, controls)
	}
	if err == nil {
		err = still.display()
	}
	if err != nil {
		return fmt.Errorf("nb.Play(%q): %w", name, err)
	}
	return nil
}

// patienceForAll is how long a reader is left without a figure while all of
// them are being drawn.
const patienceForAll = 500 * time.Millisecond

// addFrames adds the figures of all settings, and the script that shows them,
// to the display of the one at the start. If that takes long, the still figure
// is displayed meanwhile.
func (s *still) addFrames(name string, draw func(Setting) *plotting.Drawing, controls []Control) error {
	begun := time.Now()
	frames, err := drawAll(draw, controls, func() {
		if s.bundle.DisplayID == "" && time.Since(begun) > patienceForAll {
			s.bundle.DisplayID = "play-" + gonbui.UniqueId()
			_ = s.display() // if it fails, so will the next
		}
	})
	if err != nil {
		return err
	}
	page, err := s.page("play", controlsScript+playScript, playData{Name: name, Controls: described(controls), Frames: frames})
	if err != nil {
		return err
	}
	s.bundle.Data[protocol.MIMETextHTML] = page
	return nil
}

// playData is the data that the script play.js receives.
type playData struct {
	Name     string        `json:"name"`
	Controls []controlData `json:"controls"`
	// Frames are the figures of all settings, the last control's values
	// changing first.
	Frames []string `json:"frames"`
}

// controlData describes a control to a script.
type controlData struct {
	Name   string   `json:"name"`
	Kind   string   `json:"kind"` // "slider" or "choice"
	Start  int      `json:"start"`
	Labels []string `json:"labels"`
}

func described(controls []Control) []controlData {
	var out []controlData
	for _, c := range controls {
		kind := "choice"
		if c.values != nil {
			kind = "slider"
		}
		out = append(out, controlData{c.name, kind, c.start, c.labels})
	}
	return out
}
