package integrator

// delay is a line that gives back what went in a fixed number of steps
// before, zeros at first.
type delay struct {
	line []float64
	next int
}

func newDelay(steps int) *delay { return &delay{line: make([]float64, max(1, steps))} }

// oldest is the value that went in len(line) pushes ago, without a push.
func (d *delay) oldest() float64 { return d.line[d.next] }

// push puts a value in and drops the oldest.
func (d *delay) push(v float64) {
	d.line[d.next] = v
	if d.next++; d.next == len(d.line) {
		d.next = 0
	}
}

// clear fills the line with zeros.
func (d *delay) clear() { clear(d.line) }
