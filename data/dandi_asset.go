package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/data/internal/remote"
	"github.com/spikewalk/spikewalk/internal/regular"
)

// Asset is a file of a [Dandiset].
type Asset struct {
	// Path is where it lies in the data set, with slashes, Size its bytes.
	Path string
	Size int64
	// SHA256 is its checksum in hexadecimal, and ETag the one that the archive
	// computes of its parts (dandi-etag). Of a new file the first may be missing.
	SHA256, ETag string
	// Address is where it is downloaded from; empty for a folder in the Zarr
	// format, which is listed as a file and cannot be read.
	Address string

	set dandiName // its data set
}

// assetRecord is a file in the archive's lists.
type assetRecord struct {
	AssetID  string `json:"asset_id"`
	Path     string
	Size     int64
	Zarr     *string
	Metadata struct {
		Digest map[string]string
	}
}

func (a archive) asset(r assetRecord) (*Asset, error) {
	if r.Path == "" || r.Size < 0 {
		return nil, fmt.Errorf("the list of files of dandiset %s has one with the path %q and %d bytes", a.id, r.Path, r.Size)
	}
	s := &Asset{Path: r.Path, Size: r.Size, set: a.dandiName,
		SHA256: r.Metadata.Digest["dandi:sha2-256"], ETag: r.Metadata.Digest["dandi:dandi-etag"]}
	if r.Zarr == nil || *r.Zarr == "" {
		s.Address = a.api + "/assets/" + url.PathEscape(r.AssetID) + "/download/"
	}
	return s, nil
}

// String is a name by which [DANDI] finds the file again.
func (a *Asset) String() string {
	if a == nil {
		return "no asset"
	}
	return dandiName{a.set.id, a.set.version, a.Path}.String()
}

// Open opens the file without downloading it: see [Remote]. Its checksum is
// that of the whole and not verified; its size is.
func (a *Asset) Open(ctx context.Context, options ...TransferOption) (*RemoteFile, error) {
	t, err := a.ready(ctx, options)
	if err != nil {
		return nil, err
	}
	f, err := t.open(ctx, a.Address, func(now remote.Identity) error {
		if now.Size != a.Size {
			return fmt.Errorf("%s has %d bytes in the archive's record, and %d where it is kept", a, a.Size, now.Size)
		}
		return nil
	})
	if _, offline := errors.AsType[*remote.OfflineError](err); offline {
		return nil, &UnavailableError{Name: a.String(), Address: a.Address, Err: err}
	}
	return f, err
}

// Fetch downloads the file unless it is on this machine, and returns its path. It is
// looked for in the folder that SPIKEWALK_DATA names, as the archive's own
// program lays files out (000941/sub-1/file.nwb), and else lies in the
// sub-folder data/dandi of [CacheDir], where it stays until you delete it. A download
// that broke off goes on where it was. Its checksum is verified each time; a
// file with another one is a [ChecksumError].
func (a *Asset) Fetch(ctx context.Context, options ...TransferOption) (string, error) {
	t, err := a.ready(ctx, options)
	if err != nil {
		return "", err
	}
	local, err := a.local()
	if err != nil {
		return "", err
	}
	own, kept, err := a.places(local)
	if err != nil {
		return "", err
	}
	if own != "" {
		if err := a.verify(own, own, "it may be of another version: put the published file there, or unset "+dataVariable); !errors.Is(err, fs.ErrNotExist) {
			return own, err
		}
	}
	err = a.verify(kept, kept, "delete it, and it is downloaded again")
	if err == nil || !errors.Is(err, fs.ErrNotExist) && a.set.version != draft {
		return kept, err
	}
	err = t.client.Download(ctx, remote.Whole{
		Address: a.Address, Path: kept, Size: a.Size, Limit: t.limit, Progress: t.progress,
		Check: func(part, where string) error { return a.verify(part, where, inPlace) },
	})
	if err != nil {
		return "", downloadError(ctx, a.String(), a.Address, []string{kept}, err)
	}
	return kept, nil
}

