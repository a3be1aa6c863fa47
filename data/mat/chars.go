package mat

import (
	"iter"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// text makes text of stored characters.
func (p part) text() string {
	size := 0
	for r := range p.characters() {
		size += utf8.RuneLen(r)
	}
	var b strings.Builder
	b.Grow(size)
	for r := range p.characters() {
		b.WriteRune(r)
	}
	return b.String()
}

// characters are the stored characters; what is none is U+FFFD. The type of the
// numbers says what they are: miUTF8, miUTF16 and miUTF32 are Unicode, the others
// what the writer's machine had.
func (p part) characters() iter.Seq[rune] {
	switch p.kind {
	case miUTF8:
		return p.fromUTF8
	case miInt8, miUint8:
		return p.fromBytes
	case miUTF16:
		return p.fromUTF16
	case miInt16, miUint16:
		if p.narrow() {
			return part{kind: miUint8, raw: p.lowBytes()}.fromBytes
		}
		return p.fromUTF16
	}
	return p.fromUTF32
}

func (p part) fromUTF8(yield func(rune) bool) {
	for at := 0; at < len(p.raw); {
		r, size := utf8.DecodeRune(p.raw[at:])
		if !yield(r) {
			return
		}
		at += size
	}
}

// fromBytes is UTF-8, or, where that is not valid, Windows-1252.
func (p part) fromBytes(yield func(rune) bool) {
	if utf8.Valid(p.raw) {
		p.fromUTF8(yield)
		return
	}
	for _, b := range p.raw {
		if !yield(charmap.Windows1252.DecodeByte(b)) {
			return
		}
	}
}

func (p part) fromUTF16(yield func(rune) bool) {
	for i := 0; i < p.len(); i++ {
		r := rune(p.unit(i))
		if utf16.IsSurrogate(r) {
			second := rune(0)
			if i+1 < p.len() {
				second = rune(p.unit(i + 1))
			}
			if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
				i++
			}
		}
		if !yield(r) {
			return
		}
	}
}

func (p part) fromUTF32(yield func(rune) bool) {
	for i := range p.len() {
		r := utf8.RuneError
		if code := p.code(i); code <= utf8.MaxRune && utf8.ValidRune(rune(code)) {
			r = rune(code)
		}
		if !yield(r) {
			return
		}
	}
}

// narrow tells whether 16-bit characters are bytes, as writers before Unicode
// had them: none above 255, or all but ASCII made negative by a sign that was
// extended, so that the µ of µV, 0xB5, is 0xFFB5. As Unicode such a text would
// be Korean letters of half width among plain ones; only if all of them lie
// where Japanese has its own of half width is it taken at its word.
func (p part) narrow() bool {
	positive, negative, korean := false, false, false
	for i := range p.len() {
		switch u := p.unit(i); {
		case u < 0x80:
		case u <= 0xff:
			positive = true
		case u >= 0xff80:
			negative = true
			korean = korean || u >= 0xffa0
		default:
			return false
		}
	}
	return !negative || korean && !positive
}

// lowBytes is the lower byte of every 16-bit character.
func (p part) lowBytes() []byte {
	low := make([]byte, p.len())
	for i := range low {
		low[i] = byte(p.unit(i))
	}
	return low
}

// unit returns character i of two-byte storage.
func (p part) unit(i int) uint16 { return p.order.Uint16(p.raw[2*i:]) }

// code returns character i of four- or eight-byte storage.
func (p part) code(i int) uint64 {
	if p.kind.size() == 4 {
		return uint64(p.order.Uint32(p.raw[4*i:]))
	}
	return p.order.Uint64(p.raw[8*i:])
}
