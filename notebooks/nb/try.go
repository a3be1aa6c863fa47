package nb

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

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
// succeeds within 3 s, where no reader is (spikewalk notebooks) and outside a
// notebook, Try is [Show] with the figure at the start values.
func Try(name string, draw func(at Setting) *plotting.Drawing, controls ...Control) {
	settleBars()
	Check(try(name, draw, controls, patience{hello: 3 * time.Second, idle: time.Minute}))
}

// patience is how long Try waits for a browser's first word, and for the
// reader to touch a control.
type patience struct{ hello, idle time.Duration }

func try(name string, draw func(Setting) *plotting.Drawing, controls []Control, p patience) error {
	if err := checkPlay(name, draw, controls); err != nil {
		return fmt.Errorf("nb.Try(%q): %w", name, err)
	}
	still, err := stillAt(name, draw, startOf(controls))
	if err == nil && readerPresent() {
		err = still.tryOut(draw, controls, p)
	} else if err == nil {
		err = still.display()
	}
	if err != nil {
		return fmt.Errorf("nb.Try(%q): %w", name, err)
	}
	return nil
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

	page, err := s.page("try", controlsScript+tryScript, tryData{
		Name: s.name, Controls: described(controls), Port: server.port, Token: server.token, Idle: int(p.idle.Seconds()),
	})
	if err != nil {
		return err
	}
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

// tryData is the data that the script try.js receives.
type tryData struct {
	Name     string        `json:"name"`
	Controls []controlData `json:"controls"`
	Port     int           `json:"port"`
	Token    string        `json:"token"`
	Idle     int           `json:"idle"` // seconds
}
