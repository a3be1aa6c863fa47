//go:build unix

package nb

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Stopping a cell that trains ends its line and the program.
func TestInterruptEndsTheBar(t *testing.T) {
	c := startCell(t, "endless")
	select {
	case <-c.more: // the line is there
	case <-time.After(20 * time.Second):
		t.Fatal("no line appeared")
	}
	if err := c.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := c.wait(t, 20*time.Second); err == nil || err.Error() != "signal: interrupt" {
		t.Errorf("ended with %v, want an interruption", err)
	}
	saved := c.saved()
	if len(saved) != 1 {
		t.Fatalf("%d displays are left, want one line", len(saved))
	}
	line, _ := saved[0][protocol.MIMETextPlain].(string)
	if !strings.HasPrefix(line, "training: stopped after ") || !strings.HasSuffix(line, " of 1000000; error 0.5") {
		t.Errorf("the line that is left is %q", line)
	}
}
