package nonsense

import (
	"syscall"
	"time"
)

// limitMemory has the system end this program before it takes the machine's
// memory, in case it asks for all of it at once.
func limitMemory(bytes uint64) {
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes})
}

// worked is the time for which processors were busy with this program.
func worked() time.Duration {
	var use syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &use)
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
