package npz

import (
	"fmt"
	"strconv"
	"strings"
)

// parseHeader reads a header as NumPy does: a Python dictionary of three keys
// in any order, with blanks, commas and quotes as Python allows them and the
// long integers of Python 2. The parser is our own, since npyio (0.14) takes
// the layout of NumPy's writer only and panics over others.
func parseHeader(text string) (Header, error) {
	p := dict{rest: text}
	h, err := p.header()
	if err != nil {
		return Header{}, err
	}
	h.Type, err = typeOf(h.Type.Name)
	return h, err
}

// dict is a dictionary that is being read from the front.
type dict struct{ rest string }

func (p *dict) header() (h Header, err error) {
	if !p.take("{") {
		return h, p.wrong("{")
	}
	seen := make(map[string]bool)
	for more := true; more && !p.at("}"); more = p.take(",") {
		key, err := p.text()
		if err != nil {
			return h, err
		}
		if !p.take(":") {
			return h, p.wrong(":")
		}
		switch key {
		case "descr":
			h.Type.Name, err = p.descr()
		case "fortran_order":
			h.Fortran, err = p.boolean()
		case "shape":
			h.Shape, err = p.shape()
		default:
			err = fmt.Errorf("its header has a key %q that is not NumPy's", key)
		}
		if err != nil {
			return h, err
		}
		if seen[key] {
			return h, fmt.Errorf("its header has the key %q twice", key)
		}
		seen[key] = true
	}
	if !p.take("}") {
		return h, p.wrong("}")
	}
	for _, key := range []string{"descr", "fortran_order", "shape"} {
		if !seen[key] {
			return h, fmt.Errorf("its header has no key %q", key)
		}
	}
	if p.skip(); p.rest != "" {
		return h, p.wrong("the end")
	}
	return h, nil
}

func (p *dict) skip() { p.rest = strings.TrimLeft(p.rest, " \t\r\n\f") }

func (p *dict) at(token string) bool {
	p.skip()
	return strings.HasPrefix(p.rest, token)
}

func (p *dict) take(token string) bool {
	if !p.at(token) {
		return false
	}
	p.rest = p.rest[len(token):]
	return true
}

func (p *dict) wrong(want string) error {
	return fmt.Errorf("its header cannot be read: %.20q stands where %s belongs", p.rest, want)
}

// text reads a quoted text, which in NumPy's headers needs no escapes.
func (p *dict) text() (string, error) {
	_ = p.take("u") // a text of Python 2
	for _, quote := range []string{"'", `"`} {
		if !p.take(quote) {
			continue
		}
		text, rest, closed := strings.Cut(p.rest, quote)
		if !closed || strings.ContainsAny(text, "\\\n") {
			break
		}
		p.rest = rest
		return text, nil
	}
	return "", p.wrong("a quoted text")
}

func (p *dict) descr() (string, error) {
	if p.at("[") {
		return "", fmt.Errorf("it holds records of several fields: save each field as an array of its own")
	}
	if p.at("(") {
		return "", fmt.Errorf("its elements are arrays themselves: save them as one array of more dimensions")
	}
	return p.text()
}

func (p *dict) boolean() (bool, error) {
	switch {
	case p.take("True"):
		return true, nil
	case p.take("False"):
		return false, nil
	}
	return false, p.wrong("True or False")
}

// shape reads a tuple of lengths: (), (3,), (3, 4), (3L, 4L,).
func (p *dict) shape() (shape []int, err error) {
	if !p.take("(") {
		return nil, p.wrong("a shape such as (3,)")
	}
	comma := true // since the last length
	for comma && !p.at(")") {
		digits := p.rest[:len(p.rest)-len(strings.TrimLeft(p.rest, "0123456789"))]
		n, err := strconv.Atoi(digits)
		if err != nil {
			return nil, p.wrong("a length that is a whole number")
		}
		p.rest = strings.TrimPrefix(p.rest[len(digits):], "L")
		shape = append(shape, n)
		comma = p.take(",")
	}
	if len(shape) == 1 && !comma || !p.take(")") {
		return nil, p.wrong("the shape's end, such as in (3,)")
	}
	return shape, nil
}
