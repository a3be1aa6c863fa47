package data

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/data/internal/remote"
	"github.com/spikewalk/spikewalk/internal/regular"
)

// store knows where recordings are looked for. The zero value is what users
// get; tests set the rest.
type store struct {
	address string        // published under it; empty: publisher
	client  remote.Client // how patient to be; zero: remote.Default
}

// file is a recording's content, found and verified.
type file struct {
	path    string
	content []byte
}

// get finds a recording in SPIKEWALK_DATA or in the cache, or downloads it into the
// cache.
func (s store) get(ctx context.Context, r listing, progress func(done, total int64)) (file, error) {
	if ctx == nil {
		return file{}, errNilContext
	}
	if err := ctx.Err(); err != nil {
		return file{}, err
	}
	if nowhere() {
		return file{}, &UnavailableError{Name: r.name, Address: s.url(r), Err: errNowhere}
	}
	found, looked, err := s.find(r)
	if err != nil || found.path != "" {
		return found, err
	}
	return s.download(ctx, r, looked, progress)
}

func nowhere() bool { return os.Getenv(dataVariable) == Nowhere }

var errNilContext = errors.New("data: the context is nil: context.Background() is the one that never ends")

var errNowhere = errors.New(dataVariable + " is " + Nowhere)

// find looks on this machine. It returns an empty path and where it looked if
// the recording is not there, and an error if it is there but wrong.
func (s store) find(r listing) (found file, looked []string, err error) {
	if nowhere() {
		return file{}, nil, nil
	}
	own, err := ownFiles(r)
	if err != nil {
		return file{}, nil, err
	}
	for _, path := range own {
		found, err = r.read(path, "put the published file there, or unset "+dataVariable)
		if !errors.Is(err, fs.ErrNotExist) {
			return found, nil, err
		}
	}
	kept, err := cacheFile(r)
	if err != nil {
		return file{}, nil, err
	}
	found, err = r.read(kept, "delete it, and it is downloaded again")
	if !errors.Is(err, fs.ErrNotExist) {
		return found, nil, err
	}
	return file{}, append(own, kept), nil
}

// CheckFolder says what is wrong with the folder that SPIKEWALK_DATA names: it
// does not exist, is no folder, or cannot be read.
func CheckFolder() error {
	dir := os.Getenv(dataVariable)
	if dir == "" || nowhere() {
		return nil
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s names %s, which is no folder; name the folder that the recordings are in", dataVariable, dir)
	}
	if err == nil {
		_, err = os.ReadDir(dir)
	}
	if err != nil {
		return fmt.Errorf("%s names a folder that cannot be used: %w; correct it or unset it", dataVariable, err)
	}
	return nil
}

// ownFiles returns where a recording can lie in the user's own folder: in it,
// or in a sub-folder as in a clone of the authors' repository.
func ownFiles(r listing) ([]string, error) {
	dir := os.Getenv(dataVariable)
	if err := CheckFolder(); err != nil || dir == "" {
		return nil, err
	}
	return []string{filepath.Join(dir, r.file), filepath.Join(dir, r.name, r.file)}, nil
}

// cacheFile is where a download is kept.
func cacheFile(r listing) (string, error) {
	dir, err := CacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "data", r.file), nil
}

// read reads a file and verifies the very bytes that it returns. A file of another
// size is not kept in memory.
func (r listing) read(path, advice string) (file, error) {
	content, err := r.verify(path, path, advice)
	if err != nil {
		return file{}, err
	}
	return file{path, content}, nil
}

// verify is read for a file that lies at path and comes from somewhere.
func (r listing) verify(path, where, advice string) ([]byte, error) {
	f, size, err := regular.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the %s recording: %w", r.name, err)
	}
	defer f.Close()
	hash := sha256.New()
	var content []byte
	if size == r.size {
		content, err = io.ReadAll(io.LimitReader(io.TeeReader(f, hash), size))
	} else {
		_, err = io.Copy(hash, f)
	}
	if err != nil {
		return nil, fmt.Errorf("the %s recording: %w", r.name, err)
	}
	return content, r.compare(hash.Sum(nil), where, advice)
}

func (r listing) compare(sum []byte, where, advice string) error {
	if got := hex.EncodeToString(sum); got != r.sha256 {
		return &ChecksumError{Where: where, Kind: "SHA-256", Want: r.sha256, Got: got, Advice: advice}
	}
	return nil
}

// url is where the recording is published.
func (s store) url(r listing) string {
	return cmp.Or(s.address, publisher) + "/" + r.name + "/" + r.file
}

// source tells where a recording that was read comes from.
func (s store) source(r listing, path string) Source {
	return Source{
		Name: r.name, Path: path, Address: s.url(r),
		SHA256: r.sha256, Licence: licence, Citation: citation,
	}
}

// list writes "a, b and c".
func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
