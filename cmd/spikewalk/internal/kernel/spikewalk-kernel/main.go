// Command spikewalk-kernel is what our kernelspec starts: it runs GoNB for one
// notebook.
//
//	spikewalk-kernel CONNECTION-FILE MODULE
//
// GoNB by itself leaves gopls running and its folder behind where it is ended in
// other ways than Jupyter's own, writes its log among the messages of Jupyter,
// runs the cells that wait behind one that failed, and knows no module but the one
// that it is told. Here it gets a folder that goes with it, its log goes to a file,
// cells that wait behind a failure are refused, and they find, besides MODULE, the
// module or the workspace in whose folder the notebook is.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "spikewalk-kernel: Jupyter starts this program: spikewalk kernel install tells it how")
		os.Exit(2)
	}
	err := run(os.Args[1], os.Args[2])
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) { // GoNB has told why
		fmt.Fprintln(os.Stderr, "spikewalk-kernel:", err)
	}
	if err != nil {
		os.Exit(1)
	}
}

func run(connection, module string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	kernel.RemoveLeftovers()
	folder, remove, err := scratch.Temp()
	if err != nil {
		return fmt.Errorf("no temporary folder can be made: %w; set TMPDIR to one that can be written to", err)
	}
	defer remove()
	defer process.End(kernel.RunningEnv + "=" + folder)

	notebook, err := notebookFolder()
	if err != nil {
		return err
	}
	bin := filepath.Dir(self)
	ctx, stop := untilAskedToEnd()
	defer stop()
	setup, err := kernel.New(module, filepath.Dir(bin))
	if err != nil {
		return err
	}
	if err := setup.Check(); err != nil {
		return err
	}
	modules, err := setup.Around(ctx, notebook)
	if err != nil {
		fmt.Fprintln(os.Stderr, "spikewalk-kernel:", err)
	}
	gonb := func(connection string) error {
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "gonb"), "--kernel", connection,
			"-go_work="+strings.Join(modules, ","), "-raw_error=true",
			"-logtostderr=false", "-stderrthreshold=FATAL", "-extra_log="+logFile(filepath.Dir(bin)))
		cmd.Dir = notebook
		cmd.Env = append(os.Environ(), kernel.RunningEnv+"="+folder, "TMPDIR="+folder)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		process.EndWithParent(cmd)
		cmd.WaitDelay = 2 * time.Second // Jupyter kills kernels that take five
		return cmd.Run()
	}
	shell, err := interpose(ctx, connection)
	switch {
	case err != nil:
	case shell == nil:
		err = gonb(connection)
	default:
		err = shell.serve(ctx, folder, gonb)
	}
	if ctx.Err() != nil {
		return nil // it was asked to end, and did
	}
	return err
}

// logFile is GoNB's log, which all kernels share. It begins anew when it has
// grown.
func logFile(folder string) string {
	const limit = 1 << 20
	path := filepath.Join(folder, "gonb.log")
	if info, err := os.Stat(path); err == nil && info.Size() > limit {
		_ = os.Truncate(path, 0)
	}
	return path
}

// notebookFolder is where cells run: in the folder that the environment names, for
// a notebook that is executed elsewhere, or here.
func notebookFolder() (string, error) {
	if folder := os.Getenv(kernel.FolderEnv); folder != "" {
		return folder, nil
	}
	return os.Getwd()
}

// untilAskedToEnd returns a context that ends when this program is asked to end,
// and when the one that started it is gone. Jupyter interrupts cells by a message
// to GoNB: a ctrl-C in the terminal is meant for Jupyter.
func untilAskedToEnd() (context.Context, func()) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	ctx, cancel := context.WithCancel(ctx)
	parent := os.Getppid()
	go func() {
		for ctx.Err() == nil && os.Getppid() == parent {
			time.Sleep(500 * time.Millisecond)
		}
		cancel()
	}()
	return ctx, func() { cancel(); stop() }
}
