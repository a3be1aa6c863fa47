package nb

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"html/template"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/plotting"
)

// HeadlessEnv, set to anything, says that no reader is present: cells show
// still figures only and wait for nobody. spikewalk notebooks sets it for the
// cells it runs.
const HeadlessEnv = "SPIKEWALK_HEADLESS"

// readerPresent tells whether there may be a browser that runs scripts. With
// jupyter nbconvert --execute there seems to be one.
func readerPresent() bool { return gonbui.IsNotebook && os.Getenv(HeadlessEnv) == "" }

// still is a figure that does not move: all there is without a browser, and
// what the browser shows before the reader touches anything.
type still struct {
	name          string
	caption       string
	description   string // of what it shows, for whoever cannot see it
	image         []byte
	width, height int // in pixels of nominal size
	bundle        *protocol.DisplayData
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
	s.caption = fmt.Sprintf("%s at %v", name, at)
	return s, nil
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
	if s.description, err = f.Description(); err != nil {
		return nil, fmt.Errorf("the figure could not be described: %w", err)
	}
	if len(name) == 1 {
		s.name, s.caption = name[0], name[0]
	}
	return s, s.makeBundle()
}

// display shows the figure, and nothing else, if this is a notebook.
func (s *still) display() error {
	if !gonbui.IsNotebook {
		return nil
	}
	return display(s.bundle)
}

var (
	//go:embed page.html
	pageText string
	//go:embed page.js
	pageScript string
	//go:embed controls.js
	controlsScript string
	//go:embed play.js
	playScript string
	//go:embed try.js
	tryScript string
	//go:embed turn.js
	turnScript string

	page = template.Must(template.New("page").Parse(pageText))
)

// page is the figure with a script beneath it. Without the script, as where a
// notebook is not trusted, it is an image as any other: the script makes all
// controls.
//
// The script finds its figure by a key made of all it shows, not by a random
// number, so that two executions give the same page.
func (s *still) page(kind, script string, data any) (string, error) {
	told, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("the figure's data could not be encoded: %w", err)
	}
	key := fnv.New64a()
	key.Write(s.image)
	key.Write(told)
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{
		"Kind": kind, "Name": s.name, "Caption": s.caption, "Description": s.description, "Width": s.width, "Height": s.height,
		"Key":   fmt.Sprintf("%016x", key.Sum64()),
		"Image": template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(s.image)),
		// Marshal leaves no '<' in its text, so that it cannot end the script.
		"Script": template.JS(pageScript + script), "Data": template.JS(told),
	})
	return b.String(), err
}
