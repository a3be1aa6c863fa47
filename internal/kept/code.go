// Package kept writes results into files and reads them back to the bit: what
// type can be kept, how it is encoded, and files that are there whole or not at
// all and show it when they are damaged.
package kept

import (
	"bytes"
	"encoding/gob"
	"errors"
	"io"
	"reflect"
)

// box lets gob keep values it refuses at the top: nil pointers.
type box[T any] struct{ Value T }

// Encode returns v as bytes: by its own WriteTo if it has both that and ReadFrom,
// and by encoding/gob otherwise. Nil pointers and NaN are kept, an empty slice
// becomes nil.
func Encode[T any](v T) (data []byte, err error) {
	var b bytes.Buffer
	if streams[T]() {
		if isNil(v) {
			return nil, errors.New("it is nil")
		}
		_, err := any(v).(io.WriterTo).WriteTo(&b)
		return b.Bytes(), err
	}
	err = gob.NewEncoder(&b).Encode(&box[T]{v})
	return b.Bytes(), err
}

// Decode returns what [Encode] was given.
func Decode[T any](data []byte) (T, error) {
	if streams[T]() {
		return decodeStream[T](data)
	}
	var b box[T]
	err := gob.NewDecoder(bytes.NewReader(data)).Decode(&b)
	return b.Value, err
}

func decodeStream[T any](data []byte) (T, error) {
	var v T
	target := any(&v)
	if t := reflect.TypeFor[T](); t.Kind() == reflect.Pointer {
		reflect.ValueOf(&v).Elem().Set(reflect.New(t.Elem()))
		target = any(v)
	}
	_, err := target.(io.ReaderFrom).ReadFrom(bytes.NewReader(data))
	return v, err
}

// streams tells whether T writes and reads itself.
func streams[T any]() bool {
	t := reflect.TypeFor[T]()
	if t.Kind() == reflect.Interface || !t.Implements(reflect.TypeFor[io.WriterTo]()) {
		return false
	}
	reader := reflect.TypeFor[io.ReaderFrom]()
	return t.Implements(reader) || reflect.PointerTo(t).Implements(reader)
}

func isNil(v any) bool {
	r := reflect.ValueOf(v)
	return !r.IsValid() || r.Kind() == reflect.Pointer && r.IsNil()
}
