package player

import (
	"errors"
	"fmt"
	"strings"
)

// MIME is the type under which a notebook's output holds a figure.
const MIME = "application/vnd.spikewalk.figure"

// ProgressMIME marks an output that only says how far a run was: a live notebook
// may have saved it, and no page shows it.
const ProgressMIME = "application/vnd.spikewalk.progress"

// Kinds of figures.
const (
	Still = "still" // only its words: the picture is the PNG beside it
	Play  = "play"  // controls choose among frames
	Turn  = "turn"  // paths in three dimensions
)

// Figure is what a reader can look at, play with or turn.
type Figure struct {
	Kind    string `json:"kind"`
	Name    string `json:"name,omitempty"`
	Caption string `json:"caption,omitempty"`
	// Alt says in words what the PNG shows.
	Alt string `json:"alt,omitempty"`
	// Controls choose among the frames.
	Controls []Control `json:"controls,omitempty"`
	// Pieces are the elements of all frames' drawings, each once.
	Pieces []string `json:"pieces,omitempty"`
	// Frames are, of a figure to play, those of all settings, the last
	// control's values changing first. A figure to turn has one, which shows all
	// but the box.
	Frames []Frame `json:"frames,omitempty"`
	// Scene is the box of a figure to turn.
	Scene *Scene `json:"scene,omitempty"`
}

// Setting says where the controls stand for a frame: "gain = 2, neuron = LIF".
func (f *Figure) Setting(frame int) string {
	parts := make([]string, len(f.Controls))
	for k := len(parts) - 1; k >= 0; k-- {
		c := f.Controls[k]
		parts[k] = c.Name + " = " + c.Labels[frame%len(c.Labels)]
		frame /= len(c.Labels)
	}
	return strings.Join(parts, ", ")
}

// Control is a slider, or a choice among words.
type Control struct {
	Name   string   `json:"name"`
	Slider bool     `json:"slider,omitempty"`
	Start  int      `json:"start"` // index of the label at first
	Labels []string `json:"labels"`
}

// Frame is one drawing.
type Frame struct {
	// Width and Height are the nominal size in pixels of 1/96 inch.
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	// Alt says in words what it shows.
	Alt string `json:"alt,omitempty"`
	// Runs are the pieces of an SVG drawing: the first of a run of neighbours,
	// their number, the first of the next run, ….
	Runs []int `json:"runs,omitempty"`
	// PNG is a picture instead, in base64.
	PNG string `json:"png,omitempty"`
}

const (
	maxText   = 4 << 10  // bytes of a name or label
	maxWords  = 64 << 10 // bytes of a caption or an alternative text
	maxFrames = 10_000
	maxSide   = 20_000   // pixels
	maxFrame  = 16 << 20 // bytes of one drawing
)

// check finds what no script should be given.
func (f *Figure) check() error {
	if len(f.Name) > maxText || len(f.Caption) > maxWords || len(f.Alt) > maxWords {
		return errors.New("its words are too long")
	}
	settings := 1
	for i, c := range f.Controls {
		if err := c.check(); err != nil {
			return fmt.Errorf("control %d: %w", i+1, err)
		}
		if settings *= len(c.Labels); settings > maxFrames {
			return fmt.Errorf("its controls have more than %d settings", maxFrames)
		}
	}
	switch f.Kind {
	case Still:
		settings = 0
	case Play:
		if len(f.Controls) == 0 {
			return errors.New("there is nothing to play: it has no controls")
		}
	case Turn:
		if len(f.Controls) > 0 || f.Scene == nil {
			return errors.New("there is nothing to turn")
		}
		if err := f.Scene.check(); err != nil {
			return fmt.Errorf("the scene: %w", err)
		}
	default:
		return fmt.Errorf("its kind is %.20q: there are %q, %q and %q", f.Kind, Still, Play, Turn)
	}
	if len(f.Frames) != settings {
		return fmt.Errorf("it has %d frames for %d settings", len(f.Frames), settings)
	}
	for i, frame := range f.Frames {
		if err := f.checkFrame(frame); err != nil {
			return fmt.Errorf("frame %d: %w", i+1, err)
		}
	}
	return nil
}

func (c Control) check() error {
	if c.Name == "" || len(c.Name) > maxText {
		return errors.New("it has no name, or one that is too long")
	}
	if c.Start < 0 || c.Start >= len(c.Labels) {
		return fmt.Errorf("it begins with value %d of %d", c.Start, len(c.Labels))
	}
	for _, l := range c.Labels {
		if len(l) > maxText {
			return errors.New("a label is too long")
		}
	}
	return nil
}

func (f *Figure) checkFrame(frame Frame) error {
	if !(frame.Width > 0 && frame.Width <= maxSide && frame.Height > 0 && frame.Height <= maxSide) {
		return fmt.Errorf("its size is %g x %g pixels", frame.Width, frame.Height)
	}
	if len(frame.Alt) > maxWords {
		return errors.New("its words are too long")
	}
	if (frame.PNG == "") == (len(frame.Runs) == 0) {
		return errors.New("it must be either a drawing or a picture")
	}
	size := 0
	if len(frame.Runs)%2 != 0 {
		return errors.New("a run of pieces has no length")
	}
	for i := 0; i < len(frame.Runs); i += 2 {
		first, n := frame.Runs[i], frame.Runs[i+1]
		if first < 0 || n < 1 || n > len(f.Pieces) || first > len(f.Pieces)-n {
			return fmt.Errorf("it asks for pieces %d to %d of %d", first, first+n-1, len(f.Pieces))
		}
		for _, p := range f.Pieces[first : first+n] {
			if size += len(p) + 1; size > maxFrame {
				return fmt.Errorf("its drawing is larger than %d MB", maxFrame>>20)
			}
		}
	}
	return nil
}
