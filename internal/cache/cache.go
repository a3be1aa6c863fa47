// Package cache looks after the one folder in which everything lies that is kept
// on a user's disk: what is in it, how large it may grow, and what goes first.
//
// What comes by itself goes by itself: results of notebooks and blocks of remote
// files, those used least recently first. What somebody asked for, recordings and
// programs, stays until somebody removes it.
package cache

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
)

const (
	// Env names the folder, which is "spikewalk" in [os.UserCacheDir] otherwise.
	Env = "SPIKEWALK_CACHE"
	// LimitEnv says how many megabytes may take what goes by itself.
	LimitEnv = "SPIKEWALK_CACHE_MB"

	megabyte     = 1_000_000
	defaultLimit = 20_000 * megabyte
)

// The folders in the cache whose files go by themselves.
const (
	Memo   = "memo"
	Blocks = "blocks"
)

// The folders of what stays until it is cleared: sweeps, of which a part would be
// worth nothing, and the states of work until it has ended.
const (
	Sweeps      = "sweeps"
	Checkpoints = "checkpoints"
)

// Dir returns the absolute path of the folder, which need not exist.
func Dir() (string, error) {
	if dir := os.Getenv(Env); dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", Env, err)
		}
		return abs, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for files to keep: %w; set %s to one", err, Env)
	}
	return filepath.Join(dir, "spikewalk"), nil
}

// Limit returns how many bytes may take what goes by itself: 20 GB, or what
// [LimitEnv] says.
func Limit() (int64, error) {
	text := os.Getenv(LimitEnv)
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/megabyte {
		return 0, fmt.Errorf("%s=%q is no number of megabytes", LimitEnv, text)
	}
	return n * megabyte, nil
}
