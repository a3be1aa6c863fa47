//go:build unix

package nb

import (
	"bytes"
	"encoding/gob"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/janpfeifer/gonb/gonbui/protocol"
	"golang.org/x/sys/unix"
)

// cell is a program that runs as under GoNB: the test stands for the kernel,
// at the other end of its two pipes.
type cell struct {
	cmd  *exec.Cmd
	said bytes.Buffer // on standard error
	done chan error

	mu       sync.Mutex
	displays []*protocol.DisplayData
	more     chan struct{}
}

// startCell runs one of the cells of helper_test.go.
func startCell(t *testing.T, what string, env ...string) *cell {
	t.Helper()
	c := &cell{cmd: helper(what, env...), done: make(chan error, 1), more: make(chan struct{}, 100)}
	var pipes []*os.File
	for _, name := range []string{protocol.GONB_PIPE_ENV, protocol.GONB_PIPE_BACK_ENV} {
		path := filepath.Join(t.TempDir(), name)
		if err := unix.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		// For both directions, so that opening waits for nobody.
		pipe, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		pipes = append(pipes, pipe)
		c.cmd.Env = append(c.cmd.Env, name+"="+path)
	}
	c.cmd.Stderr = &c.said
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.listen(pipes[0], pipes[1])
	go func() {
		c.done <- c.cmd.Wait()
		for _, p := range pipes {
			p.Close()
		}
	}()
	t.Cleanup(func() { _ = c.cmd.Process.Kill() })
	return c
}

// listen takes what the program displays, and acknowledges.
func (c *cell) listen(from, to *os.File) {
	in, out := gob.NewDecoder(from), gob.NewEncoder(to)
	for {
		var d protocol.DisplayData
		if in.Decode(&d) != nil {
			return
		}
		if v, ok := d.Data[protocol.MIMECommValue].(protocol.CommValue); ok {
			_ = out.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: v.Value})
			continue
		}
		c.mu.Lock()
		c.displays = append(c.displays, &d)
		c.mu.Unlock()
		c.more <- struct{}{}
	}
}

// wait returns how the program ended.
func (c *cell) wait(t *testing.T, limit time.Duration) error {
	t.Helper()
	select {
	case err := <-c.done:
		return err
	case <-time.After(limit):
		t.Fatalf("the cell did not end within %v", limit)
		return nil
	}
}

// all are all displays so far, also those that were replaced.
func (c *cell) all() []*protocol.DisplayData {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]*protocol.DisplayData(nil), c.displays...)
}

// saved is what a saved notebook holds: of each display its last state.
func (c *cell) saved() []map[protocol.MIMEType]any {
	var out []map[protocol.MIMEType]any
	place := map[string]int{}
	for _, d := range c.all() {
		if k, ok := place[d.DisplayID]; ok && d.DisplayID != "" {
			out[k] = d.Data
			continue
		}
		place[d.DisplayID] = len(out)
		out = append(out, d.Data)
	}
	return out
}

// html waits for the first display that has a page.
func (c *cell) html(t *testing.T) string {
	t.Helper()
	for limit := time.After(20 * time.Second); ; {
		for _, d := range c.all() {
			if page, ok := d.Data[protocol.MIMETextHTML].(string); ok {
				return page
			}
		}
		select {
		case <-c.more:
		case err := <-c.done:
			t.Fatalf("the cell ended with %v and no page: %s", err, c.said.String())
		case <-limit:
			t.Fatal("no page appeared")
		}
	}
}
