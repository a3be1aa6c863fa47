package sweep

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"
)

// Ten thousand rows are planned, collected and summarised. How long that takes
// is printed, not judged.
func TestManyRows(t *testing.T) {
	if os.Getenv("SPIKEWALK_TEST_ALL") == "" {
		t.Skip("left out, for it writes 10,000 files: SPIKEWALK_TEST_ALL=1 runs it")
	}
	values := make([]float64, 1000)
	for i := range values {
		values[i] = float64(i)
	}
	folder := t.TempDir()
	s := example()
	s.Plan = Grid(Values("Gain", values...), Values("Neurons", 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)).Seeds(1)
	s.Run = func(_ context.Context, c config) (result, error) { return result{Error2: c.Gain}, nil }
	begun := time.Now()
	w, err := s.work()
	if err != nil {
		t.Fatal(err)
	}
	planned := time.Since(begun)
	begun = time.Now()
	if _, err := Run(context.Background(), s, Local{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	computed := time.Since(begun)
	begun = time.Now()
	table, err := Collect(folder)
	if err != nil || table.Len() != w.Rows {
		t.Fatalf("%v", err)
	}
	collected := time.Since(begun)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	begun = time.Now()
	if _, err := table.Summarise("Error2", "Gain", "Neurons"); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows: planned and checked in %.2g s, run and kept in %.3g s (%.2g ms a row), collected in %.3g s with %.0f MB of heap, summarised in %.3g s",
		w.Rows, planned.Seconds(), computed.Seconds(), 1e3*computed.Seconds()/float64(w.Rows), collected.Seconds(), float64(m.HeapAlloc)/1e6, time.Since(begun).Seconds())
}
