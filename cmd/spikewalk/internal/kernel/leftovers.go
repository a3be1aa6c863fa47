package kernel

import (
	"os"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

const (
	// FolderEnv is the environment variable that names the folder in which a
	// notebook is that is executed elsewhere: cells run there, and find the
	// module that is there.
	FolderEnv = "SPIKEWALK_NOTEBOOK_FOLDER"
	// RunningEnv is the variable in which all programs that work for a kernel
	// have the path of its temporary folder.
	RunningEnv = "SPIKEWALK_KERNEL"
)

// RemoveLeftovers removes the temporary folders of kernels that were killed, and
// ends the programs that worked for them.
func RemoveLeftovers() {
	scratch.Sweep(os.TempDir())
	process.EndHomeless(RunningEnv)
}
