package main

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// run runs the real go in our place. A signal that asks this program to end
// ends the real one, and this one after it.
func run(goPath string, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := exec.CommandContext(ctx, goPath, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}
