package nb

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gofrs/flock"

	"github.com/spikewalk/spikewalk/internal/cache"
	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// MemoEnv names another folder for the memo; spikewalk notebooks --check sets
// it for the cells it runs, to begin with an empty one.
const MemoEnv = "SPIKEWALK_MEMO"

// MemoDir is the folder in which Memo keeps its results. It need not exist.
func MemoDir() (string, error) {
	if folder := os.Getenv(MemoEnv); folder != "" {
		return folder, nil
	}
	dir, err := cache.Dir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, cache.Memo), nil
}

const memoEnding = ".memo"

// ForgetMemo removes all results that Memo and Sweep keep, of all notebooks, and
// returns how many there were.
func ForgetMemo() (int, error) {
	folder, err := MemoDir()
	if err != nil {
		return 0, err
	}
	files, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		return 0, fmt.Errorf("the memo cannot be emptied: %w", err)
	}
	if err := forgetStates(folder); err != nil {
		return 0, fmt.Errorf("the memo cannot be emptied: %w", err)
	}
	scratch.Sweep(folder)
	forgot := 0
	for _, file := range files {
		if filepath.Ext(file.Name()) != memoEnding {
			continue
		}
		if err := os.Remove(filepath.Join(folder, file.Name())); err != nil && !os.IsNotExist(err) {
			return forgot, fmt.Errorf("the memo cannot be emptied: %w", err)
		}
		forgot++
	}
	sweeps := sideFolder(folder, cache.Sweeps)
	swept, _ := os.ReadDir(sweeps)
	if err := cache.Remove(sweeps); err != nil {
		return forgot, fmt.Errorf("the memo cannot be emptied: %w", err)
	}
	left, _ := os.ReadDir(sweeps) // which other programs compute
	return forgot + len(swept) - len(left), nil
}

// entry is one kept result on disk.
type entry struct {
	key      string
	path     string
	lockPath string
}

var unsafeInName = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

func newEntry(name, key string) (*entry, error) {
	folder, err := MemoDir()
	if err != nil {
		return nil, err
	}
	readable := unsafeInName.ReplaceAllString(name, "-")
	if len(readable) > 60 {
		readable = readable[:60]
	}
	file := readable + "-" + key[:24]
	return &entry{
		key:      key,
		path:     filepath.Join(folder, file+memoEnding),
		lockPath: filepath.Join(folder, cache.Locks, file+".lock"),
	}, nil
}

// lock makes this program the only one that computes the entry; waiting is
// called when another one is at it. The lock's empty file stays: removing it
// would let two programs hold locks on two files of one name.
func (e *entry) lock(waiting func()) (unlock func(), err error) {
	if err := scratch.Folder(filepath.Dir(e.lockPath), scratch.Private); err != nil {
		return nil, err
	}
	l := flock.New(e.lockPath)
	free, err := l.TryLock()
	if err == nil && !free {
		waiting()
		err = l.Lock()
	}
	if err != nil {
		return nil, err
	}
	return func() { _ = l.Close() }, nil
}

// memoMagic begins each file.
const memoMagic = "spikewalk memo 3\n"

func (e *entry) read() ([]byte, error) {
	payload, err := kept.Read(e.path, memoMagic)
	if err == nil {
		cache.Used(e.path)
	}
	return payload, err
}

// write keeps the result, and makes room for it; the caller holds the lock.
func (e *entry) write(payload []byte) error {
	// The folder may have vanished while the result was computed.
	folder := filepath.Dir(e.path)
	if err := scratch.Folder(folder, scratch.Private); err != nil {
		return err
	}
	if err := kept.Write(e.path, memoMagic, scratch.Private, payload); err != nil || os.Getenv(MemoEnv) != "" {
		return err
	}
	most, err := cache.Limit()
	if err == nil {
		cache.Trim(filepath.Dir(folder), most)
	}
	return err
}
