package nb

import (
	"errors"
	"reflect"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/neuro"
)

// memoKey is the SHA-256, in hexadecimal, of all that decides a result.
func memoKey[T any](name string, key any) (string, error) {
	if name == "" {
		return "", errors.New("the result needs a name")
	}
	if key == nil {
		return "", errors.New("the key is nil: give all that the result depends on")
	}
	return kept.Key("key", memoMagic, name, kept.Structure(reflect.TypeFor[T]()), neuro.NumericsVersion, key)
}
