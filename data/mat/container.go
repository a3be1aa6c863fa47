package mat

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/data/internal/order"
	"github.com/spikewalk/spikewalk/internal/nearest"
)

// tagSize is the least a cell or a field takes in a file: its tag.
const tagSize = 8

// cells reads the elements of a cell array.
func (c *cursor) cells(a *Array, depth int) error {
	return c.children(a, a.Len(), depth)
}

// structs reads a struct array: the room a field's name takes, the names, and
// the fields of one element after the other.
func (c *cursor) structs(a *Array, depth int) error {
	size, err := c.numbers("the length of field names")
	if err != nil {
		return err
	}
	if size.len() != 1 || size.int64(0) < 1 || size.int64(0) > maxNameSize {
		return fmt.Errorf("damaged: the length of field names is wrong")
	}
	room := int(size.int64(0))
	names, err := c.next()
	if err != nil {
		return fmt.Errorf("the field names: %w", err)
	}
	if names.kind.size() != 1 || len(names.data)%room != 0 {
		return fmt.Errorf("damaged at byte %d of the variable: %d bytes are no field names of %d bytes each", names.at, len(names.data), room)
	}
	if err := c.memory.take(int64(len(names.data) + fieldBytes*len(names.data)/room)); err != nil {
		return err
	}
	a.fields = newFields(packedNames(names.data, room))
	n, ok := order.Elements([]int{a.Len(), a.fields.len()})
	if !ok {
		return fmt.Errorf("damaged: %s structs with %d fields", dimsString(a.dims), a.fields.len())
	}
	return c.children(a, n, depth)
}

// fields are the names of a struct's fields.
type fields struct {
	names []string
	// places is where a name stands among them, -1 if at two places; nil
	// where there are so few that a search is as quick.
	places map[string]int
}

const (
	fewFields  = 16
	fieldBytes = 80 // what a field takes beside its name
)

// packedNames takes names apart that have room bytes each.
func packedNames(raw []byte, room int) []string {
	names := make([]string, len(raw)/room)
	for i := range names {
		names[i] = cString(raw[i*room : (i+1)*room])
	}
	return names
}

func newFields(names []string) *fields {
	f := &fields{names: names}
	if len(f.names) <= fewFields {
		return f
	}
	f.places = make(map[string]int, len(f.names))
	for i, name := range f.names {
		if _, again := f.places[name]; again {
			i = -1
		}
		f.places[name] = i
	}
	return f
}

func (f *fields) len() int { return len(f.names) }

// find tells where a field stands, -1 if at two places; false if nowhere.
func (f *fields) find(name string) (place int, ok bool) {
	if f.places != nil {
		place, ok = f.places[name]
		return place, ok
	}
	place = slices.Index(f.names, name)
	if place >= 0 && slices.Contains(f.names[place+1:], name) {
		return -1, true
	}
	return place, place >= 0
}

// children reads n arrays.
func (c *cursor) children(a *Array, n, depth int) error {
	if left := len(c.buf) - c.pos; n > left/tagSize {
		return fmt.Errorf("damaged: %s with %d arrays in %d bytes", a.class, n, left)
	}
	if err := c.memory.take(8 * int64(n)); err != nil {
		return err
	}
	a.items = make([]*Array, n)
	for i := range a.items {
		e, err := c.next()
		if err != nil {
			return err
		}
		if e.kind != miMatrix {
			return fmt.Errorf("damaged at byte %d of the variable: an element of type %d where an array (14) belongs", e.at, e.kind)
		}
		inside := &cursor{buf: e.data, start: e.at + tagSize, order: c.order, memory: c.memory}
		if a.items[i], err = inside.array(depth + 1); err != nil {
			return err
		}
	}
	return nil
}

// Fields returns the names of a struct's fields in the order of the file,
// none for other classes.
func (a *Array) Fields() []string {
	if a.fields == nil {
		return nil
	}
	return slices.Clone(a.fields.names)
}

// Field returns a field of a struct. The index, one per dimension or one
// through all elements, may be left out where there is one element only. Of two
// fields with one name neither is returned: that is an error.
func (a *Array) Field(name string, index ...int) (*Array, error) {
	if a.class != Struct {
		return nil, a.wrongClass("a struct with field " + name)
	}
	element, err := a.one(index)
	if err != nil {
		return nil, err
	}
	i, ok := a.fields.find(name)
	switch {
	case !ok && a.fields.len() == 0:
		return nil, fmt.Errorf("%s has no field %q: it has none", a.name, name)
	case !ok:
		return nil, fmt.Errorf("%s has no field %q: it has %s", a.name, name, nearest.Some(a.fields.names))
	case i < 0:
		return nil, fmt.Errorf("%s has two fields called %q: which is meant cannot be told", a.name, name)
	}
	return a.child(element*a.fields.len()+i, a.elementName(element)+"."+name)
}

// Cell returns an element of a cell array. Its index is that of [Array.Field].
func (a *Array) Cell(index ...int) (*Array, error) {
	if a.class != Cell {
		return nil, a.wrongClass("a cell array")
	}
	element, err := a.one(index)
	if err != nil {
		return nil, err
	}
	return a.child(element, fmt.Sprintf("%s{%d}", a.name, element))
}

// one is offset, where no index stands for the only element.
func (a *Array) one(index []int) (int, error) {
	if len(index) > 0 {
		return a.offset(index)
	}
	if a.Len() != 1 {
		return 0, fmt.Errorf("%s is %s: say which element is meant", a.name, dimsString(a.dims))
	}
	return 0, nil
}

func (a *Array) elementName(element int) string {
	if a.Len() == 1 {
		return a.name
	}
	return fmt.Sprintf("%s(%d)", a.name, element)
}

// child returns a named copy of an item, so that its errors tell the way to
// it.
func (a *Array) child(i int, name string) (*Array, error) {
	item := *a.items[i]
	item.name = name
	return item.readable()
}
