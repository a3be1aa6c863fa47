package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// A shell stands between Jupyter and GoNB on the channel of requests. "Run all"
// sends all cells at once, and it is the kernel that has to refuse those behind one
// that failed; GoNB runs them. Here cells wait until the one before is done, and
// if that failed they are answered as aborted. All other messages pass.
type shell struct {
	front      zmq4.Socket // to Jupyter
	connection map[string]any
	name, ip   string // of the connection file, and where it says that channels are
	key        []byte

	back      zmq4.Socket // to GoNB
	connected bool

	mu    sync.Mutex
	queue []request // of cells; GoNB has the first
}

// request is one to execute a cell.
type request struct {
	message
	stopOnError, aborted bool
}

// interpose takes the shell channel's place in Jupyter's connection file; nil if
// its channels are files, between which nothing comes.
func interpose(ctx context.Context, connection string) (*shell, error) {
	text, err := os.ReadFile(connection)
	if err != nil {
		return nil, err
	}
	var c struct {
		IP, Transport, Key string
		Shell              int `json:"shell_port"`
	}
	s := &shell{name: filepath.Base(connection), front: zmq4.NewRouter(ctx)}
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, fmt.Errorf("the connection file of Jupyter cannot be read: %w", err)
	}
	if err := json.Unmarshal(text, &s.connection); err != nil {
		return nil, err
	}
	if c.Transport != "" && c.Transport != "tcp" {
		return nil, nil
	}
	s.ip, s.key = c.IP, []byte(c.Key)
	if err := s.front.Listen(s.address(c.Shell)); err != nil {
		return nil, fmt.Errorf("the kernel's port cannot be used: %w", err)
	}
	return s, nil
}

func (s *shell) address(port int) string { return fmt.Sprintf("tcp://%s:%d", s.ip, port) }

// attempts are how often GoNB is started: between the choice of its port and its
// use another program may take it.
const attempts = 3

// serve runs GoNB with a connection file of its own in the folder, which has
// another port for the shell channel, and passes messages until it ends.
func (s *shell) serve(ctx context.Context, folder string, gonb func(connection string) error) (err error) {
	defer s.front.Close()
	for range attempts {
		if err = s.once(ctx, folder, gonb); err == nil || ctx.Err() != nil || s.isConnected() {
			break
		}
	}
	return err
}

func (s *shell) once(ctx context.Context, folder string, gonb func(connection string) error) error {
	port, err := s.freePort()
	if err != nil {
		return err
	}
	s.connection["shell_port"] = port
	text, err := json.Marshal(s.connection)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, s.name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	back := zmq4.NewDealer(ctx, zmq4.WithDialerRetry(50*time.Millisecond), zmq4.WithDialerMaxRetries(-1))
	defer back.Close()
	go s.run(back, s.address(port))
	return gonb(path)
}

func (s *shell) isConnected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connected
}

// freePort is a port that nobody listens on, and that none of the kernel's other
// channels is to have, which GoNB does not listen on yet.
func (s *shell) freePort() (int, error) {
	for {
		port, err := freePort(s.ip)
		if err != nil || !s.named(port) {
			return port, err
		}
	}
}

// named tells whether the connection file has the number.
func (s *shell) named(port int) bool {
	for _, v := range s.connection {
		if v == float64(port) || v == port {
			return true
		}
	}
	return false
}

func freePort(ip string) (int, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// run passes messages until the sockets' contexts end.
func (s *shell) run(back zmq4.Socket, address string) {
	if back.Dial(address) != nil {
		return // GoNB has ended before it listened
	}
	s.mu.Lock()
	s.back, s.connected = back, true
	s.mu.Unlock()
	go func() {
		for {
			m, err := back.Recv()
			if err != nil {
				return
			}
			s.answer(m.Frames)
		}
	}()
	for {
		m, err := s.front.Recv()
		if err != nil {
			return
		}
		s.ask(m.Frames)
	}
}

// ask takes a message from Jupyter. What anybody else on this machine sends to the
// port is left where it is: GoNB would not answer it, and cells wait for answers.
func (s *shell) ask(m message) {
	if !m.genuine(s.key) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.header().Type != "execute_request" {
		send(s.back, m)
		return
	}
	content := struct {
		StopOnError bool `json:"stop_on_error"`
	}{true}
	_ = json.Unmarshal(m.part(3), &content)
	s.queue = append(s.queue, request{message: m, stopOnError: content.StopOnError})
	if len(s.queue) == 1 {
		s.next()
	}
}

// nothing is the content of a request that does nothing: GoNB announces and answers
// in its stead one that is aborted.
const nothing = `{"code":"","silent":true,"store_history":false,"user_expressions":{},"allow_stdin":false,"stop_on_error":false}`

func (s *shell) next() {
	r := s.queue[0]
	if r.aborted {
		r.message = r.withContent([]byte(nothing), s.key)
	}
	send(s.back, r.message)
}

// answer takes a message from GoNB.
func (s *shell) answer(m message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.header().Type != "execute_reply" || len(s.queue) == 0 || m.parent().ID != s.queue[0].header().ID {
		send(s.front, m)
		return
	}
	var content struct{ Status string }
	_ = json.Unmarshal(m.part(3), &content)
	done := s.queue[0]
	s.queue = s.queue[1:]
	switch {
	case done.aborted:
		m = m.withContent([]byte(`{"status":"aborted"}`), s.key)
	case content.Status == "error" && done.stopOnError:
		for i := range s.queue {
			s.queue[i].aborted = true
		}
	}
	send(s.front, m)
	if len(s.queue) > 0 {
		s.next()
	}
}

// send may fail only where the other side is gone, which ends this program.
func send(to zmq4.Socket, m message) { _ = to.SendMulti(zmq4.NewMsgFrom(m...)) }
