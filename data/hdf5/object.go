package hdf5

import (
	"fmt"
)

// Object is a *Group, a *Dataset or a *NamedType.
type Object interface {
	// Path is where the object was found, from the root: "/units/id".
	Path() string
	// Attribute returns the attribute of that name; nil, nil where there is none.
	Attribute(name string) (*Attribute, error)
	// Attributes returns all: in order of creation where the file tracks that, else
	// by name.
	Attributes() ([]*Attribute, error)
}

// An object is what groups, datasets and named types have in common.
type object struct {
	file    *File
	path    string
	address uint64
	head    *header
}

// Path returns where the object was found.
func (o *object) Path() string { return o.path }

// Attribute returns the attribute of that name; nil, nil where there is none.
func (o *object) Attribute(name string) (*Attribute, error) {
	all, err := o.Attributes()
	for _, a := range all {
		if a.name == name {
			return a, nil
		}
	}
	return nil, err
}

// Attributes returns all attributes: in order of creation where the file tracks
// that, else by name. Their values are in memory then.
func (o *object) Attributes() ([]*Attribute, error) {
	h, err := o.header()
	if err != nil {
		return nil, err
	}
	return o.file.attributes(h, o.path)
}

func (o *object) header() (*header, error) {
	if o.head != nil {
		return o.head, nil
	}
	h, err := o.file.header(o.address)
	return h, in(o.path, err)
}

// NamedType is a type that has a place of its own in the file.
type NamedType struct {
	object
	typ *Type
}

// Type returns the type.
func (t *NamedType) Type() *Type { return t.typ }

// Text returns the attribute of an object that is one text, as "unit" is in NWB;
// "" where there is none.
func Text(o Object, name string) (string, error) {
	v, err := attributeValues(o, name)
	if v == nil || err != nil {
		return "", err
	}
	texts, err := v.Strings()
	if err == nil && len(texts) != 1 {
		err = fmt.Errorf("%s holds %d texts, not one", v.path, len(texts))
	}
	if err != nil {
		return "", err
	}
	return texts[0], nil
}

// Number returns the attribute of an object that is one number, as "rate" is in
// NWB; found says if it is there.
func Number(o Object, name string) (value float64, found bool, err error) {
	v, err := attributeValues(o, name)
	if v == nil || err != nil {
		return 0, false, err
	}
	numbers, err := v.Float64s()
	if err == nil && len(numbers) != 1 {
		err = fmt.Errorf("%s holds %d numbers, not one", v.path, len(numbers))
	}
	if err != nil {
		return 0, true, err
	}
	return numbers[0], true, nil
}

func attributeValues(o Object, name string) (*Values, error) {
	if o == nil {
		return nil, fmt.Errorf("attribute %q of no object", name)
	}
	a, err := o.Attribute(name)
	if a == nil || err != nil {
		return nil, err
	}
	return a.values, nil
}
