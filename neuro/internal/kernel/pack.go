package kernel

// panels are pieces of nr columns.
func panels(n, nr int) int { return (n + nr - 1) / nr }

// room makes a scratch slice so long.
func room[T any](scratch *[]T, size int) {
	if cap(*scratch) < size {
		*scratch = make([]T, size)
	}
	*scratch = (*scratch)[:size]
}

// pack copies z, k x n with rows stride apart, into strips.
func pack[T, F Real](strips *[]T, z []F, stride, n, k, nr int) {
	room(strips, panels(n, nr)*nr*k)
	packInto(*strips, z, stride, n, k, nr)
}

func packInto[T, F Real](packed []T, z []F, stride, n, k, nr int) {
	for s := range k {
		row := z[s*stride:][:n]
		at := s * nr
		for ; len(row) >= nr; row = row[nr:] {
			convert(packed[at:at+nr], row[:nr])
			at += nr * k
		}
		if len(row) > 0 {
			last := packed[at : at+nr]
			convert(last[:len(row)], row)
			clear(last[len(row):])
		}
	}
}

// convert copies numbers of one precision or another.
func convert[T, F Real](to []T, from []F) {
	if same, ok := any(from).([]T); ok {
		copy(to, same)
		return
	}
	for i, v := range from {
		to[i] = T(v)
	}
}
