//go:build unix

package main

import (
	"os"
	"syscall"
)

// become replaces this program by the real go.
func become(goPath string, args []string) error {
	return syscall.Exec(goPath, append([]string{"go"}, args...), os.Environ())
}
