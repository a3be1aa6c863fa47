//go:build !linux

package nb

// stdoutPending cannot look into the pipe here; the pause that follows in
// awaitStdout has to do.
func stdoutPending() bool { return false }
