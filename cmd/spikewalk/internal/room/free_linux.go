package room

import "golang.org/x/sys/unix"

// free is the room that a folder's disk has for this user.
func free(folder string) (disk, bytes uint64, ok bool) {
	var fs unix.Statfs_t
	var stat unix.Stat_t
	if unix.Statfs(folder, &fs) != nil || unix.Stat(folder, &stat) != nil {
		return 0, 0, false
	}
	return uint64(stat.Dev), fs.Bavail * uint64(fs.Bsize), true
}
