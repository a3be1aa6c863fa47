package spiking

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// A companion does part of the work of 200 neurons and more, and changes no bit.
func TestTwoCoresGiveTheBitsOfOne(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	cfg := small()
	cfg.Neurons = 203
	src := wave.Own(wave.Task{Steps: 301, Vary: true})
	var decoders []*mat.Dense
	for _, cores := range []int{1, 2} {
		m, err := Transfer(neuro.WithCores(context.Background(), cores), cfg, src)
		if err != nil {
			t.Fatal(err)
		}
		decoders = append(decoders, m.Decoder())
	}
	if !mat.Equal(decoders[0], decoders[1]) {
		t.Error("two cores gave other bits than one")
	}
}

// A trial that is given up takes its companion with it, and its model goes on.
func TestNobodyStaysBehind(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	cfg := small()
	cfg.Neurons, cfg.TrainingTrials = 200, 1
	src := wave.Own(wave.Task{Steps: 301, Vary: true})
	m, err := Transfer(context.Background(), cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := m.Train(ctx, src, 100000); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("ended with %v", err)
	}
	for i := 0; runtime.NumGoroutine() > before; i++ {
		if i == 100 {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
		time.Sleep(time.Millisecond)
	}
	if err := m.Train(context.Background(), src, 1); err != nil {
		t.Error(err)
	}
}
