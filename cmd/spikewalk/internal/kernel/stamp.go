package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/trust"
	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// stamp says of what the programs were built, and what was built. It lies in a
// folder that only the user can write to, and programs are run only if they are those
// that it says.
type stamp struct {
	Key string
	// Sums are the programs' SHA-256 by their names.
	Sums map[string]string
}

const stampMagic = "spikewalk programs 1\n"

func (s *Setup) stampPath() string { return filepath.Join(s.Bin(), ".built") }

// Built tells whether the programs were built before, if perhaps of other
// sources.
func (s *Setup) Built() bool { return exists(s.stampPath()) }

func (s *Setup) readStamp() (was stamp, err error) {
	text, err := kept.Read(s.stampPath(), stampMagic)
	if err != nil {
		return was, err
	}
	return was, json.Unmarshal(text, &was)
}

func (s *Setup) writeStamp(key string) error {
	is := stamp{Key: key, Sums: make(map[string]string)}
	for _, p := range programs {
		path := s.program(p)
		if err := os.Chmod(path, 0o700); err != nil {
			return err
		}
		sum, err := kept.FileSum(path)
		if err != nil {
			return err
		}
		is.Sums[p] = sum
	}
	text, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return kept.Write(s.stampPath(), stampMagic, scratch.Private, text)
}

// program is the path of a program.
func (s *Setup) program(name string) string {
	path, err := exec.LookPath(filepath.Join(s.Bin(), name)) // which knows the endings of programs
	if err != nil {
		return filepath.Join(s.Bin(), name)
	}
	return path
}

// complete tells whether all programs are there.
func (s *Setup) complete() bool {
	for _, p := range programs {
		if _, err := exec.LookPath(filepath.Join(s.Bin(), p)); err != nil {
			return false
		}
	}
	return true
}

// check says why the programs are not those that were built.
func (s *Setup) check(was stamp) error {
	if err := trust.Folder(s.Bin()); err != nil {
		return err
	}
	for _, p := range programs {
		path := s.program(p)
		if err := trust.File(path); err != nil {
			return err
		}
		if sum, err := kept.FileSum(path); err != nil || sum != was.Sums[p] {
			return errors.Join(err, fmt.Errorf("%s is not what was built", path))
		}
	}
	return nil
}

// Check says why the programs should not be run.
func (s *Setup) Check() error {
	was, err := s.readStamp()
	if err == nil {
		err = s.check(was)
	}
	if err != nil {
		return fmt.Errorf("the kernel's programs are not run: %w; spikewalk kernel install builds them again", err)
	}
	return nil
}

// own makes the folders from which programs are run the user's alone. What others
// could have changed is removed; it is made again.
func (s *Setup) own(say func(format string, args ...any)) error {
	if err := trust.Folder(s.Cache); err != nil {
		return fmt.Errorf("programs are not kept where others could change them: %w; set SPIKEWALK_CACHE to a folder of your own", err)
	}
	for _, name := range []string{"bin", "jupyter"} {
		folder := filepath.Join(s.Cache, name)
		err := trust.Folder(folder)
		if err == nil {
			continue
		}
		say("%v: what is in it is made again.", err)
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("what others could have changed cannot be removed: %w", err)
		}
	}
	return nil
}
