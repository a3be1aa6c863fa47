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
	front, back     zmq4.Socket // to Jupyter and to GoNB
	address, behind string      // where these are
	key             []byte

	mu    sync.Mutex
	queue []request // of cells; GoNB has the first
}

// request is one to execute a cell.
type request struct {
	message
	stopOnError, aborted bool
}

// interpose takes the shell channel's place in Jupyter's connection file. It returns
// the one for GoNB, of the same name in the folder, which has another port.
func interpose(ctx context.Context, connection, folder string) (*shell, string, error) {
	text, err := os.ReadFile(connection)
	if err != nil {
		return nil, "", err
	}
	var c struct {
		IP, Transport, Key string
		Shell              int `json:"shell_port"`
	}
	var all map[string]any
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, "", fmt.Errorf("the connection file of Jupyter cannot be read: %w", err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, "", err
	}
	if c.Transport != "" && c.Transport != "tcp" {
		return nil, connection, nil // files as channels: nothing comes between
	}
	port, err := freePort(c.IP)
	if err != nil {
		return nil, "", err
	}
	all["shell_port"] = port
	if text, err = json.Marshal(all); err != nil {
		return nil, "", err
	}
	path := filepath.Join(folder, filepath.Base(connection))
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, "", err
	}
	return &shell{
		front:   zmq4.NewRouter(ctx),
		back:    zmq4.NewDealer(ctx, zmq4.WithDialerRetry(50*time.Millisecond), zmq4.WithDialerMaxRetries(-1)),
		address: fmt.Sprintf("tcp://%s:%d", c.IP, c.Shell),
		behind:  fmt.Sprintf("tcp://%s:%d", c.IP, port),
		key:     []byte(c.Key),
	}, path, nil
}

func freePort(ip string) (int, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// run passes messages until the sockets' context ends.
func (s *shell) run() error {
	if err := s.front.Listen(s.address); err != nil {
		return fmt.Errorf("the kernel's port cannot be used: %w", err)
	}
	if err := s.back.Dial(s.behind); err != nil {
		return err
	}
	go func() {
		for {
			m, err := s.back.Recv()
			if err != nil {
				return
			}
			s.answer(m.Frames)
		}
	}()
	for {
		m, err := s.front.Recv()
		if err != nil {
			return nil
		}
		s.ask(m.Frames)
	}
}

// ask takes a message from Jupyter.
func (s *shell) ask(m message) {
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
