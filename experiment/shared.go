package experiment

import (
	"errors"
	"sync"
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

// Share returns what build makes for the key, or made for it before: what
// several runs build on, such as a trained network, is made once. The key must
// say all that the result depends on. The result must not be changed.
func Share[T any](r Run, key string, build func() (T, error)) (T, error) {
	if build == nil {
		var none T
		return none, errors.New("experiment: nothing builds what is shared: build is nil")
	}
	s := r.shared
	if s == nil { // a run on its own
		return build()
	}
	s.mu.Lock()
	m := s.made[key]
	if m == nil {
		m = new(made)
		s.made[key] = m
	}
	s.mu.Unlock()
	m.once.Do(func() { m.value, m.err = build() })
	if m.err != nil {
		var none T
		return none, m.err
	}
	return m.value.(T), nil
}
