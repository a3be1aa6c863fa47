package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spikewalk/spikewalk/internal/regular"
)

// mostLayout is more than any layout is long, in bytes.
const mostLayout = 1 << 20

// ReadLayout reads a layout from JSON with the fields of [Layout]: from the file of this
// path, or from the text itself if that begins with a brace. An empty text is the zero
// Layout, so that a program can have a parameter for it. An unknown field is an error, as
// is what [Layout.Validate] refuses.
func ReadLayout(pathOrJSON string) (layout Layout, err error) {
	text, in := []byte(pathOrJSON), ""
	switch {
	case pathOrJSON == "":
		return layout, nil
	case !strings.HasPrefix(strings.TrimSpace(pathOrJSON), "{"):
		in = pathOrJSON + ": "
		if text, err = readSmall(pathOrJSON); err != nil {
			return layout, err
		}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&layout); err != nil {
		return Layout{}, fmt.Errorf("%slayout: %w: write the fields of data.Layout, as in %s", in, err, `{"TimeUnit": "s", "Spikes": {"Times": "units{u}"}}`)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Layout{}, fmt.Errorf("%slayout: something follows it, after %d bytes: there is one only", in, d.InputOffset())
	}
	if err := layout.Validate(); err != nil {
		return Layout{}, fmt.Errorf("%s%w", in, err)
	}
	return layout, nil
}

// readSmall reads a file that should be short.
func readSmall(path string) ([]byte, error) {
	f, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > mostLayout {
		return nil, fmt.Errorf("%s has %d bytes: that is no layout, which is JSON with the fields of data.Layout", path, size)
	}
	return io.ReadAll(io.LimitReader(f, mostLayout))
}

// silent tells whether a layout says nothing, but perhaps of NWB.
func (l Layout) silent() bool {
	return l.TimeUnit == "" && l.SampleRate == 0 && l.Clock == "" && l.Spikes == (SpikeLayout{}) && len(l.Series) == 0 && l.Trials.empty()
}

func (t TrialLayout) empty() bool {
	return t.Start == "" && t.Stop == "" && t.Condition == "" && t.TimeUnit == "" && len(t.Events) == 0 && len(t.Columns) == 0
}
