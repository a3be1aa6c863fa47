package neuro

import (
	"context"
	"runtime"
)

type coresKey struct{}

// WithCores returns a context under which one training or simulation keeps
// n >= 1 processors busy at most. Whoever runs several side by side, one for
// each processor, gives each WithCores(ctx, 1): work that is split within one
// of them would only get in the way of the others.
//
// It changes the time taken and never a result, which is why it is not part
// of any Config.
//
// A nil ctx is context.Background(), here and in [Cores].
func WithCores(ctx context.Context, n int) context.Context {
	if ctx == nil {
		ctx = context.Background()
	}
	return context.WithValue(ctx, coresKey{}, max(n, 1))
}

// Cores returns how many processors a computation under ctx may keep busy:
// what [WithCores] has said, and GOMAXPROCS at most.
func Cores(ctx context.Context) int {
	procs := runtime.GOMAXPROCS(0)
	if ctx == nil {
		return procs
	}
	if n, ok := ctx.Value(coresKey{}).(int); ok {
		return min(n, procs)
	}
	return procs
}
