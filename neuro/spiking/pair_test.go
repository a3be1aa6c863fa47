package spiking

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
"runtime"
	"sync"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func TestPair(t *testing.T) {
	var ms [2]*Model
	rec := data.SyntheticCycling(1)
	k, err := task.NewCycling(rec.Factors, rec.EMG, rec.Dt)
	if err != nil { t.Fatal(err) }
	src := fromRecording{k}
	for i := range ms {
		cfg := Preset2023()
		cfg.Seed = uint64(1 + i)
		cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 5, 5
		if ms[i], err = Transfer(context.Background(), cfg, src, nil); err != nil { t.Fatal(err) }
	}
	ctx := neuro.WithCores(context.Background(), 1)
	f, _ := os.Create("/tmp/alone.prof"); pprof.StartCPUProfile(f)
	runtime.GOMAXPROCS(1); s := time.Now()
	for range 20 { for i := range ms { ms[i].Train(ctx, src, 3, nil) } }
	a := time.Since(s); runtime.GOMAXPROCS(2)
	pprof.StopCPUProfile(); f.Close()
	f, _ = os.Create("/tmp/both.prof"); pprof.StartCPUProfile(f)
	s = time.Now()
	var g sync.WaitGroup
	for i := range ms { g.Go(func() { for range 20 { ms[i].Train(ctx, src, 3, nil) } }) }
	g.Wait()
	b := time.Since(s)
	pprof.StopCPUProfile(); f.Close()
	fmt.Println(a, b, a.Seconds()/b.Seconds())
}
