package nb

import (
	"fmt"
	"math"

	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/plotting"
)

// turnWidth is the width in centimetres of a figure that turns.
const turnWidth = 12

// Turn shows trajectories in three dimensions, at first from where
// [plotting.SpacePanel.From] says. In a live notebook they can be turned: with
// the mouse or a finger, with the arrow keys, and back with Home or a double
// click. The cell ends at once, and turning needs no kernel.
//
// The figure counts as one that [Show] showed, by the given name; it is all
// there is where no reader is (spikewalk notebooks) and where scripts are not
// trusted. A figure that cannot be drawn ends the cell as [Check] does.
func Turn(name string, panel *plotting.SpacePanel) {
	settleBars()
	Check(turn(name, panel))
}

func turn(name string, panel *plotting.SpacePanel) error {
	if panel == nil {
		return fmt.Errorf("nb.Turn(%q): there is no panel: it is nil", name)
	}
	still, err := newStill(plotting.Figure(panel).Width(turnWidth), name)
	if err == nil && readerPresent() {
		err = still.addScene(panel)
	}
	if err != nil {
		return fmt.Errorf("nb.Turn(%q): %w", name, err)
	}
	return still.display()
}

// addScene adds the script that turns the trajectories to the figure's
// display. Libraries for this (three.js, plotly) would have to be put into
// the page, which must work offline: one to four megabytes in every notebook
// for what takes a page of code.
func (s *still) addScene(panel *plotting.SpacePanel) error {
	scene, err := panel.Scene()
	if err != nil {
		return err
	}
	page, err := s.page("turn", turnScript, turnData{Name: s.name, Scene: rounded(scene)})
	if err != nil {
		return err
	}
	s.bundle.Data[protocol.MIMETextHTML] = page
	return nil
}

// turnData is the data that the script turn.js receives.
type turnData struct {
	Name  string              `json:"name"`
	Scene plotting.SpaceScene `json:"scene"`
}

// turnSamples bounds how many points of one trajectory are turned.
const turnSamples = 3000

// rounded thins long trajectories out and rounds to what can be seen: the box
// is some hundred pixels wide, and its coordinates run from -1 to 1.
func rounded(scene plotting.SpaceScene) plotting.SpaceScene {
	scene.Paths = append([]plotting.SpacePath(nil), scene.Paths...)
	for k := range scene.Paths {
		path := &scene.Paths[k]
		all := path.Points
		stride := (len(all) + turnSamples - 1) / turnSamples
		path.Points = nil
		for i := 0; i < len(all); i += stride {
			path.Points = append(path.Points, coarse(all[i]))
		}
		if last := len(all) - 1; last%stride != 0 { // the end is marked, and must be there
			path.Points = append(path.Points, coarse(all[last]))
		}
	}
	return scene
}

func coarse(p [3]float64) [3]float64 {
	for k := range p {
		p[k] = math.Round(p[k]*1e4) / 1e4
	}
	return p
}
