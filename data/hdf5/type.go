package hdf5

import (
	"fmt"
	"strings"
)

// Class is what kind of thing an element of a dataset or an attribute is.
type Class int

// The classes. An element of class List is a list of its own length; one of
// class Array is an array whose size the type states.
const (
	Integer Class = iota + 1
	Float
	String
	Bitfield
	Opaque
	Compound
	Pointer // a reference to an object, or to a region of a dataset
	Enum
	List
	Array
	Time
)

var classNames = [...]string{"unknown", "integer", "float", "string", "bitfield", "opaque", "compound", "reference", "enum", "list", "array", "time"}

func (c Class) String() string {
	if c < 0 || int(c) >= len(classNames) {
		c = 0
	}
	return classNames[c]
}

// Type describes one element. Its String is short: "int16", "float64", "string",
// "enum bool", "{x: float64, y: float64}", "list of int32", "[3]float32".
type Type struct {
	Class Class
	// Size is the number of bytes that one element takes in the dataset. Lists and
	// strings of variable length take 16 there and have their contents elsewhere.
	Size      int
	Signed    bool // of an Integer
	BigEndian bool // of numbers, bitfields and times
	// Variable and UTF8 say of a String that its length varies, and that it may hold
	// more than ASCII.
	Variable, UTF8 bool
	Members        []Member    // of a Compound
	Base           *Type       // of an Enum, a List, an Array
	Enum           []EnumValue // of an Enum, in the file's order
	Dims           []int       // of an Array
	Tag            string      // of an Opaque: what it says its bytes are

	padding   uint8  // of a string of fixed length
	offset    int    // of a number: first bit
	precision int    // of a number: bits in use
	format    format // of a float
	trouble   string // why values of the type cannot be read; "" where they can
}

// Member is one named part of a Compound.
type Member struct {
	Name   string
	Offset int // bytes from the element's first
	Type   *Type
}

// EnumValue is a name that an Enum gives to an integer.
type EnumValue struct {
	Name  string
	Value int64
}

// Paddings of strings of fixed length.
const (
	padTerminated = iota // ends at the first NUL
	padNul
	padSpace
)

// format is how a float keeps its bits.
type format uint8

const (
	formatOther format = iota
	format16
	format32
	format64
	formatBrain16 // the upper half of a float32
)

// Member returns the member of a compound with that name.
func (t *Type) Member(name string) (Member, error) {
	var names []string
	for _, m := range t.Members {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	if t.Class != Compound {
		return Member{}, fmt.Errorf("no member %q: the elements are %s, not compound", name, t)
	}
	return Member{}, noSuch("member", name, names)
}

// IsBool tells whether the type is an enum of FALSE and TRUE, as which h5py and NWB
// store booleans.
func (t *Type) IsBool() bool {
	if t.Class != Enum || len(t.Enum) != 2 {
		return false
	}
	var seen [2]bool
	for _, v := range t.Enum {
		i, ok := map[string]int64{"FALSE": 0, "TRUE": 1}[strings.ToUpper(v.Name)]
		if !ok || v.Value != i {
			return false
		}
		seen[i] = true
	}
	return seen[0] && seen[1]
}

func (t *Type) String() string { return t.describe(4) }

// describe writes a type; depth bounds how deep.
func (t *Type) describe(depth int) string {
	if depth == 0 {
		return "…"
	}
	text := ""
	switch t.Class {
	case Integer:
		text = fmt.Sprintf("int%d", 8*t.Size)
		if !t.Signed {
			text = "u" + text
		}
	case Float, Bitfield, Time:
		text = fmt.Sprintf("%s%d", t.Class, 8*t.Size)
		if t.format == formatBrain16 {
			text = "bfloat16"
		}
	case String:
		if t.Variable {
			return "string"
		}
		return fmt.Sprintf("string of %d bytes", t.Size)
	case Compound:
		var members []string
		for i, m := range t.Members {
			if i == 20 {
				members = append(members, "…")
				break
			}
			members = append(members, m.Name+": "+m.Type.describe(depth-1))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case Enum:
		if t.IsBool() {
			return "enum bool"
		}
		return "enum " + t.Base.describe(depth-1)
	case List:
		return "list of " + t.Base.describe(depth-1)
	case Array:
		return strings.ReplaceAll(fmt.Sprint(t.Dims), " ", "×") + t.Base.describe(depth-1)
	case Opaque:
		return fmt.Sprintf("opaque of %d bytes", t.Size)
	default:
		return t.Class.String()
	}
	if t.BigEndian && t.Size > 1 {
		text += " big-endian"
	}
	return text
}
