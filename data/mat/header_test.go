package mat

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

// MAT-files that cannot be read are named for what they are.
func TestNotLevel5(t *testing.T) {
	whole := sample(forms()["little plain long"])
	future := bytes.Clone(whole)
	future[125] = 3
	unmarked := bytes.Clone(whole)
	copy(unmarked[126:], "XY")
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"newer level": {future, "a MAT-file of unknown version 0x0300"},
		"no order":    {unmarked, `its byte-order mark is "XY"`},
		"short":       {whole[:10], "cut short in its header, after 10 bytes"},
		"shorter":     {whole[:127], "cut short in its header, after 127 bytes"},
	} {
		if _, err := decodeFrom(bytes.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", name, err, c.want)
		}
	}
	if _, err := Open("testdata/none.mat"); err == nil {
		t.Error("a file that is not there gave no error")
	}
}

// Trouble of the reader itself is passed on.
func TestReadError(t *testing.T) {
	r := iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(sample(forms()["big compressed small"]))))
	if _, err := decodeFrom(r); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("error %v", err)
	}
}
