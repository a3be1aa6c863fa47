package nb

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"

	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/plotting"
)

// figure is what Show needs of a plotting.Drawing.
type figure interface {
	IndexedPNG() ([]byte, error)
	SVG() ([]byte, error)
	PDF() ([]byte, error)
	JSON() ([]byte, error)
	Still() (*player.Figure, error)
}

// Show displays a figure in the notebook as a PNG image, sharp on screens of
// high density. (An SVG drawing as well would double the notebook's size, and
// one alone would be stripped from every notebook that the reader did not run
// himself.)
//
// Where the environment variable SPIKEWALK_FIGURES names a folder, Show also
// writes the figure there, as that PNG, for print as SVG and PDF, and its
// numbers as JSON: NOTEBOOK-NAME.png or, without a name, NOTEBOOK-01.png,
// NOTEBOOK-02.png, … in the order shown.
//
// Outside a notebook there is nowhere to show a figure, and only the files
// are written. A figure that cannot be drawn or written ends the cell as
// [Check] does.
func Show(d *plotting.Drawing, name ...string) {
	settleBars()
	if d == nil {
		Check(errors.New("nb.Show: there is no figure: it is nil"))
	}
	Check(show(d, name...))
}

func show(f figure, name ...string) error {
	s, err := newStill(f, name...)
	if err != nil {
		return err
	}
	return s.display()
}

// pixelRatio is how many pixels a figure's PNG has for one pixel of its
// nominal size, so that it is sharp on screens of high density.
const pixelRatio = 2

// makeBundle makes the display of a figure: the picture, and beside it what a
// page needs to caption the figure and to bring it to life. Its metadata carries
// the nominal size, without which it would appear twice as large.
func (s *still) makeBundle() error {
	size, err := png.DecodeConfig(bytes.NewReader(s.image))
	if err != nil {
		return fmt.Errorf("the figure's PNG is not readable: %w", err)
	}
	s.width, s.height = size.Width/pixelRatio, size.Height/pixelRatio
	words, err := s.figure.Encode()
	if err != nil {
		return err
	}
	s.bundle = &protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMEImagePNG: s.image,
			player.MIME:           words,
		},
		Metadata: map[string]any{
			// The type is one that gonb registers with encoding/gob; any
			// other map would not arrive.
			string(protocol.MIMEImagePNG): map[string]int{"width": s.width, "height": s.height},
		},
	}
	return nil
}
