//go:build unix

package sweep

import (
	"os"
	"syscall"
)

// endings are the signals by which a cluster says that a task's time is up.
var endings = []os.Signal{syscall.SIGUSR1, syscall.SIGTERM, os.Interrupt}
