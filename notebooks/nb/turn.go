package nb

import (
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

// turnWidth is the width in centimetres of a figure that turns: a phone shows it
// whole.
const turnWidth = 12

// Turn shows trajectories in three dimensions, at first from where
// [plotting.SpacePanel.From] says: a panel, or a figure of that panel alone
// (which can have a caption), 12 cm wide. They can be turned in a live notebook and on a
// page: with the mouse or a finger, with the arrow keys, and back with Home or a
// double click. The cell ends at once, and turning needs no kernel.
//
// The figure counts as one that [Show] showed, by the given name; it is all
// there is where no script runs. A figure that cannot be drawn ends the cell as
// [Check] does.
func Turn[F *plotting.SpacePanel | *plotting.Drawing](name string, figure F) {
	settleBars()
	Check(turn(name, figure))
}

func turn[F *plotting.SpacePanel | *plotting.Drawing](name string, figure F) error {
	d, _ := any(figure).(*plotting.Drawing)
	if panel, ok := any(figure).(*plotting.SpacePanel); ok && panel != nil {
		d = plotting.Figure(panel)
	}
	err := errors.New("there is nothing to turn: it is nil")
	if d != nil {
		err = turnDrawing(name, d.Width(turnWidth))
	}
	if err != nil {
		return fmt.Errorf("nb.Turn(%q): %w", name, err)
	}
	return nil
}

func turnDrawing(name string, d *plotting.Drawing) error {
	s, err := newStill(d, name)
	if err != nil {
		return err
	}
	f, err := d.Turning()
	if err != nil {
		return err
	}
	if err := s.becomes(f); err != nil {
		return err
	}
	return s.display()
}
