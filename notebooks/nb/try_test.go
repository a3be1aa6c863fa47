//go:build unix

package nb

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/player"
)

// onlyImage returns the image of a display that must hold nothing but it and
// what tells of it.
func onlyImage(t *testing.T, saved []map[protocol.MIMEType]any) []byte {
	t.Helper()
	last := len(saved) - 1
	if last < 0 {
		t.Fatal("nothing was displayed")
	}
	for _, line := range saved[:last] { // of Progress
		if _, ok := line[player.ProgressMIME].(string); !ok || line[protocol.MIMETextPlain] == nil || len(line) != 2 {
			t.Errorf("an output before the figure holds %v", line)
		}
	}
	image, ok := saved[last][protocol.MIMEImagePNG].([]byte)
	if _, told := saved[last][player.MIME].(string); !ok || !told || len(saved[last]) != 2 {
		t.Fatalf("the last output holds more than an image, or none: %d kinds", len(saved[last]))
	}
	return image
}

// shownBy runs a cell to its end and returns its image.
func shownBy(t *testing.T, what string, env ...string) []byte {
	t.Helper()
	c := startCell(t, what, env...)
	if err := c.wait(t, time.Minute); err != nil {
		t.Fatalf("%s ended with %v: %s", what, err, c.said.String())
	}
	return onlyImage(t, c.saved())
}

// Without a reader there are a picture and all frames, no page and no progress,
// and Try is Play.
func TestHeadlessFigures(t *testing.T) {
	bundle := func(what string) map[protocol.MIMEType]any {
		c := startCell(t, what, HeadlessEnv+"=1")
		if err := c.wait(t, time.Minute); err != nil {
			t.Fatalf("%s: %v: %s", what, err, c.said.String())
		}
		if n := len(c.all()); n != 1 {
			t.Errorf("%s displays %d outputs, want a figure alone", what, n)
		}
		onlyImage(t, c.saved())
		return c.saved()[0]
	}
	played := bundle("play")
	if d := cmp.Diff(played, bundle("try fits")); d != "" {
		t.Errorf("Try shows another figure than Play: %.500s", d)
	}
	f, err := player.Decode(played[player.MIME].(string))
	if err != nil {
		t.Fatal(err)
	}
	if f.Kind != player.Play || len(f.Frames) != 8 || !strings.Contains(f.Alt, "gain = 0.5 sine") || !strings.HasPrefix(f.Alt, "shape = sine.") {
		t.Errorf("the figure to play is %s with %d frames, %q", f.Kind, len(f.Frames), f.Alt)
	}
	if f, err := player.Decode(bundle("turn")[player.MIME].(string)); err != nil || f.Kind != player.Turn {
		t.Errorf("the figure to turn: %v", err)
	}
	for what, want := range map[string][]map[protocol.MIMEType]any{
		"live":   nil,
		"warned": {{protocol.MIMETextPlain: "warning: test: silent; more gain (docs/my-network-does-not-learn.md)"}},
	} {
		c := startCell(t, what, HeadlessEnv+"=1")
		if err := c.wait(t, time.Minute); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, c.saved()); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
}

