package neuro

import (
	"context"
	"runtime"
	"testing"
)

func TestCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	ctx := context.Background()
	for _, c := range []struct {
		ctx  context.Context
		want int
	}{{ctx, 2}, {WithCores(ctx, 1), 1}, {WithCores(ctx, 9), 2}, {WithCores(ctx, -3), 1}, {WithCores(WithCores(ctx, 1), 2), 2}} {
		if got := Cores(c.ctx); got != c.want {
			t.Errorf("%d processors, want %d", got, c.want)
		}
	}
}
