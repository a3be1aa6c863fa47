package data

import (
	"errors"
	"fmt"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/npz"
)

// decodeNPZ reads what NumPy's savez and savez_compressed write. Every byte must be
// accounted for, and names, sizes and checksums must agree.
func decodeNPZ(raw []byte) (*File, error) {
	r, err := npz.NewReader(raw)
	if err != nil {
		return nil, err
	}
	arrays, others := r.Names()
	f := &File{names: append(arrays, others...), variables: make(map[string]variable)}
	texts := 0
	for _, name := range arrays {
		h, body, err := r.Raw(name)
		if err == nil {
			texts += textCount(h, body)
			err = checkTexts(texts, len(raw))
		}
		var a *matfile.Array
		if err == nil {
			a, err = fromNPY(name, h, body)
		}
		switch {
		case err == nil:
			f.variables[name] = variable{array: a}
		case errors.Is(err, npz.ErrDamaged):
			return nil, fmt.Errorf("%s: %w", name, err)
		default:
			f.variables[name] = variable{err: fmt.Errorf("%s: %w", name, err)}
		}
	}
	for _, name := range others {
		f.variables[name] = variable{err: fmt.Errorf("%s: it is no array of NumPy's", name)}
	}
	return f, nil
}
