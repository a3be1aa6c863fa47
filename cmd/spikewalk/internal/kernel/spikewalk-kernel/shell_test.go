package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/go-cmp/cmp"
)

const testKey = "secret"

// written is a message as Jupyter's clients write it.
func written(t *testing.T, id, kind, parent, content string) message {
	t.Helper()
	parts := [][]byte{
		fmt.Appendf(nil, `{"msg_id":%q,"msg_type":%q}`, id, kind),
		fmt.Appendf(nil, `{"msg_id":%q}`, parent), []byte(`{}`), []byte(content),
	}
	return append(message{delimiter, signature(parts)}, parts...)
}

func signature(parts [][]byte) []byte {
	mac := hmac.New(sha256.New, []byte(testKey))
	for _, p := range parts {
		mac.Write(p)
	}
	return []byte(hex.EncodeToString(mac.Sum(nil)))
}

// gonb answers as GoNB does, once the gate is open: every cell is run, one after the
// other, and fails if its code says so. It returns what it was asked to run.
func gonb(t *testing.T, ctx context.Context, address string, gate <-chan struct{}) func() []string {
	t.Helper()
	router := zmq4.NewRouter(ctx)
	t.Cleanup(func() { router.Close() })
	if err := router.Listen(address); err != nil {
		t.Fatal(err)
	}
	ran := make(chan string, 100)
	go func() {
		for {
			m, err := router.Recv()
			if err != nil {
				return
			}
			got := message(m.Frames)
			at := got.delimiter()
			if string(got[at+1]) != string(signature(got[at+2:])) {
				ran <- "badly signed"
			}
			kind, content := "other_reply", `{"status":"ok"}`
			if got.header().Type == "execute_request" {
				var c struct{ Code string }
				_ = json.Unmarshal(got.part(3), &c)
				<-gate
				if ran <- c.Code; c.Code == "fails" {
					content = `{"status":"error"}`
				}
				kind = "execute_reply"
			}
			send(router, append(append(message{}, got[:at]...), written(t, "r", kind, got.header().ID, content)...))
		}
	}()
	return func() (list []string) {
		for len(ran) > 0 {
			list = append(list, <-ran)
		}
		return list
	}
}

// newClient puts a shell between a client and a GoNB.
func newClient(t *testing.T, gate <-chan struct{}) (s *shell, client zmq4.Socket, ran func() []string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	port, err := freePort("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "kernel-0a.json")
	if err := os.WriteFile(file, fmt.Appendf(nil, `{"shell_port":%d,"ip":"127.0.0.1","key":%q,"transport":"tcp","hb_port":7}`, port, testKey), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = interpose(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	starts, started, ports := 0, make(chan func() []string, 1), map[any]bool{}
	go s.serve(ctx, t.TempDir(), func(path string) error {
		text, err := os.ReadFile(path)
		var c map[string]any
		if err != nil || json.Unmarshal(text, &c) != nil || c["hb_port"] != 7.0 || c["shell_port"] == float64(port) || filepath.Base(path) != "kernel-0a.json" {
			t.Errorf("GoNB's connection file %s is %s (%v)", path, text, err)
		}
		ports[c["shell_port"]] = true
		if starts++; starts < attempts {
			return errors.New("the port is taken") // as GoNB ends then
		}
		if len(ports) < 2 {
			t.Errorf("the ports are %v, want others after one was taken", ports)
		}
		started <- gonb(t, ctx, s.address(int(c["shell_port"].(float64))), gate)
		<-ctx.Done()
		return ctx.Err()
	})
	ran = <-started
	client = zmq4.NewDealer(ctx, zmq4.WithID(zmq4.SocketIdentity("me")), zmq4.WithDialerMaxRetries(-1))
	t.Cleanup(func() { client.Close() })
	if err := client.Dial(s.address(port)); err != nil {
		t.Fatal(err)
	}
	return s, client, ran
}

// replies reads so many replies: which request they are for, and their status.
func replies(t *testing.T, client zmq4.Socket, n int) (list []string) {
	t.Helper()
	for range n {
		m, err := client.Recv()
		if err != nil {
			t.Fatal(err)
		}
		got := message(m.Frames)
		if at := got.delimiter(); string(got[at+1]) != string(signature(got[at+2:])) {
			t.Errorf("badly signed: %s", got)
		}
		var c struct{ Status string }
		_ = json.Unmarshal(got.part(3), &c)
		list = append(list, got.parent().ID+" "+c.Status)
	}
	return list
}

func TestCellsBehindAFailureAreRefused(t *testing.T) {
	gate := make(chan struct{})
	s, client, ran := newClient(t, gate)
	ask := func(id, code, more string) {
		send(client, written(t, id, "execute_request", "", fmt.Sprintf(`{"code":%q%s}`, code, more)))
	}
	ask("1", "good", "")
	ask("2", "fails", "")
	ask("3", "good", "")
	ask("4", "fails", "")
	for waiting := 0; waiting < 4; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		waiting = len(s.queue)
		s.mu.Unlock()
	}
	close(gate)
	if d := cmp.Diff([]string{"1 ok", "2 error", "3 aborted", "4 aborted"}, replies(t, client, 4)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"good", "fails", "", ""}, ran()); d != "" {
		t.Error(d)
	}
	// What is asked for later is run, and what is not to stop does not.
	ask("5", "fails", `,"stop_on_error":false`)
	ask("6", "good", "")
	if d := cmp.Diff([]string{"5 error", "6 ok"}, replies(t, client, 2)); d != "" {
		t.Error(d)
	}
	send(client, written(t, "7", "kernel_info_request", "", `{}`))
	if d := cmp.Diff([]string{"7 ok"}, replies(t, client, 1)); d != "" {
		t.Error(d)
	}
}

// What somebody without the key sends to the port reaches nobody, holds no cell up, and
// ends nothing.
func TestForgedMessagesAreDropped(t *testing.T) {
	gate := make(chan struct{})
	close(gate)
	_, client, ran := newClient(t, gate)
	forged := written(t, "1", "execute_request", "", `{"code":"forged"}`)
	forged[1] = []byte("00")
	for _, m := range []message{
		forged, forged[:3], {delimiter}, {delimiter, nil, nil, nil, nil, nil}, {[]byte("nonsense")},
		append(message{delimiter, signature(forged[2:5])}, forged[2:5]...), // a part is missing
	} {
		send(client, m)
	}
	send(client, written(t, "2", "execute_request", "", `{"code":"good"}`))
	if d := cmp.Diff([]string{"2 ok"}, replies(t, client, 1)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"good"}, ran()); d != "" {
		t.Error(d)
	}
}

func TestConnectionFilesThatCannotBeRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kernel-0a.json")
	if _, err := interpose(t.Context(), file); err == nil {
		t.Error("a file that is not there was read")
	}
	if err := os.WriteFile(file, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := interpose(t.Context(), file); err == nil {
		t.Error("nonsense was read")
	}
}

func TestMessagesOfAnotherForm(t *testing.T) {
	for _, m := range []message{nil, {delimiter}, {[]byte("id"), delimiter, []byte("s"), []byte("nonsense")}} {
		if h := m.header(); h != (head{}) || m.part(3) != nil || m.genuine(nil) {
			t.Errorf("%q has the header %+v", m, h)
		}
	}
}
