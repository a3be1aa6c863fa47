package page

import "strings"

// step is one of the walk, as the diagram shows it.
type step struct {
	// Name is what there is to see of it, Says what happens, and To the page of
	// its lesson, "" where that has not been made.
	Icon, Name, Says, To string
	lesson               string
}

// walk are the steps of the diagram; their icons are in index.html.
var walk = []step{
	{Icon: "rates", Name: "Firing rates", Says: "A chaotic network learns a task while it runs.", lesson: "01"},
	{Icon: "factors", Name: "Few dimensions", Says: "Its principal components are the factors that all units share.", lesson: "02"},
	{Icon: "spikes", Name: "Spikes", Says: "Irregular neurons carry the same factors, and do the task by themselves.", lesson: "03"},
	{Icon: "muscles", Name: "Cortex and muscles", Says: "Recorded motor cortex takes the rates' place and drives muscles.", lesson: "04"},
	{Icon: "tuned", Name: "Kept in tune", Says: "A local rule repairs an integrator, a ring, a map.", lesson: "05"},
}

// steps are those of the walk that a home page shows, with the pages there are.
func steps(h home, notebooks []About) (shown []step) {
	if !h.Walk {
		return nil
	}
	for _, s := range walk {
		for _, a := range notebooks {
			if strings.HasPrefix(a.Name, s.lesson+"_") {
				s.To = Address(a.Name + Ending)
			}
		}
		shown = append(shown, s)
	}
	return shown
}
