package nb

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/spikewalk/spikewalk/internal/player"
	"github.com/spikewalk/spikewalk/plotting"
)

// tryServer answers the controls of one figure of Try, on this machine only
// and only to those who know a token drawn by lot.
//
// It stands in for the channel that GoNB has from a page to a cell (package
// comms), which cannot be asked whether anybody is there. GoNB opens it by
// putting a script with the kernel's number into the notebook, where it stays
// if no browser answers; while none does it reads nothing more from the cell
// for 3 s at each message; a widget waits for its first word without end, which
// is why cells with widgets hang without a browser; and the page's end of it
// knows only servers at ws://HOST/api, neither encrypted ones nor those under a
// path, as Binder and JupyterHub have. A picture needs no channel, and a cell
// that hears nothing goes on.
type tryServer struct {
	port     int
	token    string
	controls []Control
	http     *http.Server
	hello    chan struct{}
	done     chan struct{}
	requests chan request
	status   *statusScreen
}

// request asks for the figure at a setting.
type request struct {
	at    Setting
	reply chan answer
}

// answer is a figure for the browser, or what is wrong with it.
type answer struct {
	kind  string // the content's type
	body  []byte
	wrong error
}

func newTryServer(controls []Control) (*tryServer, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &tryServer{
		port: listener.Addr().(*net.TCPAddr).Port, token: rand.Text(), controls: controls,
		hello: make(chan struct{}, 1), done: make(chan struct{}, 1), requests: make(chan request),
		status: &statusScreen{},
	}
	mux := http.NewServeMux()
	handle := func(what string, f http.HandlerFunc) {
		mux.HandleFunc("GET /{token}/"+what, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Cache-Control", "no-store")
			if s.admit(w, r) {
				f(w, r)
			}
		})
	}
	handle("hello", s.signal(s.hello))
	handle("done", s.signal(s.done))
	handle("draw", s.draw)
	handle("status", s.tellStatus)
	s.http = &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// dot is the smallest picture, for questions that need no other answer.
const dot = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`

// signal passes on that something was asked for.
func (s *tryServer) signal(to chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		select {
		case to <- struct{}{}:
		default:
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write([]byte(dot))
	}
}

// draw has a figure drawn, and waits for it.
func (s *tryServer) draw(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.URL.Query().Get("setting"))
	if err != nil || n < 0 || n >= combinations(s.controls) {
		http.Error(w, "there is no such setting", http.StatusBadRequest)
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a drawing may take minutes
	ask := request{settingAt(s.controls, n), make(chan answer, 1)}
	select {
	case s.requests <- ask:
	case <-r.Context().Done():
		return
	}
	select {
	case a := <-ask.reply:
		if a.wrong != nil {
			http.Error(w, a.wrong.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", a.kind)
		_, _ = w.Write(a.body)
	case <-r.Context().Done():
	}
}

func (s *tryServer) tellStatus(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s.status.state())
}

// serve answers until the reader is done, or nobody is there. Each figure that
// was shown goes to keep.
func (s *tryServer) serve(p patience, draw func(Setting) *plotting.Drawing, keep func(*plotting.Drawing) error) error {
	select {
	case <-s.hello:
	case <-time.After(p.hello):
		return nil
	}
	elsewhere.Store(s.status)
	defer elsewhere.Store(nil)
	for {
		select {
		case <-s.done:
			return nil
		case <-time.After(p.idle):
			return nil
		case ask := <-s.requests:
			s.status.begin()
			d, a := answerAt(draw, ask.at)
			s.status.end(a.wrong)
			ask.reply <- a
			if a.wrong == nil {
				if err := keep(d); err != nil {
					return err
				}
			}
		}
	}
}

// close ends all connections, but gives answers that are on their way a
// moment.
func (s *tryServer) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		_ = s.http.Close()
	}
}

// answerAt draws a figure for the browser.
func answerAt(draw func(Setting) *plotting.Drawing, at Setting) (*plotting.Drawing, answer) {
	d, err := drawAt(draw, at)
	settleBars()
	if err == nil {
		var f player.Frame
		var drawing string
		if f, drawing, err = d.Frame(); err == nil && drawing != "" {
			return d, answer{kind: "image/svg+xml", body: []byte(drawing)}
		}
		image, _ := base64.StdEncoding.DecodeString(f.PNG)
		if err == nil {
			return d, answer{kind: "image/png", body: image}
		}
	}
	return nil, answer{wrong: fmt.Errorf("at %v: %w", at, err)}
}
