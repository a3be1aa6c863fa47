//go:build linux

package sweep

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestMain is the program of a task, where it is started for one.
func TestMain(m *testing.M) {
	folder := os.Getenv(taskFolderEnv)
	var err error
	switch os.Getenv(taskEnv) {
	case "":
		testkit.Main(m)
	case "hard":
		_, err = Run(context.Background(), hard(folder), Local{Folder: folder})
	case "easy":
		_, err = Run(context.Background(), easy(20), Local{Folder: folder})
	case "slow":
		_, err = Run(context.Background(), slow(20), Local{Folder: folder})
	case "trivial":
		_, err = Run(context.Background(), trivial(1000), Local{Folder: folder})
	}
	fmt.Fprintln(os.Stderr, "the task went on:", err)
	os.Exit(3)
}

type answer struct{ Y float64 }

// simple is a config of which nothing evil comes.
type simple struct {
	X        float64
	Duration time.Duration
	Seed     uint64
}

func numbers(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	return x
}

func easy(n int) Sweep[simple, answer] {
	return Sweep[simple, answer]{
		Name: "easy", Version: "test", Base: simple{Duration: 50 * time.Millisecond},
		Plan: Grid(Values("X", numbers(n/2)...)).Seeds(2),
		Run: func(_ context.Context, c simple) (answer, error) {
			time.Sleep(c.Duration)
			return answer{c.X / float64(c.Seed)}, nil
		},
		Needs: func(simple) Needs { return Needs{Memory: 50 << 20} },
	}
}

func slow(n int) Sweep[simple, answer] {
	s := easy(n)
	s.Name, s.Base.Duration = "slow", time.Second
	return s
}

func trivial(n int) Sweep[simple, answer] {
	s := easy(n)
	s.Name, s.Base.Duration = "trivial", 0
	return s
}

// trouble is a config whose row meets with something the first time.
type trouble struct {
	simple
	Folder string // where it is noted that it was met
}

// hard is a sweep of 200 rows, of which some kill their task, wait for its end, find a
// full disk, or fail.
func hard(folder string) Sweep[trouble, answer] {
	s := Sweep[trouble, answer]{
		Name: "hard", Version: "test", Base: trouble{Folder: filepath.Dir(folder)},
		Plan:  Grid(Values("X", numbers(40)...)).Seeds(5),
		Needs: func(trouble) Needs { return Needs{Memory: 50 << 20} },
	}
	s.Base.Duration = 5 * time.Millisecond
	s.Run = func(ctx context.Context, c trouble) (answer, error) { return c.meet(ctx, folder) }
	return s
}

// first tells whether something is met for the first time.
func (c trouble) first(what string) bool {
	f, err := os.OpenFile(filepath.Join(c.Folder, what), os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

func (c trouble) meet(ctx context.Context, folder string) (answer, error) {
	time.Sleep(c.Duration)
	switch {
	case os.Getenv(taskEnv) == "": // here nothing happens
	case c.X == 7 && c.Seed == 3 && c.first("killed"):
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case c.X == 15 && c.Seed == 1 && c.first("full"):
		if err := fillDisk(filepath.Join(folder, "rows", "0000")); err != nil {
			return answer{}, err
		}
	case c.X == 21 && c.Seed == 2 && c.first("late"):
		<-ctx.Done() // until the task is told that its time is up
		return answer{}, ctx.Err()
	}
	if c.X == 30 {
		return answer{}, fmt.Errorf("seed %d diverged", c.Seed)
	}
	return answer{c.X * c.X / float64(c.Seed)}, nil
}

// fillDisk makes a folder one on a disk without a free byte, for the calling
// goroutine alone.
func fillDisk(folder string) error {
	runtime.LockOSThread() // the thread goes with the goroutine
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := syscall.Unshare(syscall.CLONE_FS | syscall.CLONE_NEWNS); err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=4k"); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "all"), make([]byte, 4096), 0o644)
}
