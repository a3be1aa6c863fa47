package process

import (
	"os/exec"
	"syscall"
)

// EndWithParent lets a program that is about to be started be asked to end when
// this one is gone, killed for instance. It does so on Linux alone.
func EndWithParent(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	// That of a thread, in fact; those of Go go on to the end.
	cmd.SysProcAttr.Pdeathsig = syscall.SIGTERM
}
