package hdf5

// A box is a block of elements of an array.
type box struct{ start, count []int }

// whole is the box of all elements.
func whole(dims []int) box { return box{make([]int, len(dims)), dims} }

// meet returns the part of b inside other; ok is false if there is none.
func (b box) meet(other box) (part box, ok bool) {
	part = box{make([]int, len(b.start)), make([]int, len(b.start))}
	for i := range b.start {
		from := max(b.start[i], other.start[i])
		to := min(b.start[i]+b.count[i], other.start[i]+other.count[i])
		if from >= to {
			return part, false
		}
		part.start[i], part.count[i] = from, to-from
	}
	return part, true
}

// elements is the number of elements; boxes of one array do not overflow.
func (b box) elements() int {
	n := 1
	for _, c := range b.count {
		n *= c
	}
	return n
}

// index is the place of an element of the array in the box, whose elements are
// counted with the last dimension fastest.
func (b box) index(at []int) int {
	n := 0
	for i, a := range at {
		n = n*b.count[i] + a - b.start[i]
	}
	return n
}

// A stretches is the elements that a piece of an array and a selection of it
// have in common, as runs that lie together in both.
type stretches struct {
	part   box
	n      int   // elements of a run
	axes   int   // the first axes count runs
	inOne  []int // elements from one run to the next along each axis, in the piece
	inSel  []int // the same in the selection
	first  int   // place of the first run in the piece
	second int   // and in the selection
}

// common finds the runs that a piece and a selection have in common.
func common(piece, sel box) (s stretches, ok bool) {
	if s.part, ok = piece.meet(sel); !ok {
		return s, false
	}
	rank := len(piece.count)
	s.first, s.second = piece.index(s.part.start), sel.index(s.part.start)
	s.n, s.axes = 1, rank
	for s.axes > 0 {
		i := s.axes - 1
		s.n *= s.part.count[i]
		s.axes--
		if s.part.count[i] != piece.count[i] || s.part.count[i] != sel.count[i] {
			break
		}
	}
	s.inOne, s.inSel = make([]int, rank), make([]int, rank)
	one, two := 1, 1
	for i := rank - 1; i >= 0; i-- {
		s.inOne[i], s.inSel[i] = one, two
		one, two = one*piece.count[i], two*sel.count[i]
	}
	return s, true
}

// each calls visit with the place of every run in the piece and in the selection.
func (s *stretches) each(visit func(inPiece, inSel int) error) error {
	at := make([]int, s.axes)
	p, q := s.first, s.second
	for {
		if err := visit(p, q); err != nil {
			return err
		}
		i := s.axes - 1
		for ; i >= 0; i-- {
			at[i]++
			p, q = p+s.inOne[i], q+s.inSel[i]
			if at[i] < s.part.count[i] {
				break
			}
			p, q = p-at[i]*s.inOne[i], q-at[i]*s.inSel[i]
			at[i] = 0
		}
		if i < 0 {
			return nil
		}
	}
}

// span is the number of elements of the piece from the first to the last run's end.
func (s *stretches) span() int {
	n := s.n
	for i := range s.axes {
		n += (s.part.count[i] - 1) * s.inOne[i]
	}
	return n
}
