package mat

import (
	"encoding/binary"
	"slices"
	"testing"
)

func TestNewNumbers(t *testing.T) {
	re, im := []byte{0, 1, 0, 2}, []byte{0, 3, 0xff, 0xff}
	a, err := NewNumbers("x", Int16, []int{2, 1}, binary.BigEndian, re, im)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.Complex128s(); err != nil || !slices.Equal(got, []complex128{1 + 3i, 2 - 1i}) {
		t.Errorf("%v, %v", got, err)
	}
	for want, c := range map[string]struct {
		class  Class
		dims   []int
		order  binary.ByteOrder
		re, im []byte
	}{
		`class "cell" holds no numbers`:         {Cell, []int{1, 1}, binary.BigEndian, re, nil},
		"the byte order is nil":                 {Int16, []int{2, 1}, nil, re, nil},
		"a logical array has no imaginary part": {Logical, []int{4, 1}, binary.BigEndian, re, im},
		"want two or more":                      {Int16, []int{2}, binary.BigEndian, re, nil},
		"none below 0":                          {Int16, []int{-1, 0}, binary.BigEndian, nil, nil},
		"for 3x1 elements of 2 bytes":           {Int16, []int{3, 1}, binary.BigEndian, re, nil},
		"4 bytes of real and 2 of imaginary":    {Int16, []int{2, 1}, binary.BigEndian, re, im[:2]},
	} {
		_, err := NewNumbers("x", c.class, c.dims, c.order, c.re, c.im)
		wantError(t, err, "x: ", want)
	}
}

func TestNewTextAndCells(t *testing.T) {
	empty, text := NewText("a", ""), NewText("b", "naïve \xb5")
	if got := text.Dims(); !slices.Equal(got, []int{1, 7}) && !slices.Equal(got, []int{1, 8}) {
		t.Errorf("dims %v", got)
	}
	if got := empty.Dims(); !slices.Equal(got, []int{0, 0}) {
		t.Errorf("dims %v", got)
	}
	c, err := NewCells("c", []int{1, 2}, []*Array{empty, NewText("", "µV")})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Texts(); err != nil || !slices.Equal(got, []string{"", "µV"}) {
		t.Errorf("%q, %v", got, err)
	}
	_, err = NewCells("c", []int{1, 2}, []*Array{empty})
	wantError(t, err, "1 items for 1x2 cells")
	_, err = NewCells("c", []int{1, 1}, []*Array{nil})
	wantError(t, err, "cell 0 is nil")
}
