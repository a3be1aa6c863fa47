package data

import "github.com/spikewalk/spikewalk/internal/cache"

// FolderEnv is the environment variable that names a folder with the user's own
// recordings. With [Nowhere] in it there are no recordings, from the cache or the
// network either, as on a new machine without a network.
const (
	FolderEnv = "SPIKEWALK_DATA"
	Nowhere   = "none"
)

// The environment that decides where files are.
const (
	dataVariable  = FolderEnv
	cacheVariable = cache.Env
)

// CacheDir returns the absolute path of the one folder for all that spikewalk
// keeps on a user's disk: SPIKEWALK_CACHE if that is set, else "spikewalk" in
// [os.UserCacheDir]. Recordings lie in its sub-folder "data" until they are deleted;
// results of notebooks and blocks of remote files take 20 GB of it at most, or the
// megabytes that SPIKEWALK_CACHE_MB says, and those used least recently go first. The
// folder need not exist yet.
func CacheDir() (string, error) { return cache.Dir() }
