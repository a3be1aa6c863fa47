package data

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestCacheDir(t *testing.T) {
	t.Setenv(cacheVariable, "some/where")
	if dir, err := CacheDir(); err != nil || !filepath.IsAbs(dir) || !strings.HasSuffix(filepath.ToSlash(dir), "some/where") {
		t.Errorf("%s, %v", dir, err)
	}
	t.Setenv(cacheVariable, "")
	user, err := os.UserCacheDir()
	if err != nil {
		t.Skip("no folder of the user's here")
	}
	if dir, err := CacheDir(); err != nil || dir != filepath.Join(user, "spikewalk") {
		t.Errorf("%s, %v", dir, err)
	}
	if runtime.GOOS == "linux" {
		t.Setenv("XDG_CACHE_HOME", "")
		t.Setenv("HOME", "")
		_, err := CacheDir()
		wantError(t, err, "SPIKEWALK_CACHE")
	}
}
