package spiketrain

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/spikewalk/spikewalk/neuro"
)

// Trains are the spike trains of a population in several trials.
type Trains struct {
	trials     []Trial
	neurons    int
	conditions int
}

// Trial is what all neurons did in one trial.
type Trial struct {
	// Condition counts from 0.
	Condition int
	// Start and Stop are the times between which spikes were recorded, in
	// seconds from the event to which trials are aligned.
	Start, Stop float64
	// Times of the spikes of each neuron, in rising order, in the same seconds,
	// from Start to Stop. Equal times, which spike sorting gives, count as
	// several spikes (see [Trains.Repeated] and [MinInterval]).
	Times [][]float64
}

// tolerance in seconds forgives the rounding of times that are multiples of a
// time step. It is far below any time step in use.
const tolerance = 1e-9

var errNoTrials = errors.New("spiketrain: there are no trials: give at least one")

// New makes trains of trials, which it keeps. All must have the same number of
// neurons, and every condition from 0 to the highest must have a trial.
func New(trials []Trial) (*Trains, error) {
	if len(trials) == 0 {
		return nil, errNoTrials
	}
	t := &Trains{trials: trials, neurons: len(trials[0].Times)}
	if t.neurons == 0 {
		return nil, errors.New("spiketrain: trial 0 has no neurons: give each neuron a list of times, empty if it is silent")
	}
	for i, trial := range trials {
		if len(trial.Times) != t.neurons {
			return nil, fmt.Errorf("spiketrain: trial %d has %d neurons, trial 0 has %d", i, len(trial.Times), t.neurons)
		}
		if err := trial.check(); err != nil {
			return nil, fmt.Errorf("spiketrain: trial %d: %w", i, err)
		}
	}
	counts, err := perCondition(t.labels())
	if err != nil {
		return nil, err
	}
	t.conditions = len(counts)
	return t, nil
}

func (t Trial) check() error {
	if t.Condition < 0 {
		return fmt.Errorf("condition %d: conditions count from 0", t.Condition)
	}
	if neuro.NotFinite([]float64{t.Start, t.Stop}) >= 0 || t.Start >= t.Stop {
		return fmt.Errorf("it lasts from %g to %g s: it must start before it stops", t.Start, t.Stop)
	}
	for n, times := range t.Times {
		for k, s := range times {
			switch {
			case math.IsNaN(s) || s < t.Start-tolerance || s > t.Stop+tolerance:
				return fmt.Errorf("neuron %d spikes at %g s: the trial lasts from %g to %g s", n, s, t.Start, t.Stop)
			case k > 0 && s < times[k-1]:
				return fmt.Errorf("neuron %d spikes at %g s after %g s: sort its times, the earliest first", n, s, times[k-1])
			}
		}
	}
	return nil
}

// perCondition counts the trials of each condition, of which there are no more
// than trials.
func perCondition(labels []int) ([]int, error) {
	highest := slices.Max(labels)
	counts := make([]int, min(highest, len(labels)-1)+1)
	for _, c := range labels {
		if c < len(counts) {
			counts[c]++
		}
	}
	if c := slices.Index(counts, 0); c >= 0 {
		return nil, fmt.Errorf("spiketrain: condition %d has no trial, but there is a condition %d: number conditions without gaps", c, highest)
	}
	return counts, nil
}

func (t *Trains) labels() []int {
	out := make([]int, len(t.trials))
	for i, trial := range t.trials {
		out[i] = trial.Condition
	}
	return out
}

// Window is a trial's place in a continuous recording.
type Window struct {
	Condition int
	// Zero is the time of the event to which trials are aligned, in seconds of
	// the recording. Start and Stop count from there.
	Zero, Start, Stop float64
}

// Cut makes trials from one recording: spike k is of neuron neurons[k] (0 to
// n-1) at times[k] seconds, in any order, on any clock. A trial has the spikes
// with Start < time - Zero <= Stop: a spike at the boundary of two successive
// trials belongs to the first, since simulated spikes carry the time of the end of
// their step. Windows may overlap. A neuron's equal times are spikes of their own
// ([MinInterval] drops them).
//
// It is an error if all spikes are before the first window or after the last:
// their clock is another one. It is one, too, if 100 spikes or more are from a
// recording 100 times as long as the time from the first window to the last, and
// no neuron has two within 0.5 s: their times are milliseconds or samples.
func Cut(times []float64, neurons []int, n int, windows []Window) (*Trains, error) {
	if n < 1 {
		return nil, fmt.Errorf("spiketrain: %d neurons: there must be at least one", n)
	}
	if float64(n)*float64(len(windows)+1) > most/8 {
		return nil, fmt.Errorf("spiketrain: %d neurons in %d trials are more than %d spike trains: number neurons without gaps", n, len(windows), most/8)
	}
	if err := checkSpikes(times, neurons); err != nil {
		return nil, err
	}
	all := make([][]float64, n)
	for k, s := range times {
		if i := neurons[k]; i < 0 || i >= n {
			return nil, fmt.Errorf("spiketrain: spike %d is of neuron %d: neurons are 0 to %d", k, i, n-1)
		}
		all[neurons[k]] = append(all[neurons[k]], s)
	}
	for _, s := range all {
		slices.Sort(s)
	}
	if err := checkClock(times, windows); err != nil {
		return nil, err
	}
	if err := checkSeconds(all, windows); err != nil {
		return nil, err
	}
	trials := make([]Trial, len(windows))
	for i, w := range windows {
		if neuro.NotFinite([]float64{w.Zero}) >= 0 {
			return nil, fmt.Errorf("spiketrain: window %d is aligned to %g s: its Zero must be finite", i, w.Zero)
		}
		trials[i] = Trial{Condition: w.Condition, Start: w.Start, Stop: w.Stop, Times: make([][]float64, n)}
		for j, s := range all {
			trials[i].Times[j] = w.cut(s)
		}
	}
	return New(trials)
}