// local returns the path below a folder of this machine, of a file that can be
// kept there and verified.
func (a *Asset) local() (string, error) {
	if a.SHA256 == "" && a.ETag == "" {
		return "", fmt.Errorf("the archive has no checksum of %s yet, so that a download could not be verified: open it over the network", a)
	}
	local, err := filepath.Localize(a.Path)
	if err != nil {
		return "", fmt.Errorf("%s cannot be kept under its name on this machine", a)
	}
	return local, nil
}

// places returns where the file may lie: in the user's own folder, empty if there is
// none, and in the cache.
func (a *Asset) places(local string) (own, kept string, err error) {
	if err := CheckFolder(); err != nil {
		return "", "", err
	}
	if own = os.Getenv(dataVariable); own != "" {
		own = filepath.Join(own, a.set.id, local)
	}
	cache, err := CacheDir()
	return own, filepath.Join(cache, "data", "dandi", a.set.id, a.set.version, local), err
}

// Fetch downloads all files of Assets that are not on this machine, one after
// the other, and returns their paths: see [Asset.Fetch]. The limit is for all of them
// together, and so is the progress.
func (d *Dandiset) Fetch(ctx context.Context, options ...TransferOption) ([]string, error) {
	if d == nil {
		return nil, errNoDandiset
	}
	t, err := newTransfer(ctx, options)
	if err != nil {
		return nil, err
	}
	var all, done int64
	for _, a := range d.Assets { // before the first download
		if _, err := a.ready(ctx, options); err != nil {
			return nil, err
		}
		if _, err := a.local(); err != nil {
			return nil, err
		}
		all += a.Size
	}
	if missing := all - d.here(); missing > t.limit {
		return nil, &remote.LimitError{What: "dandiset " + d.ID, Bytes: missing, Limit: t.limit}
	}
	var paths []string
	for _, a := range d.Assets {
		one := t
		one.progress = func(here, _ int64) {
			if t.progress != nil {
				t.progress(done+here, all)
			}
		}
		path, err := a.Fetch(ctx, func(t *transfer) { *t = one })
		if err != nil {
			return paths, err
		}
		done += a.Size
		one.progress(0, 0)
		paths = append(paths, path)
	}
	return paths, nil
}

// here says how many bytes of the files seem to be on this machine.
func (d *Dandiset) here() (sum int64) {
	for _, a := range d.Assets {
		local, _ := a.local()
		own, kept, _ := a.places(local)
		for _, path := range []string{own, kept} {
			if info, err := os.Stat(path); err == nil && info.Size() == a.Size {
				sum += a.Size
				break
			}
		}
	}
	return sum
}

// ready checks that the file is one, and that the network may be used.
func (a *Asset) ready(ctx context.Context, options []TransferOption) (transfer, error) {
	if a == nil || a.set.id == "" {
		return transfer{}, errors.New("no asset: data.DANDI lists those of a dandiset")
	}
	if a.Address == "" {
		return transfer{}, fmt.Errorf("%s is a folder in the Zarr format, which is not read", a)
	}
	t, err := newTransfer(ctx, options)
	if err == nil && nowhere() {
		err = &UnavailableError{Name: a.String(), Address: a.Address, Err: errNowhere}
	}
	return t, err
}

// verify compares the checksum of a file that lies at path and comes from
// somewhere.
func (a *Asset) verify(path, where, advice string) error {
	f, size, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	whole, parts := sha256.New(), newETag(a.Size)
	kind, want, sum, text := "SHA-256", a.SHA256, io.Writer(whole), func() string { return hex.EncodeToString(whole.Sum(nil)) }
	if want == "" {
		kind, want, sum, text = "dandi-etag", a.ETag, parts, parts.text
	}
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := text(); got != want || size != a.Size {
		return &ChecksumError{Where: where, Kind: kind, Want: want, Got: got, Advice: advice}
	}
	return nil
}

// fetchDANDI fetches the one file that a name names.
func fetchDANDI(ctx context.Context, name string, progress func(done, total int64)) (string, error) {
	d, err := DANDI(ctx, name)
	if err != nil {
		return "", err
	}
	if len(d.Assets) != 1 {
		first := "dandi:" + d.ID + "/PATH"
		if len(d.Assets) > 0 {
			first = d.Assets[0].String()
		}
		return "", fmt.Errorf("%s has %d files: name one of them, such as %s", name, len(d.Assets), first)
	}
	return d.Assets[0].Fetch(ctx, Progress(progress))
}
