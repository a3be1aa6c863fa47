package experiment

import (
	"errors"
	"fmt"
	"sync"

	"github.com/spikewalk/spikewalk/internal/kept"
)

// shared keeps what several experiments build on, such as a trained network:
// it is made once for each key, also when several ask at the same time.
type shared struct {
	mu   sync.Mutex
	made map[string]*made
}

type made struct {
	once  sync.Once
	value any
	err   error
}

func newShared() *shared { return &shared{made: map[string]*made{}} }

// Share returns what build makes of a config, or made of it before: what several
// runs build on, such as a trained network, is made once. The name says what is
// built, and the config, with its seeds, all that it depends on beside [Run.Quick]. The
// result must not be changed.
func Share[T any](r Run, name string, config any, build func() (T, error)) (T, error) {
	var none T
	if build == nil {
		return none, errors.New("experiment: nothing builds what is shared: build is nil")
	}
	s := r.shared
	if s == nil { // a run on its own
		return build()
	}
	key, err := kept.Key(name, config)
	if err != nil {
		return none, fmt.Errorf("experiment: what is shared cannot be told apart: %w", err)
	}
	key = name + " " + key
	s.mu.Lock()
	m := s.made[key]
	if m == nil {
		m = new(made)
		s.made[key] = m
	}
	s.mu.Unlock()
	m.once.Do(func() { m.value, m.err = build() })
	if m.err != nil {
		return none, m.err
	}
	return m.value.(T), nil
}
