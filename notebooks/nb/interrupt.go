package nb

import (
	"maps"
	"os"
	"os/signal"
	"slices"
	"sync"
	"time"
)

// interruption is what a stopped cell does before it ends: what was asked for,
// and the last state of every bar, which would else go on saying how much time
// is left. Like bars it stands for a thing there is only one of, the reader's
// stop button.
var interruption stopButton

type stopButton struct {
	mu      sync.Mutex
	awaited bool
	before  map[int]func()
	next    int
}

// await takes the signal from now on; mu is held.
func (i *stopButton) await() {
	if i.awaited {
		return
	}
	i.awaited = true
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		<-signals
		interrupted()
	}()
}

// farewell is the most time for the bars: a stopped cell ends at once.
const farewell = 150 * time.Millisecond

// onInterrupt has f called when the cell is stopped, before the program ends
// of it as it does without. The function returned takes that back.
func onInterrupt(f func()) (stop func()) {
	i := &interruption
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.before == nil {
		i.before = map[int]func(){}
	}
	key := i.next
	i.next++
	i.before[key] = f
	i.await()
	return func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		delete(i.before, key)
	}
}

// settleOnInterrupt gives every bar its last state when the cell is stopped.
func settleOnInterrupt() {
	interruption.mu.Lock()
	defer interruption.mu.Unlock()
	interruption.await()
}

// interrupted ends the program.
func interrupted() {
	interruption.mu.Lock()
	asked := slices.Collect(maps.Values(interruption.before))
	interruption.mu.Unlock()
	for _, f := range asked {
		f()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		settleBars()
	}()
	select {
	case <-done:
	case <-time.After(farewell):
	}
	signal.Reset(os.Interrupt)
	if p, err := os.FindProcess(os.Getpid()); err == nil && p.Signal(os.Interrupt) == nil {
		time.Sleep(time.Second)
	}
	os.Exit(130) // where a program cannot send itself the signal
}
