// Package process runs other programs so that they end when we do.
package process

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

const (
	// grace is how long an interrupted program has to end by itself: a
	// notebook server shuts its kernels down.
	grace = 10 * time.Second
	// marker is an environment variable that all programs started by one
	// call of RunAndReap inherit. Jupyter gives its kernels sessions of their own,
	// so that neither a process group nor the tree of parents finds them
	// once something in between has died.
	marker = "SPIKEWALK_RUN"
)

// Run runs a program as exec.Cmd.Run does. When ctx ends, the program is asked
// to terminate, and killed if it does not within ten seconds; the error is then
// the context's cause.
func Run(ctx context.Context, cmd *exec.Cmd) error {
	isolate(cmd)
	// A stray program that holds our pipes must not make Wait wait for it.
	cmd.WaitDelay = 3 * time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	err := wait(ctx, cmd, done)
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil // it ended well; only its pipes are still held
	}
	return err
}

// RunAndReap is Run, and ends whatever the program started and left behind (on
// Linux; elsewhere that is left to the program). It is not for programs that
// start others for the user to keep, such as a browser.
func RunAndReap(ctx context.Context, cmd *exec.Cmd) error {
	mark := marker + "=" + rand.Text()
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(slices.Clone(cmd.Env), mark)
	defer reap(mark)
	return Run(ctx, cmd)
}

func wait(ctx context.Context, cmd *exec.Cmd, done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	terminate(cmd)
	select {
	case <-done:
	case <-time.After(grace):
		killGroup(cmd)
		<-done
	}
	return context.Cause(ctx)
}

// reap ends the programs that carry the mark: first they get a moment to end
// by themselves.
func reap(mark string) {
	if !gone(mark, 2*time.Second) {
		End(mark)
	}
}

// End ends the programs whose environment holds the mark, NAME=VALUE, and is not
// that of this program: they are asked to, and killed when two seconds have
// passed. It does so on Linux alone.
func End(mark string) {
	for _, step := range []func(pid int){askToEnd, kill} {
		for _, pid := range marked(mark) {
			step(pid)
		}
		if gone(mark, 2*time.Second) {
			return
		}
	}
}

// EndHomeless ends the programs in whose environment a variable names a folder
// that is gone. It does so on Linux alone.
func EndHomeless(variable string) {
	for _, folder := range homeless(variable) {
		End(variable + "=" + folder)
	}
}

// gone waits until no program carries the mark. One look is not enough: a
// program that is just being replaced by another (exec) shows no environment.
func gone(mark string, limit time.Duration) bool {
	const pause = 30 * time.Millisecond
	none := 0
	for start := time.Now(); time.Since(start) < limit; time.Sleep(pause) {
		if len(marked(mark)) > 0 {
			none = 0
		} else if none++; none == 3 {
			return true
		}
	}
	return false
}

// LastLines returns the last n lines of text that are not empty.
func LastLines(text string, n int) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimRight(line, " \t\r"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// Output runs a program and returns what it printed on both streams. An error
// names the program and carries its last lines.
func Output(ctx context.Context, cmd *exec.Cmd) (string, error) {
	var b strings.Builder
	cmd.Stdout, cmd.Stderr = &b, &b
	err := Run(ctx, cmd)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("%s: %w", strings.Join(append([]string{cmd.Path}, cmd.Args[1:]...), " "), err)
		if last := LastLines(b.String(), 5); last != "" {
			err = fmt.Errorf("%w:\n%s", err, last)
		}
	}
	return b.String(), err
}
