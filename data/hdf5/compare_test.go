package hdf5

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// The files kept in testdata are what h5py says they are.
func TestSelection(t *testing.T) {
	files, truths := selection(t)
	var all count
	for _, name := range slices.Sorted(maps.Keys(files)) {
		t.Run(name, func(t *testing.T) {
			f, err := NewReader(bytes.NewReader(files[name]), int64(len(files[name])))
			if err != nil {
				t.Fatal(err)
			}
			all.add(compareFile(t, f, decodeTruth(t, bytes.NewReader(truths[name]))))
		})
	}
	t.Log(all)
}

// So are all that testdata/make.py writes.
func TestFilesOfH5py(t *testing.T) {
	python, folder := testkit.Python(t, "h5py", "numpy"), t.TempDir()
	testkit.Run(t, python, "testdata/make.py", folder)
	compareAll(t, python, filepath.Join(folder, "*.h5"), 60)
}

// So are files that other programs wrote: MATLAB, pynwb and others.
func TestFilesOfOthers(t *testing.T) {
	folder := filepath.Join(os.Getenv("SPIKEWALK_DATA"), "hdf5")
	if _, err := os.Stat(folder); os.Getenv("SPIKEWALK_DATA") == "" || err != nil {
		t.Skip("left out, for it needs the folder hdf5 of files of other programs in SPIKEWALK_DATA")
	}
	compareAll(t, testkit.Python(t, "h5py", "numpy"), filepath.Join(folder, "*.[mn]*[tb]"), 10)
}

func compareAll(t *testing.T, python, pattern string, least int) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) < least {
		t.Fatalf("%d files, %v; want %d", len(paths), err, least)
	}
	var all count
	for i, truth := range askH5py(t, python, paths) {
		t.Run(truth.File, func(t *testing.T) {
			f, err := Open(paths[i])
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			all.add(compareFile(t, f, truth))
		})
	}
	t.Log(all)
}

// count is how much was compared.
type count struct{ files, objects, links, attributes, elements int }

func (c *count) add(d count) {
	c.files += d.files
	c.objects += d.objects
	c.links += d.links
	c.attributes += d.attributes
	c.elements += d.elements
}

func (c count) String() string {
	return fmt.Sprintf("compared %d files: %d objects, %d links, %d attributes, %d elements", c.files, c.objects, c.links, c.attributes, c.elements)
}

// comparison is that of one file with its truth.
type comparison struct {
	*testing.T
	file  *File
	truth *truth
	seen  map[string]bool // by address: compared
	count
}

func compareFile(t *testing.T, f *File, truth *truth) count {
	t.Helper()
	c := &comparison{T: t, file: f, truth: truth, seen: map[string]bool{}}
	c.files++
	if f.UserBlock() != truth.UserBlock {
		t.Errorf("a user block of %d bytes, want %d", f.UserBlock(), truth.UserBlock)
	}
	c.object(truth.Root, f.Root(), true)
	visited := map[string]bool{}
	if err := f.Walk(func(o Object) error {
		if visited[o.Path()] {
			t.Errorf("%s is visited twice", o.Path())
		}
		visited[o.Path()] = true
		return nil
	}); err != nil || len(visited) != len(truth.Objects) {
		t.Errorf("walked over %d objects of %d, %v", len(visited), len(truth.Objects), err)
	}
	for address := range truth.Objects {
		if !c.seen[address] {
			t.Errorf("the object at %s was not met", address)
		}
	}
	return c.count
}

// object compares one object, and what is in it if it is a group to be entered.
func (c *comparison) object(address string, o Object, enter bool) {
	c.Helper()
	want := c.truth.Objects[address]
	kind := map[bool]string{}
	switch o := o.(type) {
	case *Group:
		kind[true] = "group"
	case *Dataset:
		kind[true] = "dataset"
	case *NamedType:
		kind[true] = "type"
		if want.Kind == "type" {
			c.sameType(o.Path(), o.Type(), want.Type)
		}
	}
	if kind[true] != want.Kind {
		c.Errorf("%s is a %s, want a %s", o.Path(), kind[true], want.Kind)
		return
	}
	if c.seen[address] {
		return
	}
	if enter {
		c.seen[address] = true
	}
	c.objects++
	c.attributesOf(o, want)
	switch o := o.(type) {
	case *Dataset:
		c.seen[address] = true
		c.dataset(o, want)
	case *NamedType:
		c.seen[address] = true
	case *Group:
		if enter {
			c.group(o, want)
		}
	}
}

