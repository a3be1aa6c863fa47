package player

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

const (
	maxEncoded = 32 << 20 // bytes of base64
	maxJSON    = 64 << 20
)

// Encode returns the text that a notebook's output holds. The same figure gives
// the same text with the same version of Go, on any machine.
func (f *Figure) Encode() (string, error) {
	if err := f.check(); err != nil {
		return "", fmt.Errorf("player: the figure %.100q cannot be encoded: %w", f.Name, err)
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(f); err != nil {
		return "", fmt.Errorf("player: encoding the figure %.100q: %w", f.Name, err)
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	if n := base64.StdEncoding.EncodedLen(b.Len()); n > maxEncoded {
		return "", fmt.Errorf("player: the figure %.100q takes %d MB, more than %d: make it smaller or simpler, or give its controls fewer values", f.Name, n>>20, maxEncoded>>20)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// Decode reads what Encode wrote, by anyone: it refuses what is no such figure,
// what asks for pieces that there are not, and what would not fit into memory.
// Line breaks in the text do not count.
func Decode(text string) (*Figure, error) {
	if len(text) > maxEncoded+maxEncoded/64 {
		return nil, fmt.Errorf("player: a figure of %d MB: at most %d are read", len(text)>>20, maxEncoded>>20)
	}
	packed, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, fmt.Errorf("player: this is no figure: %w", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("player: this is no figure: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(r, maxJSON+1))
	if err != nil {
		return nil, fmt.Errorf("player: the figure is damaged: %w", err)
	}
	if len(content) > maxJSON {
		return nil, fmt.Errorf("player: the figure unpacks to more than %d MB", maxJSON>>20)
	}
	var f Figure
	if err := json.Unmarshal(content, &f); err != nil {
		return nil, fmt.Errorf("player: the figure is damaged: %w", err)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("player: the figure %.100q: %w", f.Name, err)
	}
	return &f, nil
}
