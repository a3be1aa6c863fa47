package kernel

func panels(n, nr int) int { return (n + nr - 1) / nr }

// pack copies z, k x n with rows stride apart, into panels.
func pack[T, F Real](panel *[]T, z []F, stride, n, k, nr int) {
	size := panels(n, nr) * nr * k
	if cap(*panel) < size {
		*panel = make([]T, size)
	}
	packed := (*panel)[:size]
	*panel = packed
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
