package hdf5

import (
	"fmt"
	"strings"
)

// Group holds groups, datasets and types by name.
type Group struct{ object }

// A folder is what a group holds.
type folder struct {
	links []link
	index map[string]int // in links, by name
}

// folder returns the group's links; the file keeps them.
func (g *Group) folder() (*folder, error) {
	if g == nil || g.file == nil {
		return nil, errNoGroup
	}
	f := g.file
	f.mu.Lock()
	inside, ok := f.groups[g.address]
	f.mu.Unlock()
	if ok {
		return inside, nil
	}
	h, err := g.header()
	if err != nil {
		return nil, err
	}
	all, err := f.links(h)
	if err != nil {
		return nil, in(g.path, err)
	}
	inside = &folder{all, make(map[string]int, len(all))}
	for i := len(all) - 1; i >= 0; i-- {
		inside.index[all[i].name] = i
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.groups[g.address] = inside
	for _, l := range all {
		if _, known := f.names[l.address]; l.kind == linkHard && !known {
			f.names[l.address] = place{g.path, l.name}
		}
	}
	return inside, nil
}

// Names returns the names in the group: in order of creation where the file
// tracks that, else sorted.
func (g *Group) Names() ([]string, error) {
	inside, err := g.folder()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(inside.links))
	for i, l := range inside.links {
		names[i] = l.name
	}
	return names, nil
}

// Has tells whether a name is in the group, wherever its link may lead.
func (g *Group) Has(name string) (bool, error) {
	l, err := g.link(name)
	return l != nil, err
}

func (g *Group) link(name string) (*link, error) {
	inside, err := g.folder()
	if err != nil {
		return nil, err
	}
	i, ok := inside.index[name]
	if !ok {
		return nil, nil
	}
	return &inside.links[i], nil
}

// Open opens what a name, or a path of names between slashes, leads to, through
// soft links too. A path that begins with a slash begins at the root. If there
// is nothing, the error names what comes close.
func (g *Group) Open(path string) (Object, error) {
	if g == nil || g.file == nil {
		return nil, errNoGroup
	}
	links := 0
	return g.follow(path, &links)
}

// Group opens a group by its name or path.
func (g *Group) Group(path string) (*Group, error) {
	o, err := g.Open(path)
	if err != nil {
		return nil, err
	}
	if found, ok := o.(*Group); ok {
		return found, nil
	}
	return nil, fmt.Errorf("%s is %s, not a group", o.Path(), kindOf(o))
}

// Dataset opens a dataset by its name or path.
func (g *Group) Dataset(path string) (*Dataset, error) {
	o, err := g.Open(path)
	if err != nil {
		return nil, err
	}
	if found, ok := o.(*Dataset); ok {
		return found, nil
	}
	return nil, fmt.Errorf("%s is %s, not a dataset", o.Path(), kindOf(o))
}

func kindOf(o Object) string {
	switch o.(type) {
	case *Group:
		return "a group"
	case *Dataset:
		return "a dataset"
	}
	return "a named type"
}

// follow opens what a path leads to; links counts the soft links on the way.
func (g *Group) follow(path string, links *int) (Object, error) {
	var at Object = g
	if strings.HasPrefix(path, "/") {
		at = g.file.Root()
	}
	for rest := path; rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		if name == "" || name == "." {
			continue
		}
		holder, ok := at.(*Group)
		if !ok {
			return nil, fmt.Errorf("%s is %s, and holds no %q", at.Path(), kindOf(at), name)
		}
		next, err := holder.step(name, links)
		if err != nil {
			return nil, err
		}
		at = next
	}
	return at, nil
}

// step opens what one name in the group leads to.
func (g *Group) step(name string, links *int) (Object, error) {
	l, err := g.link(name)
	if err != nil {
		return nil, err
	}
	path := join(g.path, name)
	if l == nil {
		names, _ := g.Names()
		return nil, in(g.path, noSuch("object", name, names))
	}
	switch l.kind {
	case linkHard:
		return g.file.open(l.address, path)
	case linkSoft:
		if *links++; *links > maxLinks {
			return nil, fmt.Errorf("%s: more than %d soft links lead to it, perhaps in a circle", path, maxLinks)
		}
		o, err := g.follow(l.target, links)
		if err != nil {
			return nil, fmt.Errorf("%s is a soft link to %s: %w", path, l.target, err)
		}
		return o, nil
	case linkExternal:
		return nil, unsupported("%s is an external link to %s, which is not followed: open that file", path, l.target)
	}
	return nil, unsupported("%s is a link of the unknown kind %d", path, l.kind)
}
