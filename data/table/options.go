package table

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Header says whether the first row names the columns.
type Header int

const (
	// ByContent: the first row is a header if none of its cells is a number or
	// stands for one that is missing, and at least one is a text.
	ByContent Header = iota
	// FirstRow is a header, even if it holds numbers.
	FirstRow
	// NoHeader: the first row is a row like the others.
	NoHeader
)

// Options say of a file what its content leaves open. The zero Options read it
// by the rules of the package documentation.
type Options struct {
	// Separator stands between cells: ',', ';', '\t' or another character; ' '
	// is any number of blanks and tabs. 0 is what the first row shows.
	Separator rune
	// Header says whether the first row names the columns.
	Header Header
	// Comment begins lines that are left out; empty is "#".
	Comment string
	// Skip is the number of lines before the table that are left out unread.
	Skip int
	// Columns are the only columns to be kept, in this order; nil keeps all.
	Columns []string
	// Texts are columns to be taken as texts whatever they hold, such as names
	// that are numbers.
	Texts []string
}

func (o Options) check() error {
	switch {
	case o.Skip < 0:
		return fmt.Errorf("%d lines to skip: give 0 or more", o.Skip)
	case o.Header < ByContent || o.Header > NoHeader:
		return fmt.Errorf("there is no header rule %d: use ByContent, FirstRow or NoHeader", o.Header)
	case o.Separator == '"' || o.Separator == '\n' || o.Separator == '\r' || !utf8.ValidRune(o.Separator):
		return fmt.Errorf("%q cannot separate cells", o.Separator)
	case o.Columns != nil && len(o.Columns) == 0:
		return errors.New("no columns are asked for: leave Columns nil for all of them")
	}
	return nil
}

func (o Options) comment() string {
	if o.Comment == "" {
		return "#"
	}
	return o.Comment
}
