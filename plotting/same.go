package plotting

import "fmt"

// SameScales returns the panels with common axes: the k-th frame of each runs
// from the smallest to the largest number of the k-th frames of all, along x,
// along y and in colour, so that what is compared is drawn alike. All must have as many frames,
// and the same kinds of axes.
func SameScales(panels ...Panel) []Panel {
	var out []Panel
	for i := range panels {
		out = append(out, &sharing{panels, i})
	}
	return out
}

// sharing is one of several panels with common axes.
type sharing struct {
	all []Panel
	own int
}

// Content implements [Panel].
func (s *sharing) Content() (Content, error) {
	for i, p := range s.all {
		if isNilPanel(p) {
			return Content{}, fmt.Errorf("panel %d of those with common scales is nil", i+1)
		}
	}
	own, err := s.all[s.own].Content()
	if err != nil {
		return own, err
	}
	for _, p := range s.all {
		c, err := p.Content()
		if err != nil {
			continue // it will say so itself
		}
		if len(c.Frames) != len(own.Frames) {
			return own, fmt.Errorf("panels of %d and of %d frames have no common scales: give panels of one kind", len(own.Frames), len(c.Frames))
		}
		for k := range own.Frames {
			f, other := &own.Frames[k], c.Frames[k]
			if f.X.Log != other.X.Log || f.Y.Log != other.Y.Log {
				return own, fmt.Errorf("linear and logarithmic axes have no common scales: use LogX and LogY in all of the panels or in none")
			}
			if (f.key == nil) != (other.key == nil) || f.key != nil && f.key.Log != other.key.Log {
				return own, fmt.Errorf("the panels' colours have no common scale: give panels of one kind, with LogZ in all of them or in none")
			}
			if f.key != nil {
				f.key.Min, f.key.Max = min(f.key.Min, other.key.Min), max(f.key.Max, other.key.Max)
			}
			f.X.Min, f.X.Max = min(f.X.Min, other.X.Min), max(f.X.Max, other.X.Max)
			f.Y.Min, f.Y.Max = min(f.Y.Min, other.Y.Min), max(f.Y.Max, other.Y.Max)
		}
	}
	return own, nil
}
