package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestQuickRunWithoutPeers(t *testing.T) {
	t.Setenv("PATH", "")
	before := runtime.GOMAXPROCS(0)
	out, profiles := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "profiles")
	var said []string
	result, err := Run(context.Background(), Options{
		Quick: true, Profile: profiles,
		Say: func(format string, _ ...any) { said = append(said, format) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if now := runtime.GOMAXPROCS(0); now != before {
		t.Errorf("GOMAXPROCS is %d afterwards, it was %d", now, before)
	}
	if result.Failed() > 0 || len(said) != len(result.Rows)+1 {
		t.Errorf("%d rows failed, %d lines said for %d rows", result.Failed(), len(said), len(result.Rows))
	}
	if err := result.Save(out); err != nil {
		t.Fatal(err)
	}
	checkJSON(t, filepath.Join(out, "bench.json"))
	for _, row := range result.Rows {
		if row.Peer != "none" && row.Name != "seeds" && (row.Ratio != nil || !strings.HasPrefix(row.Peer, "not installed: ")) {
			t.Errorf("%s: peer %q, ratio %v", row.Name, row.Peer, row.Ratio)
		}
		for _, b := range row.Thresholds {
			if b.Pass != nil {
				t.Errorf("%s: a quick run judged the threshold %s", row.Name, b)
			}
		}
	}
	report := read(t, filepath.Join(out, "BENCH.md"))
	for _, what := range append(Names()[:9], Install, runtime.Version(), "No comparison for training, training-two-cores, training-float32, full-force, full-force-two-cores", "![growth]") {
		if !strings.Contains(report, what) {
			t.Errorf("the report does not say %q", what)
		}
	}
	for _, path := range []string{
		filepath.Join(out, "growth.png"), filepath.Join(out, "growth.svg"), filepath.Join(out, "growth.pdf"), filepath.Join(out, "machine.json"),
		filepath.Join(profiles, "training.pprof"), filepath.Join(profiles, "full-force.pprof"), filepath.Join(profiles, "free.pprof"),
	} {
		if len(read(t, path)) == 0 {
			t.Errorf("%s is empty", path)
		}
	}
}

// checkJSON checks the promise that the file makes to its readers.
func checkJSON(t *testing.T, path string) {
	t.Helper()
	var list []map[string]any
	if err := json.Unmarshal([]byte(read(t, path)), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != len(Names())+1 { // growth has two
		t.Errorf("%d rows in the file", len(list))
	}
	for _, row := range list {
		for _, key := range []string{"name", "seconds", "peer", "peer_seconds", "ratio", "limit_fraction"} {
			if _, there := row[key]; !there {
				t.Errorf("%v has no %q", row["name"], key)
			}
		}
		if name, _ := row["name"].(string); strings.HasPrefix(name, "hdf5") {
			continue // the peer, which is not there, writes the file
		}
		if s, ok := row["seconds"].(float64); !ok || !(s > 0) {
			t.Errorf("%v takes %v seconds", row["name"], row["seconds"])
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestUnknownRow(t *testing.T) {
	_, err := Run(context.Background(), Options{Quick: true, Rows: []string{"sleeping"}})
	if want := `no row is called "sleeping": there are training, training-two-cores`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("want an error with %q, got %v", want, err)
	}
}

func TestRunEndsWithItsContextAndLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	o := Options{Quick: true, Say: func(string, ...any) { cancel(why) }}
	if _, err := Run(ctx, o); !errors.Is(err, why) {
		t.Errorf("ended with %v", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// A measurement that is stopped after one row goes on with the others, but not with what
// another machine or program has measured; once all is saved, all is measured anew.
func TestInterruptedBenchGoesOn(t *testing.T) {
	t.Setenv("PATH", "")
	out := t.TempDir()
	o := Options{Quick: true, Rows: []string{"training", "growth"}, Kept: filepath.Join(out, "rows")}
	run := func(ctx context.Context, stopAfter int) (*Result, []string) {
		t.Helper()
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		var said []string
		o.Say = func(format string, args ...any) {
			if said = append(said, fmt.Sprintf(format, args...)); len(said) == stopAfter {
				stop()
			}
		}
		result, err := Run(ctx, o)
		if (err != nil) != (stopAfter > 0) {
			t.Fatalf("ended with %v", err)
		}
		return result, said
	}
	before := func(said []string) (rows int) {
		for _, line := range said {
			if strings.HasSuffix(line, "(measured before)") {
				rows++
			}
		}
		return rows
	}
	stopped, first := run(t.Context(), 2) // the limits, and a row
	result, said := run(t.Context(), 0)
	if before(said) != 1 || len(stopped.Rows) != 1 || len(result.Rows) != 3 || !reflect.DeepEqual(result.Rows[0], stopped.Rows[0]) || said[0] != first[0] {
		t.Errorf("%d rows stand, then %d: said %q and %q", len(stopped.Rows), len(result.Rows), first, said)
	}
	if _, said := run(t.Context(), 0); before(said) != 3 {
		t.Errorf("not saved yet, and measured anew: %q", said)
	}
	if err := cores(1, func() error {
		if _, said := run(t.Context(), 0); runtime.NumCPU() > 1 && before(said) != 0 {
			t.Errorf("taken from another GOMAXPROCS: %q", said)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if result, _ = run(t.Context(), 0); result.Save(out) != nil {
		t.Error("not saved")
	}
	if left, err := os.ReadDir(o.Kept); !os.IsNotExist(err) {
		t.Errorf("left %v, %v", left, err)
	}
}

// A row that fails does not take the others with it.
func TestFailedRowCarriesItsError(t *testing.T) {
	row := Row{Name: "x", Work: "w", Unit: "u", Seconds: ptr(1.0), Thresholds: []threshold{atMost("seconds", 2)}}
	row.finish(errors.New("no luck"), true)
	if row.Name != "x" || row.Error != "no luck" || row.Seconds != nil || row.Thresholds[0].Pass != nil {
		t.Errorf("got %+v", row)
	}
	r := Result{Rows: []Row{row}}
	if r.Failed() != 1 || len(r.Missing()) != 0 || !strings.Contains(r.markdown(nil), "Failed: no luck.") {
		t.Errorf("the report: %s", r.markdown(nil))
	}
}

func TestRatioIsTheMedianOverPairs(t *testing.T) {
	// The machine was three times slower during the last pair.
	row := Row{Thresholds: []threshold{atLeast("ratio", 10), atMost("seconds", 1), atLeast("ratio", 10.5)}}
	row.fill(samples{ours: []float64{1, 1.1, 3}, peers: []float64{10, 11.55, 30}})
	row.limit(ptr(0.55), "")
	row.judge()
	if *row.Seconds != 1.1 || *row.SecondsRange != [2]float64{1, 3} || *row.Ratio != 10 || math.Abs(*row.LimitFraction-0.5) > 1e-15 {
		t.Errorf("got %v", row)
	}
	if got := []bool{*row.Thresholds[0].Pass, *row.Thresholds[1].Pass, *row.Thresholds[2].Pass}; !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("thresholds met: %v", got)
	}
	if m, r := summary([]float64{4, 1, 2, 3}); *m != 2.5 || *r != [2]float64{1, 4} {
		t.Errorf("median %v, range %v", *m, *r)
	}
}

func TestGrowthFindsTheExponent(t *testing.T) {
	g := new(scaling)
	for _, n := range []int{200, 400, 800, 1600, 3200} {
		x := float64(n)
		g.add(point{Neurons: n, Seconds: 3e-7 * math.Pow(x, 1.7), Bytes: 50 * x * x, Matrices: 48 * x * x})
	}
	g.fit()
	if math.Abs(g.SecondsExponent-1.7) > 1e-12 || math.Abs(*g.BytesExponent-2) > 1e-12 {
		t.Errorf("exponents %g and %g, want 1.7 and 2", g.SecondsExponent, *g.BytesExponent)
	}
	if r := g.memoryRatio(); math.Abs(*r-50.0/48) > 1e-12 {
		t.Errorf("memory ratio %g", *r)
	}
	g.Points[2].Bytes, g.BytesExponent = 0, nil
	if g.fit(); g.BytesExponent != nil {
		t.Error("an exponent was fitted to memory that was not measured")
	}
}

func TestStepwise(t *testing.T) {
	taken := 0
	next, stop := stepwise(func(watch neuro.Watch) error {
		for i := range 5 {
			taken = i + 1
			if err := watch(neuro.Progress{Done: i}); err != nil {
				return err
			}
		}
		return errors.New("out of steps")
	}, func(p neuro.Progress) bool { return p.Done != 1 })
	if err := next(2); err != nil || taken != 3 {
		t.Errorf("after two reports that count %d steps were taken, %v", taken, err)
	}
	if err := next(3); err == nil || err.Error() != "out of steps" {
		t.Errorf("the end's error is %v", err)
	}
	stop()

	next, stop = stepwise(func(watch neuro.Watch) error { return watch(neuro.Progress{}) }, func(neuro.Progress) bool { return true })
	defer stop()
	if err := next(2); err == nil || !strings.Contains(err.Error(), "ended before") {
		t.Errorf("a computation that is too short gives %v", err)
	}
}

// What was measured must not depend on what an earlier run left.
func TestSaveRemovesFiguresOfAnEarlierRun(t *testing.T) {
	folder := t.TempDir()
	old := filepath.Join(folder, "ratios.png")
	if err := os.WriteFile(old, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := Result{Rows: []Row{{Name: "demo", Seconds: ptr(2.0)}}}
	if err := r.Save(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old figure is still there: %v", err)
	}
}
