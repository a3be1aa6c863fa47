package nb

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/plotting"
)

// Try is [Play] for what takes seconds, such as training a network anew: draw
// is called only for the settings to which the reader goes, while a bar shows
// the reports to the [Progress] (or [Live]) in it. Let draw keep what it
// computes with [Memo], so that a setting is computed once.
//
// The cell runs until the reader presses Done, stops the cell, or has not
// touched a control for 60 s since the figure appeared or was last redrawn; a
// drawing that has begun is finished first. Then the last figure stays, without
// controls. A setting at which draw fails says so beneath the figure, and the
// reader can go on. Arguments that make no sense end the cell, as those of Play
// do.
//
// The browser reaches the cell at an address of this machine, or through a
// Jupyter server that forwards ports (jupyter-server-proxy). Where neither
// succeeds within 3 s Try is [Show] with the figure at the start values. Where no
// reader is (spikewalk notebooks) Try computes all settings and is Play: so a
// page has them. There may be 16 combinations of values at most.
func Try(name string, draw func(at Setting) *plotting.Drawing, controls ...Control) {
	settleBars()
	Check(try(name, draw, controls, patience{hello: 3 * time.Second, idle: time.Minute}))
}

// patience is how long Try waits for a browser's first word, and for the
// reader to touch a control.
type patience struct{ hello, idle time.Duration }

func try(name string, draw func(Setting) *plotting.Drawing, controls []Control, p patience) error {
	err := cmp.Or(checkPlay(name, draw, controls), checkFrames(controls, mostTries, ""))
	switch {
	case err != nil:
	case readerPresent():
		err = tryLive(name, draw, controls, p)
	case gonbui.IsNotebook:
		err = playFrames(name, drawFrames(draw, controls))
	default: // an ordinary program is not to compute what nobody sees
		_, err = stillAt(name, draw, startOf(controls))
	}
	if err != nil {
		return fmt.Errorf("nb.Try(%q): %w", name, err)
	}
	return nil
}

func tryLive(name string, draw func(Setting) *plotting.Drawing, controls []Control, p patience) error {
	s, err := stillAt(name, draw, startOf(controls))
	if err != nil {
		return err
	}
	return s.tryOut(draw, controls, p)
}

// tryOut shows the figure with controls, answers them, and leaves the last
// figure alone.
func (s *still) tryOut(draw func(Setting) *plotting.Drawing, controls []Control, p patience) error {
	server, err := newTryServer(controls)
	if err != nil {
		return s.display() // no port to be had: the figure can still be shown
	}
	id := "try-" + gonbui.UniqueId()
	var once sync.Once
	var last sync.Mutex // guards s while an interruption may come
	finish := func() (err error) {
		once.Do(func() {
			// The page goes first, and with it the questions it asks.
			defer server.close()
			last.Lock()
			defer last.Unlock()
			s.bundle.DisplayID = id
			err = display(s.bundle)
		})
		return err
	}
	stop := onInterrupt(func() { _ = finish() })
	defer stop()

	told, err := json.Marshal(tryData{
		Kind: "try", Name: s.figure.Name, Alt: s.figure.Alt, Controls: described(controls), Width: s.width, Height: s.height,
		Port: server.port, Token: server.token, Idle: int(p.idle.Seconds()),
	})
	if err != nil {
		return err
	}
	page := s.page(base64.StdEncoding.EncodeToString(packed(told)), player.ScriptWith(tryScript))
	first := &protocol.DisplayData{DisplayID: id, Metadata: s.bundle.Metadata, Data: map[protocol.MIMEType]any{
		protocol.MIMEImagePNG: s.image, protocol.MIMETextHTML: page,
	}}
	if err := display(first); err != nil {
		return err
	}
	err = server.serve(p, draw, func(d *plotting.Drawing) error {
		image, err := d.IndexedPNG()
		if err != nil {
			return err
		}
		last.Lock()
		defer last.Unlock()
		s.image = image
		return s.makeBundle()
	})
	return errors.Join(err, finish())
}

//go:embed try.js
var tryScript string

// tryData is a figure of a kind of its own, which the script try.js adds to
// those of package player: its frames come from the cell.
type tryData struct {
	Kind     string           `json:"kind"`
	Name     string           `json:"name"`
	Alt      string           `json:"alt"`
	Controls []player.Control `json:"controls"`
	Width    int              `json:"width"`
	Height   int              `json:"height"`
	Port     int              `json:"port"`
	Token    string           `json:"token"`
	Idle     int              `json:"idle"` // seconds
}

// packed is what the script unpacks.
func packed(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}
