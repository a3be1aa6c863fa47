package neuro

import (
	"context"
	"runtime"
	"testing"
)

// none is the context of a caller who has none.
var none context.Context

func TestCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	ctx := context.Background()
	for _, c := range []struct {
		ctx  context.Context
		want int
	}{{ctx, 2}, {WithCores(ctx, 1), 1}, {WithCores(ctx, 9), 2}, {WithCores(ctx, -3), 1}, {WithCores(WithCores(ctx, 1), 2), 2}, {none, 2}, {WithCores(none, 1), 1}} {
		if got := Cores(c.ctx); got != c.want {
			t.Errorf("%d processors, want %d", got, c.want)
		}
	}
}

// A nil context is the one without anything, for watches too.
func TestWatchOfContexts(t *testing.T) {
	seen := 0
	w := Watch(func(Progress) error { seen++; return ErrStop })
	if WatchOf(none) != nil || WatchOf(context.Background()) != nil || WatchOf(WithWatch(WithWatch(none, w), nil)) != nil {
		t.Error("somebody watches where nobody was said to")
	}
	if stop, err := WatchOf(WithWatch(none, w)).Report(Progress{}); !stop || err != nil || seen != 1 {
		t.Errorf("the watch has seen %d reports, stop %v, error %v", seen, stop, err)
	}
}
