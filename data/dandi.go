package data

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/spikewalk/spikewalk/data/internal/remote"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

const (
	// dandiVariable names the address of another archive that speaks DANDI's
	// language, or of a mirror.
	dandiVariable = "SPIKEWALK_DANDI_API"
	dandiAPI      = "https://api.dandiarchive.org/api"
	// draft is the version that changes.
	draft = "draft"
	// mostRecord is how long an answer of the archive may be.
	mostRecord = 32 << 20
)

// Dandiset is a data set of the DANDI archive (dandiarchive.org) as its record
// describes it.
type Dandiset struct {
	// ID is its number, "000941", and Version the published version, such as
	// "0.231122.2251", or "draft", which its authors may still change.
	ID, Version string
	// Name is its title, Citation how to cite it, and DOI its own, which a draft
	// has not.
	Name, Citation, DOI string
	// Licences are the SPDX names of the licences, such as "CC-BY-4.0". Empty:
	// the record names none, and what may be done with the data is not known.
	Licences []string
	// Contacts are whom to ask: names with e-mail addresses.
	Contacts []string
	// Access is "open" or "embargoed", or what the record says instead; empty if it
	// says nothing.
	Access string
	// Assets are its files, in order of their paths: all, or those in the folder
	// that was asked for.
	Assets []*Asset
}

// DANDI asks the DANDI archive for a data set. It is named by its number, with a
// version and a path if need be: "000941", "DANDI:000941",
// "dandi:000941/0.231122.2251", "dandi:000941/draft/sub-MonkeyL" and the address of its
// page are understood. Without a version it is the latest published one, or the
// draft of a data set that was never published. With a path, Assets are
// that file alone, or the files in that folder; it is an error if there are none.
//
// Nothing is downloaded but the record and the list of files, a request for each
// 200 of them. [Asset.Fetch] and [Asset.Open] get at the files.
//
// Errors: *[UnavailableError] if the archive cannot be reached or SPIKEWALK_DATA is
// none; data under embargo; numbers, versions and paths that do not exist.
// The environment variable SPIKEWALK_DANDI_API names the address of
// another archive with the same interface.
func DANDI(ctx context.Context, id string, options ...TransferOption) (*Dandiset, error) {
	n, err := parseDANDI(id)
	if err != nil {
		return nil, err
	}
	t, err := newTransfer(ctx, options)
	if err != nil {
		return nil, err
	}
	a := archive{cmp.Or(strings.TrimRight(os.Getenv(dandiVariable), "/"), dandiAPI), t.client, n}
	if nowhere() {
		return nil, &UnavailableError{Name: n.String(), Address: a.api, Err: errNowhere}
	}
	d, err := a.dandiset(ctx)
	if _, offline := errors.AsType[*remote.OfflineError](err); offline {
		return nil, &UnavailableError{Name: n.String(), Address: a.api, Err: err}
	}
	return d, err
}

// dandiset reads the record and the list of files.
func (a archive) dandiset(ctx context.Context) (*Dandiset, error) {
	if a.version == "" {
		latest, err := a.latest(ctx)
		if err != nil {
			return nil, err
		}
		a.version = latest
	}
	d, err := a.record(ctx)
	if err != nil {
		return nil, err
	}
	d.Assets, err = a.assets(ctx)
	return d, err
}

var errNoDandiset = errors.New("no dandiset: data.DANDI asks for one")

// Terms says under which licences the data set is published, in a few words.
func (d *Dandiset) Terms() string {
	if d == nil || len(d.Licences) == 0 {
		return "no licence in its record"
	}
	return list(d.Licences)
}

// Asset returns the file with a path, or the only one whose path holds the text:
// letter by letter, no character stands for others.
func (d *Dandiset) Asset(path string) (*Asset, error) {
	if d == nil {
		return nil, errNoDandiset
	}
	var held []*Asset
	var all, some []string
	for _, a := range d.Assets {
		if a.Path == path {
			return a, nil
		}
		if strings.Contains(a.Path, path) {
			held, some = append(held, a), append(some, a.Path)
		}
		all = append(all, a.Path)
	}
	switch len(held) {
	case 0:
		return nil, fmt.Errorf("dandiset %s has no file %q: %s", d.ID, path, nearest.Missing(path, all))
	case 1:
		return held[0], nil
	}
	return nil, fmt.Errorf("%d files of dandiset %s have %q in their paths: %s", len(held), d.ID, path, someOf(some))
}

// someOf writes paths, of many the first.
func someOf(paths []string) string {
	const most = 4
	if n := len(paths); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(paths[:most], ", "), n-most)
	}
	return list(paths)
}

// dandiName is what a user calls a data set, or a part of it.
type dandiName struct {
	id, version, path string // the last two may be empty
}

func (n dandiName) String() string {
	text := "dandi:" + n.id
	for _, part := range []string{n.version, n.path} {
		if part != "" {
			text += "/" + part
		}
	}
	return text
}

// parseDANDI reads a name.
func parseDANDI(text string) (n dandiName, err error) {
	wrong := fmt.Errorf("%q names no data set of the DANDI archive: that is a number of up to six digits, with a version and a path if need be, "+
		`such as "dandi:000941" or "dandi:000941/draft/sub-1/file.nwb"`, text)
	rest := strings.TrimSpace(text)
	for _, prefix := range []string{"https://dandiarchive.org/dandiset/", "dandi:"} {
		if len(rest) >= len(prefix) && strings.EqualFold(rest[:len(prefix)], prefix) {
			rest = rest[len(prefix):]
			break
		}
	}
	number, rest, _ := strings.Cut(strings.Trim(rest, "/"), "/")
	if number == "" || len(number) > 6 || strings.Trim(number, "0123456789") != "" {
		return n, wrong
	}
	n.id = strings.Repeat("0", 6-len(number)) + number
	first, after, _ := strings.Cut(rest, "/")
	if isVersion(first) {
		n.version, rest = first, after
	}
	n.path = rest
	return n, nil
}

// isVersion tells whether a text is "draft" or three numbers with dots between.
func isVersion(text string) bool {
	parts := strings.Split(text, ".")
	for _, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return text == draft
		}
	}
	return len(parts) == 3
}

// isDANDI tells whether a name is meant for the archive.
func isDANDI(name string) bool {
	u, err := url.Parse(name)
	return err == nil && (strings.EqualFold(u.Scheme, "dandi") || strings.EqualFold(u.Host, "dandiarchive.org"))
}