// With one, the figure stays an image for those who take the page away.
func TestPlayAndTurnBringBoth(t *testing.T) {
	for _, what := range []string{"play", "play slowly", "turn"} {
		c := startCell(t, what)
		if err := c.wait(t, time.Minute); err != nil {
			t.Fatalf("%v: %s", err, c.said.String())
		}
		saved := c.saved()
		if len(saved) != 1 || saved[0][protocol.MIMEImagePNG] == nil || saved[0][protocol.MIMETextHTML] == nil || saved[0][player.MIME] == nil {
			t.Errorf("%s left %d outputs", what, len(saved))
		}
		// On a busy machine any figure to play may be drawn slowly.
		if n := len(c.all()); n > 2 || n == 2 && what == "turn" || n == 1 && what == "play slowly" {
			t.Errorf("%s displayed %d times", what, n)
		}
	}
	c := startCell(t, "play fails")
	if err := c.wait(t, time.Minute); err == nil {
		t.Error("a setting that cannot be drawn went unnoticed")
	}
	if got, want := c.said.String(), "nb.Play(\"wave\"): at gain = 3, shape = sine: the training diverged\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

// A run leaves its last line, whatever it showed meanwhile.
func TestLiveLeavesOneLine(t *testing.T) {
	c := startCell(t, "live")
	if err := c.wait(t, time.Minute); err != nil {
		t.Fatalf("%v: %s", err, c.said.String())
	}
	want := []map[protocol.MIMEType]any{{protocol.MIMETextPlain: "training: 40 of 40, done; error 0.025", player.ProgressMIME: "1"}}
	if d := cmp.Diff(want, c.saved()); d != "" {
		t.Error(d)
	}
	figures := 0
	for _, d := range c.all() {
		if page, ok := d.Data[protocol.MIMETextHTML].(string); ok {
			figures++
			if !strings.HasPrefix(page, `<div class="spikewalk-live"`) || !strings.HasSuffix(strings.TrimSpace(page), "</svg></div>") || strings.Contains(page, "script") {
				t.Errorf("the page is %.80s…", page)
			}
		}
	}
	if figures < 1 || figures > 4 {
		t.Errorf("%d figures in 0.8 s, want about 3", figures)
	}
}

// Where no browser answers Try ends by itself, and leaves nothing behind of
// the attempt.
func TestTryWithoutBrowser(t *testing.T) {
	begun := time.Now()
	got := shownBy(t, "try alone")
	// Not the minute for which it waits for a reader.
	if d := time.Since(begun); d > 30*time.Second {
		t.Errorf("it took %v", d)
	}
	if !bytes.Equal(got, shownBy(t, "show")) {
		t.Error("another figure than that at the start is left")
	}
}

// browser asks a cell as the script does.
type browser struct {
	t    *testing.T
	base string
}

// browse finds the address in the page of a Try.
func browse(t *testing.T, c *cell) browser {
	t.Helper()
	scripts, _ := parts(t, c.html(t))
	var told tryData
	packed, err := base64.StdEncoding.DecodeString(scripts[0])
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(r).Decode(&told); err != nil {
		t.Fatal(err)
	}
	return browser{t, fmt.Sprintf("http://127.0.0.1:%d/%s/", told.Port, told.Token)}
}

func (b browser) get(what string) (int, string) {
	b.t.Helper()
	r, err := http.Get(b.base + what)
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func (b browser) status() (s status) {
	b.t.Helper()
	_, body := b.get("status")
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		b.t.Fatal(err)
	}
	return s
}

func TestTry(t *testing.T) {
	c := startCell(t, "try")
	b := browse(t, c)
	if code, body := b.get("hello"); code != 200 || body != dot {
		t.Fatalf("%d %s", code, body)
	}
	_, want, err := wave(settingAt(waveControls(), 5)).Frame()
	if err != nil {
		t.Fatal(err)
	}
	if code, body := b.get("draw?setting=5"); code != 200 || body != want {
		t.Errorf("%d %.100s", code, body)
	}
	if s := b.status(); s.Text != "training: 3 of 3, done; error 0.1" || s.Done != s.Total || s.Error != "" {
		t.Errorf("the status is %+v", s)
	}
	// A setting that fails says so, and the reader goes on.
	if code, body := b.get("draw?setting=6"); code != 500 || !strings.Contains(body, "at gain = 3, shape = sine: the training diverged") {
		t.Errorf("%d %s", code, body)
	}
	if s := b.status(); s.Error != "at gain = 3, shape = sine: the training diverged" {
		t.Errorf("the status is %+v", s)
	}
	for _, n := range []string{"8", "-1", "x", ""} {
		if code, _ := b.get("draw?setting=" + n); code != 400 {
			t.Errorf("setting %q: %d", n, code)
		}
	}
	stranger := browser{t, b.base[:len(b.base)-2] + "x/"}
	if code, body := stranger.get("hello"); code != 404 {
		t.Errorf("a stranger is answered: %d %s", code, body)
	}
	b.get("done")
	if err := c.wait(t, time.Minute); err != nil {
		t.Fatalf("%v: %s", err, c.said.String())
	}
	if !bytes.Equal(onlyImage(t, c.saved()), shownBy(t, "show square")) {
		t.Error("the figure that is left is not the last one chosen")
	}
	// The lines of the runs in it went to the page, but for the first.
	if n := len(c.saved()); n != 2 {
		t.Errorf("%d outputs are left, want a line and a figure", n)
	}
}

// Nobody is answered who does not know the token, and no page from elsewhere though
// it does.
func TestTryAnswersNobodyElse(t *testing.T) {
	s, err := newTryServer(waveControls())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if len(s.token) < 22 { // base 32: 110 bits
		t.Errorf("the token %s is short", s.token)
	}
	address := fmt.Sprintf("127.0.0.1:%d", s.port)
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, host, origin, body string) *http.Response {
		r, err := http.NewRequest(method, "http://"+address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	defer http.DefaultClient.CloseIdleConnections()
	hello := "/" + s.token + "/hello"
	for _, c := range []struct {
		method, path, host, origin, body string
		want                             int
	}{
		{"GET", hello, address, "", "", 200},
		{"GET", hello, "localhost:1", "http://localhost:8888", "", 200},
		{"GET", hello, "[::1]:1", "http://127.0.0.1:8888", "", 200},
		{"GET", hello, host + ":8888", "http://" + host + ":8888", "", 200},
		{"GET", hello, address, "vscode-webview://1a2b", "", 200},
		{"GET", hello, address, "https://1a2b.vscode-cdn.net", "", 200},
		{"GET", hello, "evil.example", "", "", 403}, // its name leads here now
		{"GET", hello, "127.0.0.1.evil.example", "", "", 403},
		{"GET", hello, "localhost.evil.example:8888", "", "", 403},
		{"GET", hello, host + ".evil.example", "", "", 403},
		{"GET", hello, address, "https://evil.example", "", 403},
		{"GET", hello, address, "http://8.8.8.8", "", 403},
		{"GET", hello, address, "https://evilvscode-cdn.net", "", 403},
		{"GET", hello, address, "http://a.vscode-cdn.net", "", 403},
		{"GET", hello, address, "null", "", 403},
		{"GET", hello, address, "", "a body", 413},
		{"POST", hello, address, "", "", 405},
		{"GET", "/" + s.token[1:] + "/hello", address, "", "", 404},
		{"GET", "/" + s.token + "x/hello", address, "", "", 404},
		{"GET", "//hello", address, "", "", 404},
		{"GET", "/hello", address, "", "", 404},
		{"GET", "/", address, "", "", 404},
	} {
		got := ask(c.method, c.path, c.host, c.origin, c.body)
		if got.StatusCode != c.want {
			t.Errorf("%+v: %d", c, got.StatusCode)
		}
		allowed := got.Header.Get("Access-Control-Allow-Origin")
		if want := c.origin; c.want == 200 && allowed != want || c.want != 200 && allowed != "" {
			t.Errorf("%+v: pages of %q may read it", c, allowed)
		}
	}
	t.Setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/a/")
	if got := ask("GET", hello, "hub.example", "", ""); got.StatusCode != 200 {
		t.Errorf("through a hub: %d", got.StatusCode)
	}
}

// Whoever connects and says nothing is not waited for, and a drawing may take longer
// than a question.
func TestTryIsPatientWithDrawingsOnly(t *testing.T) {
	s, err := newTryServer(waveControls())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if s.http.ReadTimeout <= 0 || s.http.IdleTimeout <= 0 || s.http.MaxHeaderBytes <= 0 {
		t.Error("the server waits for ever")
	}
	go func() {
		ask := <-s.requests
		time.Sleep(300 * time.Millisecond)
		ask.reply <- answer{kind: "image/png", body: []byte("drawn")}
	}()
	hasty := httptest.NewUnstartedServer(s.http.Handler)
	hasty.Config.ReadTimeout = 100 * time.Millisecond
	hasty.Start()
	defer hasty.Close()
	r, err := http.Get(hasty.URL + "/" + s.token + "/draw?setting=1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if body, err := io.ReadAll(r.Body); err != nil || string(body) != "drawn" {
		t.Errorf("%d %q %v", r.StatusCode, body, err)
	}
}

// A reader who leaves is not waited for.
func TestTryEndsUntouched(t *testing.T) {
	c := startCell(t, "try left")
	browse(t, c).get("hello")
	if err := c.wait(t, time.Minute); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(onlyImage(t, c.saved()), shownBy(t, "show")) {
		t.Error("another figure than that at the start is left")
	}
}

// Stopping the cell leaves the last figure, and stops the cell.
func TestTryInterrupted(t *testing.T) {
	c := startCell(t, "try")
	b := browse(t, c)
	b.get("hello")
	b.get("draw?setting=5")
	b.get("draw?setting=7") // fails; when it has answered, the one before is kept
	begun := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := c.wait(t, time.Minute)
	if err == nil || err.Error() != "signal: interrupt" {
		t.Errorf("ended with %v, want an interruption", err)
	}
	if d := time.Since(begun); d > 5*time.Second {
		t.Errorf("it took %v to end", d)
	}
	if !bytes.Equal(onlyImage(t, c.saved()), shownBy(t, "show square")) {
		t.Error("the figure that is left is not the last one chosen")
	}
}
