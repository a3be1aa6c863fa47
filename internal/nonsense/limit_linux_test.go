package nonsense

import "syscall"

// limitMemory has the system end this program before it takes the machine's
// memory, in case it asks for all of it at once.
func limitMemory(bytes uint64) {
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
