package mat

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"
	"strings"
	"testing"
)

// decodeFrom is Open for a file that comes from anywhere.
func decodeFrom(r io.Reader, names ...string) (*File, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return Decode(bytes.NewReader(content), int64(len(content)), names)
}

// matWriter writes level-5 MAT-files in every form that the format allows,
// for tests.
type matWriter struct {
	order      binary.ByteOrder
	compressed bool // variables in miCOMPRESSED
	small      bool // the small form where data fits it
}

// value is what a test wants in a file.
type value struct {
	number  uint32 // of the class in the file
	logical bool
	dims    []int
	storage matType
	re, im  []float64
	raw     []byte // text of one-byte storage, in the place of re
	ir, jc  []int  // sparse
	fields  []string
	items   []value
	system  []string // opaque: type system and class
	cut     bool     // an element without content
}

// file writes a whole file.
func (w matWriter) file(names []string, values []value) []byte {
	head := append([]byte("MATLAB 5.0 MAT-file, written by a test"), bytes.Repeat([]byte(" "), 128)...)[:128]
	copy(head[116:], make([]byte, 8))
	w.order.PutUint16(head[124:], 0x0100)
	w.order.PutUint16(head[126:], 'M'<<8|'I')
	for i, name := range names {
		variable := w.matrix(name, values[i])
		if w.compressed {
			var packed bytes.Buffer
			z := zlib.NewWriter(&packed)
			z.Write(variable)
			z.Close()
			head = append(head, w.tag(miCompressed, packed.Len())...)
			head = append(head, packed.Bytes()...)
			continue
		}
		head = append(head, variable...)
	}
	return head
}

func (w matWriter) tag(kind matType, size int) []byte {
	b := make([]byte, 8)
	w.order.PutUint32(b, uint32(kind))
	w.order.PutUint32(b[4:], uint32(size))
	return b
}

func (w matWriter) element(kind matType, data []byte) []byte {
	if w.small && len(data) > 0 && len(data) <= 4 {
		b := make([]byte, 8)
		w.order.PutUint32(b, uint32(len(data))<<16|uint32(kind))
		copy(b[4:], data)
		return b
	}
	b := append(w.tag(kind, len(data)), data...)
	for kind != miMatrix && len(b)%8 != 0 {
		b = append(b, 0)
	}
	return b
}

// numbers writes values in a storage type.
func (w matWriter) numbers(kind matType, values []float64) []byte {
	var b []byte
	for _, v := range values {
		switch kind {
		case miInt8:
			b = append(b, byte(int8(v)))
		case miUint8, miUTF8:
			b = append(b, byte(v))
		case miInt16:
			b = w.append16(b, uint16(int16(v)))
		case miUint16, miUTF16:
			b = w.append16(b, uint16(v))
		case miInt32:
			b = w.append32(b, uint32(int32(v)))
		case miUint32, miUTF32:
			b = w.append32(b, uint32(v))
		case miSingle:
			b = w.append32(b, math.Float32bits(float32(v)))
		case miInt64:
			b = w.append64(b, uint64(int64(v)))
		case miUint64:
			b = w.append64(b, uint64(v))
		case miDouble:
			b = w.append64(b, math.Float64bits(v))
		}
	}
	return w.element(kind, b)
}

func (w matWriter) append16(b []byte, v uint16) []byte {
	var word [2]byte
	w.order.PutUint16(word[:], v)
	return append(b, word[:]...)
}

func (w matWriter) append32(b []byte, v uint32) []byte {
	var word [4]byte
	w.order.PutUint32(word[:], v)
	return append(b, word[:]...)
}

func (w matWriter) append64(b []byte, v uint64) []byte {
	var word [8]byte
	w.order.PutUint64(word[:], v)
	return append(b, word[:]...)
}

func (w matWriter) ints(values []int) []byte {
	floats := make([]float64, len(values))
	for i, v := range values {
		floats[i] = float64(v)
	}
	return w.numbers(miInt32, floats)
}

// matrix writes a miMATRIX element.
func (w matWriter) matrix(name string, v value) []byte {
	if v.cut {
		return w.tag(miMatrix, 0)
	}
	flags := v.number
	if v.logical {
		flags |= logicalBit
	}
	if v.im != nil {
		flags |= complexBit
	}
	b := w.numbers(miUint32, []float64{float64(flags), float64(len(v.ir))})
	if v.number == opaqueNumber {
		for _, s := range append([]string{name}, v.system...) {
			b = append(b, w.element(miInt8, []byte(s))...)
		}
		return w.element(miMatrix, b)
	}
	b = append(b, w.ints(v.dims)...)
	b = append(b, w.element(miInt8, []byte(name))...)
	switch v.number {
	case 1:
	case 2, 3:
		if v.number == 3 {
			b = append(b, w.element(miInt8, []byte("inline"))...)
		}
		b = append(b, w.fieldNames(v.fields)...)
	case 4:
		if v.raw != nil {
			b = append(b, w.element(v.storage, v.raw)...)
		} else {
			b = append(b, w.numbers(v.storage, v.re)...)
		}
	case 16:
	case sparseNumber:
		b = append(b, w.ints(v.ir)...)
		b = append(b, w.ints(v.jc)...)
		fallthrough
	default:
		b = append(b, w.numbers(v.storage, v.re)...)
		if v.im != nil {
			b = append(b, w.numbers(v.storage, v.im)...)
		}
	}
	for _, item := range v.items {
		b = append(b, w.matrix("", item)...)
	}
	return w.element(miMatrix, b)
}

func (w matWriter) fieldNames(fields []string) []byte {
	const room = 32
	names := make([]byte, room*len(fields))
	for i, field := range fields {
		copy(names[room*i:], field)
	}
	return append(w.ints([]int{room}), w.element(miInt8, names)...)
}

// forms are all writers there are.
func forms() map[string]matWriter {
	all := map[string]matWriter{}
	for orderName, order := range map[string]binary.ByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
		for packedName, compressed := range map[string]bool{"plain": false, "compressed": true} {
			for smallName, small := range map[string]bool{"long": false, "small": true} {
				all[orderName+" "+packedName+" "+smallName] = matWriter{order, compressed, small}
			}
		}
	}
	return all
}

// wantError checks an error's text.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v, want %q in it", err, part)
		}
	}
}
