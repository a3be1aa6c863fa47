package page

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/player"
)

const (
	mimePNG = "image/png"
	mimeSVG = "image/svg+xml"
)

// Link leads from a figure to one of its files.
type Link struct{ Text, To string }

// Files finds the files of a figure by its PNG; nil finds none.
type Files func(png []byte) []Link

// figure is what the page shows of a figure.
type figure struct {
	// Number counts the figures of the page from 1.
	Number int
	// Name is that of its files, Caption the text beneath it, and Alt says in
	// words what is on it.
	Name, Caption, Alt string
	Source             template.URL
	Width, Height      int
	Links              []Link
	// Data are what brings it to life, "" of a figure that stands still; Plays
	// tells that it has drawings for settings.
	Data  template.HTML
	Plays bool
}

// pixelRatio is how many pixels a figure has for one of its nominal size.
const pixelRatio = 2

// newFigure makes a figure of an output with an image.
func newFigure(o notebook.Output, mime string, files Files) (f *figure, problem error) {
	f = &figure{Alt: strings.TrimSpace(o.Data["text/plain"])}
	if mime == mimeSVG {
		f.Source = template.URL("data:" + mimeSVG + ";base64," + base64.StdEncoding.EncodeToString([]byte(o.Data[mime])))
	} else if err := f.pixels(o.Data[mime], mime, files); err != nil {
		return nil, err
	}
	if encoded := o.Data[player.MIME]; encoded != "" {
		problem = f.describe(encoded)
	}
	if f.Alt == "" {
		f.Alt = f.Caption
	}
	if f.Alt == "" {
		f.Alt = "Figure"
		if f.Name != "" {
			f.Alt += ": " + strings.ReplaceAll(f.Name, "-", " ")
		}
	}
	return f, problem
}

// figureName is what a figure of this project is called, "" for others.
func figureName(o notebook.Output) string {
	if o.Data[player.MIME] == "" {
		return ""
	}
	d, err := player.Decode(o.Data[player.MIME])
	if err != nil {
		return ""
	}
	return d.Name
}

// synthetic is how the words of a figure begin that shows no recording, with its tag
// ("synthetic", or a file's name such as synthetic_session.nwb), which stands in its
// upper right corner, on a telephone out of sight.
const synthetic = "synthetic"

// Tag says that the figure shows synthetic data, "" if it does not say so.
func (f *figure) Tag() string {
	if strings.HasPrefix(f.Alt, synthetic) {
		return synthetic
	}
	return ""
}

// Text is the caption or, without one, what the figure is called.
func (f *figure) Text() string {
	if f.Caption != "" || f.Name == "" {
		return f.Caption
	}
	name := strings.ReplaceAll(f.Name, "-", " ")
	return strings.ToUpper(name[:1]) + name[1:] + "."
}

// pixels takes an image and finds its files.
func (f *figure) pixels(encoded, mime string, files Files) error {
	encoded = bare(encoded)
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return fmt.Errorf("a figure cannot be read: %w", err)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return fmt.Errorf("a figure cannot be read: %w", err)
	}
	f.Source, f.Width, f.Height = dataURL(mime, encoded), size.Width/pixelRatio, size.Height/pixelRatio
	if files != nil {
		f.Links = files(content)
	}
	if len(f.Links) > 0 {
		f.Name = nameOf(f.Links[0].To)
	}
	return nil
}

// describe takes what a figure of this project says of itself. One to play or
// to turn comes into the page whole.
func (f *figure) describe(encoded string) error {
	d, err := player.Decode(encoded)
	if err != nil {
		return fmt.Errorf("a figure is shown as a picture, without what comes with it: %w", err)
	}
	if d.Name != "" {
		f.Name = d.Name
	}
	f.Caption = d.Caption
	if d.Alt != "" {
		f.Alt = d.Alt
	}
	f.Plays = d.Kind == player.Play
	if d.Kind != player.Still {
		// Base64, which Decode has read, ends no script element.
		f.Data = template.HTML(`<script type="` + player.MIME + `">` + bare(encoded) + "</script>")
	}
	return nil
}

// nameOf makes drift-traces of figures/05_integrator-drift-traces.png.
func nameOf(file string) string {
	_, name, _ := strings.Cut(path.Base(file), "-")
	return strings.TrimSuffix(name, path.Ext(name))
}

func dataURL(mime, encoded string) template.URL {
	return template.URL("data:" + mime + ";base64," + encoded)
}

// bare is base64 without the line breaks that nbformat may put into it.
func bare(encoded string) string { return strings.Join(strings.Fields(encoded), "") }