// checkSpikes reports lists that are not of the same spikes, or of none.
func checkSpikes(times []float64, neurons []int) error {
	if len(times) != len(neurons) {
		return fmt.Errorf("spiketrain: %d spike times and %d neurons: give one of each per spike", len(times), len(neurons))
	}
	if k := neuro.NotFinite(times); k >= 0 {
		return fmt.Errorf("spiketrain: spike %d is at %g s: every time must be finite", k, times[k])
	}
	return nil
}

// checkClock reports spikes that were all recorded at another time than the
// windows.
func checkClock(times []float64, windows []Window) error {
	if len(times) == 0 || len(windows) == 0 {
		return nil
	}
	from, to := extent(windows)
	if first, last := slices.Min(times), slices.Max(times); from < to && (first > to || last < from) {
		return fmt.Errorf("spiketrain: spikes are from %.10g to %.10g s, windows from %.10g to %.10g s: both must be seconds of one clock", first, last, from, to)
	}
	return nil
}

// checkSeconds reports times that are not seconds, as far as it shows: they go on
// long after the last window, and no neuron fires twice within 0.5 of them.
func checkSeconds(all [][]float64, windows []Window) error {
	const enough, longer, apart = 100, 100, 0.5
	from, to := extent(windows)
	if !(to > from) {
		return nil // New says what is wrong
	}
	first, last := math.Inf(1), math.Inf(-1)
	spikes, least := 0, math.Inf(1)
	for _, times := range all {
		if len(times) == 0 {
			continue
		}
		spikes += len(times)
		first, last = math.Min(first, times[0]), math.Max(last, times[len(times)-1])
		for k := 1; k < len(times); k++ {
			if interval := times[k] - times[k-1]; interval > 0 {
				least = math.Min(least, interval)
			}
		}
	}
	if spikes < enough || last-first < longer*(to-from) || least < apart || math.IsInf(least, 1) {
		return nil
	}
	return fmt.Errorf("spiketrain: %d spikes are from %.10g to %.10g s, windows from %.10g to %.10g s, and no neuron fires twice within %g s: the times look like milliseconds or samples; divide them by 1000 or the sampling rate", spikes, first, last, from, to, apart)
}

// extent is from the first window's beginning to the last one's end.
func extent(windows []Window) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, w := range windows {
		from, to = math.Min(from, w.Zero+w.Start), math.Max(to, w.Zero+w.Stop)
	}
	return from, to
}

// forgiven is the tolerance for differences of times about a given one. Numbers on
// a clock that counts from 1970 have steps of 0.24 µs, which it covers as well.
func forgiven(at float64) float64 {
	at = math.Abs(at)
	return math.Max(tolerance, 2*(math.Nextafter(at, math.Inf(1))-at))
}

// cut returns the sorted times that lie in the window, from its Zero.
func (w Window) cut(times []float64) []float64 {
	forgiven := forgiven(w.Zero)
	first := sort.Search(len(times), func(i int) bool { return times[i]-w.Zero >= w.Start+forgiven })
	last := sort.Search(len(times), func(i int) bool { return times[i]-w.Zero >= w.Stop+forgiven })
	var out []float64
	for _, at := range times[first:max(first, last)] {
		from := at - w.Zero
		if from > w.Stop+tolerance {
			from = w.Stop
		}
		out = append(out, from)
	}
	return out
}

// Trials returns the number of trials.
func (t *Trains) Trials() int { return len(t.trials) }

// Neurons returns the number of neurons.
func (t *Trains) Neurons() int { return t.neurons }

// Conditions returns the number of conditions.
func (t *Trains) Conditions() int { return t.conditions }

// Trial returns trial i. Its times are shared, not copied. It panics if there is
// no such trial.
func (t *Trains) Trial(i int) Trial {
	if i < 0 || i >= len(t.trials) {
		panic(fmt.Sprintf("spiketrain: trial %d: there are %d, from 0", i, len(t.trials)))
	}
	return t.trials[i]
}

// common is the time that all trials cover.
func (t *Trains) common() (start, stop float64, err error) {
	if len(t.trials) == 0 {
		return 0, 0, errNoTrials
	}
	start, stop = math.Inf(-1), math.Inf(1)
	for _, trial := range t.trials {
		start, stop = math.Max(start, trial.Start), math.Min(stop, trial.Stop)
	}
	if start >= stop {
		return 0, 0, fmt.Errorf("spiketrain: no time is covered by all trials: one starts at %g s and one stops at %g s", start, stop)
	}
	return start, stop, nil
}

// most is how many numbers rates and counts may take (2 GB): what is asked
// beyond it is a slip in a unit, and would end in a lack of memory.
const most = 1 << 28

// bins is the number of whole bins in a stretch of time.
func bins(start, stop, width float64) int {
	return int(math.Min(math.Floor((stop-start)/width+1e-6), most+1))
}

// fits reports bins of which there would be more than memory holds.
func fits(bins int, width float64, each int) error {
	if float64(bins)*float64(each) > most {
		return fmt.Errorf("spiketrain: bins of %g s make more than %d numbers: widths are in seconds", width, most)
	}
	return nil
}

// bin is the number of the bin, from 0, that holds time s. A time on an edge
// belongs to the bin that ends there, but for the first.
func bin(s, start, width float64) int {
	return max(int(math.Ceil((s-start)/width-1e-6))-1, 0)
}
