package bench

import (
	"context"
	"runtime"
	"slices"
	"time"
)

// processors measures, before each repetition on two processors, what they are
// worth. Those of a virtual machine may for seconds at a time be the two
// threads of one core, or share their cores with other machines; a repetition
// waits a while for two cores.
type processors struct {
	alone, both []float64 // arithmetic a second
	waited      time.Duration
}

const (
	twoCores = 1.8 // times the arithmetic of one
	patience = 10 * time.Second
)

// await returns when the processors are two cores, or are not for too long. It
// takes 20 ms if they are, and no time with one processor.
func (p *processors) await(ctx context.Context) {
	if runtime.GOMAXPROCS(0) < 2 {
		return
	}
	start := time.Now()
	alone, both := compare()
	p.alone = append(p.alone, alone)
	for time.Since(start) < patience && ctx.Err() == nil && both < twoCores*slices.Max(p.alone) {
		time.Sleep(100 * time.Millisecond)
		alone, both = compare()
		p.alone = append(p.alone, alone)
	}
	p.both = append(p.both, both)
	p.waited += time.Since(start)
}

// compare returns how much arithmetic one processor does, and two.
func compare() (alone, both float64) {
	const long, short = 12 * time.Millisecond, 4 * time.Millisecond
	alone = speed(short)
	speeds := make(chan float64)
	for range 2 {
		go func() {
			speed(long) // the system may begin with both on one processor
			speeds <- speed(short)
		}()
	}
	return alone, <-speeds + <-speeds
}

// worth is how much both did, of what one did at best: 2 where nothing
// disturbed them. It is empty of one processor.
func (p *processors) worth() (worth []float64) {
	for _, b := range p.both {
		worth = append(worth, b/slices.Max(p.alone))
	}
	return worth
}

// speed is how much arithmetic is done a second, over some time.
func speed(over time.Duration) float64 {
	rounds, start := 0, time.Now()
	for time.Since(start) < over {
		runtime.KeepAlive(arithmetic(1000))
		rounds++
	}
	return float64(rounds) / time.Since(start).Seconds()
}

// arithmetic fills a core's multipliers and adders with independent chains.
//
//go:noinline
func arithmetic(rounds int) (sum float64) {
	const x, y = 0.999, 0.001
	var a, b, c, d, e, f, g, h, i, j, k, l float64 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
	for range rounds {
		a, b, c, d = a*x+y, b*x+y, c*x+y, d*x+y
		e, f, g, h = e*x+y, f*x+y, g*x+y, h*x+y
		i, j, k, l = i*x+y, j*x+y, k*x+y, l*x+y
	}
	return a + b + c + d + e + f + g + h + i + j + k + l
}
