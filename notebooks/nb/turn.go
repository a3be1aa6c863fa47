package nb

import (
	"errors"

	"github.com/spikewalk/spikewalk/plotting"
)

// turnWidth is the width in centimetres of figures that turn.
const turnWidth = 12

// Turn shows trajectories in three dimensions, seen from where
// [plotting.SpacePanel.From] says.
func Turn(name string, panel *plotting.SpacePanel) {
	settleBars()
	if panel == nil {
		Check(errors.New("nb.Turn: there is no panel: it is nil"))
	}
	Check(show(plotting.Figure(panel).Width(turnWidth), name))
}
