package nb

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/plotting"
)

// HeadlessEnv, set to anything, says that no reader is present: cells show no
// progress and wait for nobody. spikewalk notebooks sets it for the cells it
// runs.
const HeadlessEnv = "SPIKEWALK_HEADLESS"

// readerPresent tells whether there may be a browser that runs scripts. With
// jupyter nbconvert --execute there seems to be one.
func readerPresent() bool { return gonbui.IsNotebook && os.Getenv(HeadlessEnv) == "" }

// still is a figure's picture, which is all that is seen where no script runs,
// and what a script makes of it.
type still struct {
	image         []byte
	width, height int // in pixels of nominal size
	figure        *player.Figure
	bundle        *protocol.DisplayData
}

// newStill draws a figure and writes its files.
func newStill(f figure, name ...string) (*still, error) {
	if len(name) > 1 {
		return nil, fmt.Errorf("nb.Show: a figure has one name, not %d (%q)", len(name), name)
	}
	if len(name) == 1 {
		if err := checkName(name[0]); err != nil {
			return nil, fmt.Errorf("nb.Show: %w", err)
		}
	}
	image, err := f.IndexedPNG()
	if err != nil {
		return nil, fmt.Errorf("the figure could not be drawn: %w", err)
	}
	if err := export(f, image, name...); err != nil {
		return nil, err
	}
	s := &still{image: image}
	if s.figure, err = f.Still(); err != nil {
		return nil, fmt.Errorf("the figure could not be described: %w", err)
	}
	if len(name) == 1 {
		s.figure.Name = name[0]
	}
	return s, s.makeBundle()
}

// stillAt draws the figure at a setting and writes its files as Show does.
func stillAt(name string, draw func(Setting) *plotting.Drawing, at Setting) (*still, error) {
	d, err := drawAt(draw, at)
	if err != nil {
		return nil, fmt.Errorf("at %v: %w", at, err)
	}
	s, err := newStill(d, name)
	if err != nil {
		return nil, fmt.Errorf("at %v: %w", at, err)
	}
	return s, nil
}

// becomes makes the figure one to play or to turn: its words stay.
func (s *still) becomes(f *player.Figure) error {
	f.Name, f.Caption, f.Alt = s.figure.Name, s.figure.Caption, s.figure.Alt
	s.figure = f
	if err := s.makeBundle(); err != nil {
		return err
	}
	if readerPresent() {
		s.bundle.Data[protocol.MIMETextHTML] = s.page(s.bundle.Data[player.MIME].(string), player.Script)
	}
	return nil
}

// display shows the figure, and nothing else, if this is a notebook.
func (s *still) display() error {
	if !gonbui.IsNotebook {
		return nil
	}
	return display(s.bundle)
}

// page is the figure as package player asks for it, with a script beneath. Without
// the script, as where a notebook is not trusted, it is an image as any other:
// the script makes all controls.
func (s *still) page(data, script string) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<div class="spikewalk-figure" data-name="%s" data-lm-suppress-shortcuts="true">
<div class="spikewalk-view" style="overflow-x: auto">
<img class="spikewalk-still" alt="%s" width="%d" height="%d" style="max-width: 100%%; height: auto; background: #fff" src="data:image/png;base64,%s">
</div>
<script type="%s">%s</script>
</div>
<script>
%s</script>
`, html.EscapeString(s.figure.Name), html.EscapeString(s.figure.Alt), s.width, s.height,
		base64.StdEncoding.EncodeToString(s.image), player.MIME, data, script)
	return b.String()
}