func (c *comparison) group(g *Group, want *trueObject) {
	c.Helper()
	names, err := g.Names()
	if err != nil {
		c.Errorf("%s: %v", g.Path(), err)
		return
	}
	var wanted []string
	for _, l := range want.Links {
		wanted = append(wanted, latin(l.Name))
	}
	if !slices.Equal(names, wanted) {
		c.Errorf("%s holds %.200q, want %.200q", g.Path(), names, wanted)
		return
	}
	for i, l := range want.Links {
		c.links++
		if has, err := g.Has(names[i]); !has || err != nil {
			c.Errorf("%s has %q: %v, %v", g.Path(), names[i], has, err)
		}
		o, err := g.Open(names[i])
		switch {
		case l.Kind == "external":
			if err == nil || !strings.Contains(err.Error(), "external") || !errors.Is(err, errors.ErrUnsupported) {
				c.Errorf("%s, the external link %q: %v", g.Path(), names[i], err)
			}
		case l.To == nil && err == nil:
			c.Errorf("%s: %q leads to %s, want nowhere", g.Path(), names[i], o.Path())
		case l.To != nil && err != nil:
			c.Errorf("%s: %q: %v", g.Path(), names[i], err)
		case l.To != nil:
			c.object(*l.To, o, l.Kind == "hard")
		}
	}
	if _, err := g.Open("no such name"); err == nil {
		c.Errorf("%s has a name that it has not", g.Path())
	}
}

func (c *comparison) attributesOf(o Object, want *trueObject) {
	c.Helper()
	list, err := o.Attributes()
	if err != nil {
		c.Errorf("attributes of %s: %v", o.Path(), err)
		return
	}
	if len(list) != len(want.Attributes) {
		c.Errorf("%s has %d attributes, want %d", o.Path(), len(list), len(want.Attributes))
	}
	for name, truth := range want.Attributes {
		c.attributes++
		name = latin(name)
		where := o.Path() + "@" + name
		a, err := o.Attribute(name)
		if err != nil || a == nil {
			c.Errorf("%s: %v, %v", where, a, err)
			continue
		}
		if !slices.ContainsFunc(list, func(b *Attribute) bool { return b.Name() == name }) {
			c.Errorf("%s is not among all", where)
		}
		c.values(where, a.Values(), truth)
	}
	if a, err := o.Attribute("no such name"); a != nil || err != nil {
		c.Errorf("%s has an attribute that it has not: %v, %v", o.Path(), a, err)
	}
}

func (c *comparison) dataset(d *Dataset, want *trueObject) {
	c.Helper()
	if !strings.HasPrefix(d.Layout(), want.Layout) || !slices.Equal(d.Chunks(), want.Chunks) {
		c.Errorf("%s is %s %v, want %s %v", d.Path(), d.Layout(), d.Chunks(), want.Layout, want.Chunks)
	}
	if !slices.EqualFunc(d.Filters(), want.Filters, func(f Filter, id int) bool { return f.ID == id && f.Name != "" }) {
		c.Errorf("%s has filters %v, want %v", d.Path(), d.Filters(), want.Filters)
	}
	c.sameType(d.Path(), d.Type(), want.Type)
	if want.Dims != nil && !slices.Equal(d.Dims(), *want.Dims) {
		c.Errorf("%s is %v, want %v", d.Path(), d.Dims(), *want.Dims)
	}
	c.values(d.Path(), d.Values(), &want.trueValues)
	if want.Value != nil && want.Dims != nil && !want.MayRefuse {
		c.parts(d)
	}
}

var classOf = map[string]Class{
	"integer": Integer, "float": Float, "string": String, "bitfield": Bitfield, "opaque": Opaque, "compound": Compound,
	"reference": Pointer, "enum": Enum, "vlen": List, "array": Array, "time": Time,
}

func (c *comparison) sameType(where string, got *Type, want *trueType) {
	c.Helper()
	// HDF5 tells the size of what lies elsewhere as it would be in memory.
	fixed := !want.elsewhere()
	if got.Class != classOf[want.Class] || fixed && got.Size != want.Size || want.Class == "integer" && got.Signed != want.Signed ||
		want.Order != "" && want.Size > 1 && got.BigEndian != (want.Order == "big") || got.Variable != want.Variable || got.UTF8 != want.UTF8 ||
		!slices.Equal(got.Dims, want.Dims) || len(got.Members) != len(want.Members) || len(got.Enum) != len(want.Enum) || (got.Base == nil) != (want.Base == nil) {
		c.Errorf("%s is of type %+v, want %+v", where, got, want)
		return
	}
	for i, m := range want.Members {
		if got.Members[i].Name != latin(m.Name) || fixed && got.Members[i].Offset != m.Offset {
			c.Errorf("%s: member %+v, want %+v", where, got.Members[i], m)
		}
		c.sameType(where+"."+m.Name, got.Members[i].Type, m.Type)
	}
	for i, v := range want.Enum {
		if got.Enum[i].Name != latin(v.Name) || fmt.Sprint(got.Enum[i].Value) != v.Value.String() {
			c.Errorf("%s: enum %+v, want %+v", where, got.Enum[i], v)
		}
	}
	if want.Base != nil {
		c.sameType(where+"[]", got.Base, want.Base)
	}
}

// elsewhere tells of a type some of whose contents lie in a heap.
func (t *trueType) elsewhere() bool {
	for _, m := range t.Members {
		if m.Type.elsewhere() {
			return true
		}
	}
	return t.Variable || t.Class == "vlen" || t.Base != nil && t.Base.elsewhere()
}
