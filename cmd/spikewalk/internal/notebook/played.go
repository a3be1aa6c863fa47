package notebook

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/spikewalk/spikewalk/internal/player"
)

// compareFigure compares what two figures show to a reader who plays with them,
// not their bytes: how these are packed may change with Go's version. It says at
// which setting they differ.
func compareFigure(was, is string) string {
	if bare(was) == bare(is) {
		return ""
	}
	w, errWas := player.Decode(was)
	i, errIs := player.Decode(is)
	if errWas != nil || errIs != nil {
		if errIs == nil {
			return "the committed figure cannot be read: " + errWas.Error()
		}
		return "the figure cannot be read: " + errIs.Error()
	}
	if what := compareFigures(w, i); what != "" {
		return fmt.Sprintf("the figure %q: %s", i.Name, what)
	}
	return ""
}

func compareFigures(was, is *player.Figure) string {
	switch {
	case was.Kind != is.Kind:
		return fmt.Sprintf("it is of kind %q, the committed one of kind %q", is.Kind, was.Kind)
	case was.Name != is.Name:
		return fmt.Sprintf("the committed one is called %q", was.Name)
	case was.Caption != is.Caption:
		return compareText("its caption", was.Caption, is.Caption)
	case was.Alt != is.Alt:
		return compareText("its description", was.Alt, is.Alt)
	case !reflect.DeepEqual(was.Controls, is.Controls):
		return fmt.Sprintf("its controls are %s, those of the committed one %s", controlsOf(is), controlsOf(was))
	case !reflect.DeepEqual(was.Scene, is.Scene):
		return "what turns in it differs"
	}
	for k := range is.Frames { // as many as settings, and these are equal
		if what := compareFrame(was, is, k); what != "" {
			return "at " + is.Setting(k) + " " + what
		}
	}
	return ""
}

func compareFrame(was, is *player.Figure, k int) string {
	w, i := was.Frames[k], is.Frames[k]
	switch {
	case w.Width != i.Width || w.Height != i.Height:
		return fmt.Sprintf("it is %g x %g pixels large, the committed one %g x %g", i.Width, i.Height, w.Width, w.Height)
	case w.Alt != i.Alt:
		return compareText("its description", w.Alt, i.Alt)
	case w.PNG != "" && i.PNG != "":
		return compareImage("its image", w.PNG, i.PNG)
	}
	return compareText("its drawing", was.Drawing(k), is.Drawing(k))
}

func controlsOf(f *player.Figure) string {
	var all []string
	for _, c := range f.Controls {
		all = append(all, fmt.Sprintf("%q (%s; at first number %d)", c.Name, strings.Join(c.Labels, ", "), c.Start+1))
	}
	if all == nil {
		return "none"
	}
	return strings.Join(all, ", ")
}
