package experiment

import "sync"

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

// share returns what build makes for the key, or made for it before. The key
// must say all that the result depends on but the type.
func share[T any](s *shared, key string, build func() (T, error)) (T, error) {
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
