package nb

import (
	"os"

	"golang.org/x/sys/unix"
)

// stdoutPending tells whether the pipe behind standard output still holds
// bytes that nobody has read.
func stdoutPending() bool {
	n, err := unix.IoctlGetInt(int(os.Stdout.Fd()), unix.TIOCINQ)
	return err == nil && n > 0
}
