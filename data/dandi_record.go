package data

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/internal/remote"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

// archive asks DANDI's interface for one data set.
type archive struct {
	api    string
	client remote.Client
	dandiName
}

// get reads one answer.
func (a archive) get(ctx context.Context, address string, into any) error {
	content, err := a.client.Bytes(ctx, address, mostRecord)
	if status, ok := errors.AsType[*remote.StatusError](err); ok {
		return a.refused(status)
	}
	if err != nil {
		return fmt.Errorf("asking for dandiset %s: %w", a.id, err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("asking for dandiset %s: %s sends no record (%w); a network that answers in its place (a hotel's log-in page) may be the cause", a.id, address, err)
	}
	return nil
}

// refused says what a refusal means.
func (a archive) refused(status *remote.StatusError) error {
	switch status.Code {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("dandiset %s is under embargo: only its owners may see it until it is released (%w)", a.id, status)
	case http.StatusNotFound, http.StatusGone:
		if a.version != "" && a.version != draft {
			return fmt.Errorf("the archive has no version %s of dandiset %s (%w)", a.version, a.id, status)
		}
		return fmt.Errorf("the archive has no dandiset %s (%w)", a.id, status)
	}
	return fmt.Errorf("asking for dandiset %s: %w", a.id, status)
}

// latest returns the latest published version, "draft" if there is none.
func (a archive) latest(ctx context.Context) (string, error) {
	var answer struct {
		Latest *struct{ Version string } `json:"most_recent_published_version"`
	}
	if err := a.get(ctx, a.api+"/dandisets/"+a.id+"/", &answer); err != nil {
		return "", err
	}
	if answer.Latest == nil {
		return draft, nil
	}
	if !isVersion(answer.Latest.Version) {
		return "", fmt.Errorf("the archive names %q as a version of dandiset %s, which is none", answer.Latest.Version, a.id)
	}
	return answer.Latest.Version, nil
}

func (a archive) versionAddress() string {
	return a.api + "/dandisets/" + a.id + "/versions/" + a.version + "/"
}

// record reads the record of a version, as the schema of DANDI's metadata has
// it (github.com/dandi/schema, Dandiset and PublishedDandiset).
func (a archive) record(ctx context.Context) (*Dandiset, error) {
	var r struct {
		Identifier, Name, Citation, DOI string
		License                         oneOrMore
		Contributor                     []struct {
			Name, Email string
			RoleName    oneOrMore
		}
		Access []struct{ Status, EmbargoedUntil string }
	}
	if err := a.get(ctx, a.versionAddress(), &r); err != nil {
		return nil, err
	}
	if number := strings.TrimPrefix(strings.ToUpper(r.Identifier), "DANDI:"); r.Identifier != "" && number != a.id {
		return nil, fmt.Errorf("the archive answers with the record of %s instead of dandiset %s", r.Identifier, a.id)
	}
	d := &Dandiset{ID: a.id, Version: a.version, Name: r.Name, Citation: r.Citation, DOI: r.DOI}
	for _, l := range r.License {
		d.Licences = append(d.Licences, strings.TrimPrefix(l, "spdx:"))
	}
	for _, c := range r.Contributor {
		if !slices.Contains(c.RoleName, "dcite:ContactPerson") {
			continue
		}
		if c.Email != "" {
			c.Name += " <" + c.Email + ">"
		}
		d.Contacts = append(d.Contacts, c.Name)
	}
	for _, access := range r.Access {
		switch access.Status {
		case "dandi:OpenAccess":
			d.Access = "open"
		case "dandi:EmbargoedAccess":
			d.Access = "embargoed"
			if access.EmbargoedUntil != "" {
				d.Access += " until " + access.EmbargoedUntil
			}
		default:
			d.Access = access.Status
		}
	}
	return d, nil
}

// oneOrMore is a text, or a list of texts.
type oneOrMore []string

func (t *oneOrMore) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		if one != "" {
			*t = oneOrMore{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

// assets lists the files at the path that was asked for and below it.
func (a archive) assets(ctx context.Context) ([]*Asset, error) {
	all, err := a.pages(ctx, url.Values{"metadata": {"true"}, "path": {a.path}})
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(all, func(s *Asset) bool {
		return a.path != "" && s.Path != a.path && !strings.HasPrefix(s.Path, strings.TrimRight(a.path, "/")+"/")
	})
	if len(found) > 0 || a.path == "" {
		return found, nil
	}
	others, err := a.pages(ctx, url.Values{"metadata": {"false"}})
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, s := range others {
		paths = append(paths, s.Path)
	}
	return nil, fmt.Errorf("version %s of dandiset %s has no file or folder %q: %s", a.version, a.id, a.path, nearest.Missing(a.path, paths))
}

// pages reads a list of files, page by page, in order of their paths.
func (a archive) pages(ctx context.Context, query url.Values) (all []*Asset, err error) {
	const mostFiles = 100_000
	query.Set("page_size", "200")
	query.Set("order", "path")
	seen := map[string]bool{}
	for next := a.versionAddress() + "assets/?" + query.Encode(); next != ""; {
		if seen[next] || len(all) > mostFiles {
			return nil, fmt.Errorf("dandiset %s has more than %d files, or a list that does not end: name one of its folders", a.id, mostFiles)
		}
		seen[next] = true
		var page struct {
			Next    string
			Results []assetRecord
		}
		if err := a.get(ctx, next, &page); err != nil {
			return nil, err
		}
		for _, r := range page.Results {
			s, err := a.asset(r)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		}
		if next, err = a.follow(next, page.Next); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(x, y *Asset) int { return strings.Compare(x.Path, y.Path) })
	return all, nil
}

// follow returns the address of the next page, which the archive itself has to
// have.
func (a archive) follow(from, next string) (string, error) {
	if next == "" {
		return "", nil
	}
	base, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	to, err := base.Parse(next)
	if err != nil || to.Host != base.Host {
		return "", fmt.Errorf("the list of files of dandiset %s goes on at %q, which is not the archive", a.id, next)
	}
	to.Scheme = base.Scheme // behind a proxy an archive may forget its encryption
	return to.String(), nil
}
