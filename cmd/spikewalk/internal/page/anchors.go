package page

import (
	"strconv"
	"strings"
	"unicode"
)

// anchors are the ids of a page, each given once.
type anchors map[string]bool

// take returns the id, or the first of id-2, id-3, … that is free.
func (a anchors) take(id string) string {
	if id == "" {
		id = "section"
	}
	free := id
	for n := 2; a[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	a[free] = true
	return free
}

// slug is the anchor of a heading: its letters and digits, with one dash for
// all that is between them. Jupyter's own anchors, which keep capitals and
// signs, become the same.
func slug(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}
