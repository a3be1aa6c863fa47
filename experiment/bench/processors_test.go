package bench

import (
	"context"
	"math"
	"testing"
	"time"
)

// A repetition on one processor waits for nothing; one on two tells what they
// are worth, and does not wait when it is called off.
func TestProcessors(t *testing.T) {
	off, cancel := context.WithCancel(context.Background())
	cancel()
	var p processors
	_ = cores(1, func() error { p.await(off); return nil })
	if len(p.worth()) != 0 || p.waited != 0 {
		t.Errorf("one processor: %+v", p)
	}
	_ = cores(2, func() error { p.await(off); p.await(off); return nil })
	if w := p.worth(); len(w) != 2 || !(w[0] > 0) || !(w[1] > 0) || p.waited > patience {
		t.Errorf("two processors were worth %v, after %v", w, p.waited)
	}
}

func TestWorth(t *testing.T) {
	p := processors{alone: []float64{2, 4, 3}, both: []float64{8, 5}, waited: time.Second}
	if w := p.worth(); len(w) != 2 || math.Abs(w[0]-2) > 1e-12 || math.Abs(w[1]-1.25) > 1e-12 {
		t.Errorf("worth %v, want 2 and 1.25: both against the best alone", w)
	}
}
