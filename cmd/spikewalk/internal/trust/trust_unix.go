//go:build unix

package trust

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// nobody owns, in a container, what belongs to the machine around it.
const nobody = 65534

// ours says why somebody else can change a file or a folder; below is what in it
// matters.
func ours(path string, info, below fs.FileInfo) error {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	if err := owned(path, info); err != nil {
		return err
	}
	const group, others = 0o020, 0o002
	me, mode := uint32(os.Geteuid()), info.Mode()
	// Of a group that has the user's own number he is the only member.
	own := s.Uid == me && s.Gid == s.Uid || s.Gid == 0
	if mode.Perm()&others == 0 && (mode.Perm()&group == 0 || own) {
		return nil
	}
	// In a folder such as /tmp everybody may make things, and remove his own.
	if mode&fs.ModeSticky != 0 && below != nil {
		return nil // whose owner was looked at before
	}
	return fmt.Errorf("others can write to %s", path)
}

// owned says if a file, a folder or a link is another user's.
func owned(path string, info fs.FileInfo) error {
	s, ok := info.Sys().(*syscall.Stat_t)
	if ok && s.Uid != uint32(os.Geteuid()) && s.Uid != 0 && s.Uid != nobody {
		return fmt.Errorf("%s belongs to another user (%d)", path, s.Uid)
	}
	return nil
}
