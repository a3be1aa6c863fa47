package compare

import "testing"

// The settings of nlb_tools' evaluation: lags, windows and kernels in ms, bins of 5 ms
// and 200 ms of forward prediction.
func TestBenchmarks(t *testing.T) {
	for _, c := range []struct {
		Benchmark
		lag, from, to, kernel float64
	}{
		{MCMaze(), 100, -250, 450, 70},
		{MCMazeScaling(), 120, -250, 450, 50},
		{MCRTT(), 140, 0, 600, 0},
		{Area2Bump(), -20, -100, 500, 40},
	} {
		for what, pair := range map[string][2]float64{
			"lag": {c.Lag, c.lag}, "start": {c.From, c.from}, "end": {c.To, c.to}, "kernel": {c.Kernel, c.kernel},
			"bin": {c.Bin, 5}, "forward prediction": {c.Forward, 200}, "decoder's lag": {c.Decoder().Lag, c.lag},
		} {
			if pair[0] != pair[1]/1000 {
				t.Errorf("%s: the %s is %g s, want %g ms", c.Name, what, pair[0], pair[1])
			}
		}
	}
}
