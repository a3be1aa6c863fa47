package data

import (
	"fmt"
	"os"
	"path/filepath"
)

// FolderEnv is the environment variable that names a folder with the user's own
// recordings. With [Nowhere] in it there are no recordings, from the cache or the
// network either, as on a new machine without a network.
const (
	FolderEnv = "SPIKEWALK_DATA"
	Nowhere   = "none"
)

// The environment that decides where files are.
const (
	dataVariable = FolderEnv
	// cacheVariable names the one folder for all we keep on a user's disk.
	cacheVariable = "SPIKEWALK_CACHE"
)

// CacheDir returns the absolute path of the one folder for all that spikewalk
// keeps on a user's disk: SPIKEWALK_CACHE if that is set, else "spikewalk" in
// [os.UserCacheDir]. Recordings lie in its sub-folder "data". The folder need
// not exist yet.
func CacheDir() (string, error) {
	if dir := os.Getenv(cacheVariable); dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", cacheVariable, err)
		}
		return abs, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for files to keep: %w; set %s to one", err, cacheVariable)
	}
	return filepath.Join(dir, "spikewalk"), nil
}
