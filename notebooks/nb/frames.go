package nb

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"

	"github.com/spikewalk/spikewalk/plotting"
)

const (
	// mostFrames is how many combinations of values Play draws. Drawing one
	// takes some milliseconds.
	mostFrames = 200
	// mostBytes bounds what Play hands to the browser, and so what the saved
	// notebook grows by.
	mostBytes = 16 << 20
	// vectorBytes is how large a figure may become as a compressed drawing.
	// Beyond that (very many marks) its image is smaller and faster to show.
	vectorBytes = 150 << 10
)

// drawAll draws the figures of all settings. It calls drawn after each.
func drawAll(draw func(Setting) *plotting.Drawing, controls []Control, drawn func()) ([]string, error) {
	n := combinations(controls)
	frames := make([]string, n)
	total := 0
	for i := range frames {
		at := settingAt(controls, i)
		d, err := drawAt(draw, at)
		if err == nil {
			frames[i], err = frame(d)
		}
		if err != nil {
			return nil, fmt.Errorf("at %v: %w", at, err)
		}
		if total += len(frames[i]); total > mostBytes {
			return nil, fmt.Errorf("the figures of %d of %d settings take more than %d MB: make the figure smaller or simpler, or give the controls fewer values",
				i+1, n, mostBytes>>20)
		}
		drawn()
	}
	return frames, nil
}

// checkFrames refuses more settings than can be drawn, also where they are not
// drawn because no reader is present.
func checkFrames(controls []Control) error {
	if combinations(controls) > mostFrames {
		return fmt.Errorf("the controls have more than %d combinations of values: give them fewer values, or use nb.Try, which draws only those that the reader asks for", mostFrames)
	}
	return nil
}

// combinations is how many settings there are, or a number beyond all bounds.
func combinations(controls []Control) int {
	n := 1
	for _, c := range controls {
		if n *= len(c.labels); n > 1<<30 {
			break
		}
	}
	return n
}

// settingAt is combination number i; the last control's values change first.
func settingAt(controls []Control, i int) Setting {
	s := startOf(controls)
	for k := len(controls) - 1; k >= 0; k-- {
		s.at[k] = i % len(controls[k].labels)
		i /= len(controls[k].labels)
	}
	return s
}

// frame encodes a figure for a script: its kind, ':' and base64.
func frame(d *plotting.Drawing) (string, error) {
	drawing, image, err := picture(d)
	if err != nil {
		return "", err
	}
	if drawing != nil {
		return "svg.gz:" + base64.StdEncoding.EncodeToString(packed(drawing)), nil
	}
	return "png:" + base64.StdEncoding.EncodeToString(image), nil
}

// picture draws a figure for the browser: as a drawing, which takes a
// twentieth of the time of an image of the same size in bytes and is sharp at
// any zoom, or as an image where there are very many marks.
func picture(d *plotting.Drawing) (drawing, image []byte, err error) {
	drawing, err = d.OutlinedSVG()
	if err == nil && len(packed(drawing)) > vectorBytes {
		drawing = nil
		image, err = d.IndexedPNG()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the figure could not be drawn: %w", err)
	}
	return drawing, image, nil
}

func packed(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}
