package process

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// marked lists the running programs whose environment holds the mark.
func marked(mark string) (pids []int) {
	programs(func(proc string, environ [][]byte) {
		for _, variable := range environ {
			if string(variable) != mark {
				continue
			}
			if pid, err := strconv.Atoi(filepath.Base(proc)); err == nil {
				pids = append(pids, pid)
			}
		}
	})
	return pids
}

// homeless lists the folders, gone, that the variable names in the environments of
// running programs. It looks for a folder where the program sees it: one in a
// container has a disk of its own.
func homeless(variable string) (folders []string) {
	programs(func(proc string, environ [][]byte) {
		for _, v := range environ {
			folder, named := bytes.CutPrefix(v, []byte(variable+"="))
			if !named {
				continue
			}
			_, err := os.Stat(filepath.Join(proc, "root", string(folder)))
			if _, alive := os.Stat(proc); errors.Is(err, fs.ErrNotExist) && alive == nil {
				folders = append(folders, string(folder))
			}
		}
	})
	return folders
}

// programs calls visit with the folder in /proc and the environment of each running
// program. Those of others, and those that ended meanwhile, cannot be read.
func programs(visit func(proc string, environ [][]byte)) {
	procs, _ := filepath.Glob("/proc/[0-9]*")
	for _, proc := range procs {
		if environ, err := os.ReadFile(filepath.Join(proc, "environ")); err == nil {
			visit(proc, bytes.Split(environ, []byte{0}))
		}
	}
}
