package testkit

import (
	"bytes"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// folderEnv names the folder on which the disk is to be mounted.
const folderEnv = "SPIKEWALK_TEST_DISK"

// SmallDisk runs the calling test, which must be a function of its own, once more
// in another program. That one alone sees an empty disk of 64 kB in the folder
// that SmallDisk returns to it; the disk goes with it. To the test itself it
// returns "", which then has nothing more to do. Where programs may not mount
// disks for themselves the test is skipped.
func SmallDisk(t *testing.T) (folder string) {
	t.Helper()
	if folder := os.Getenv(folderEnv); folder != "" {
		if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k,mode=0700"); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), folderEnv+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	switch {
	case !bytes.Contains(out, []byte("=== RUN")) && All():
		t.Fatalf("no program here may have a disk of its own: %v", err)
	case !bytes.Contains(out, []byte("=== RUN")):
		t.Skipf("no program here may have a disk of its own: %v", err)
	case err != nil:
		t.Errorf("on a small disk: %v:\n%s", err, out)
	}
	return ""
}
