package task

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Milliseconds in the place of seconds are refused wherever a task is told a
// time, and named.
func TestMillisecondsAreNotSeconds(t *testing.T) {
	series := mat.NewDense(2000, 2, nil)
	series.Apply(func(i, j int, _ float64) float64 { return float64(i%100 + j) }, series)
	_, cycling := NewCycling(series, series, 1)
	_, coarse := NewCycling(series, series, 0.2)
	_, reaching := NewReaching([]*mat.Dense{series}, 10)
	sweep := SweptOscillation()
	sweep.Dt = 0.5
	xor := NewTemporalXOR()
	xor.Short, xor.Long, xor.Gap, xor.Delay, xor.Response, xor.Pause = 100, 300, 300, 300, 500, Pause{400, 400}
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"cycling at 1 ms":          {cycling, "cycling: Dt is 1 s, longer than any step that is sampled from neurons (0.25 s): 1 looks like milliseconds, write 0.001"},
		"cycling, its pulse lost":  {coarse, "cycling: Pulse is 0.05 s, which is lost in steps of 0.2 s"},
		"EMG at 10 ms":             {reaching, "reaching: SampleInterval is 10 s"},
		"oscillation at 0.5 ms":    {Validate(sweep), "0.5 looks like milliseconds, write 0.0005"},
		"all durations of a trial": {Validate(xor), "more than 1000000 steps: durations are in seconds"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", name, c.err, c.says)
		}
	}
	if _, err := NewCycling(series, series, 0.001); err != nil {
		t.Errorf("1 ms in seconds: %v", err)
	}
}
