package remote

import (
	"net/http"
	"testing"
)

// Whatever a server announces: what is accepted is within the file and begins
// where it was asked for.
func FuzzRange(f *testing.F) {
	f.Add("bytes 10-19/100", int64(10), int64(20), int64(10))
	f.Add("bytes 10-99/100", int64(10), int64(-1), int64(-1))
	f.Add("bytes 0-4611686018427387903/4611686018427387903", int64(0), int64(9), int64(9))
	f.Add("bytes */100", int64(0), int64(1), int64(1))
	f.Fuzz(func(t *testing.T, text string, from, to, length int64) {
		if from < 0 {
			return
		}
		s := &source{host: "host"}
		response := &http.Response{StatusCode: http.StatusPartialContent, Header: http.Header{"Content-Range": {text}}, ContentLength: length}
		a, err := s.read(response, span{from, to})
		if err != nil {
			return
		}
		if a.from != from || a.to <= a.from || a.to > a.Size || to >= 0 && a.to > to || length >= 0 && length != a.to-a.from {
			t.Errorf("%q for bytes from %d to %d with %d: %+v", text, from, to, length, a)
		}
	})
}
