package table

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// wide is a table of 16 muscles.
func wide(rows int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("time [s]")
	for i := range 16 {
		fmt.Fprintf(&b, ",emg%d (mV)", i)
	}
	for i := range rows {
		fmt.Fprintf(&b, "\n%.3f", float64(i)/1000)
		for range 16 {
			fmt.Fprintf(&b, ",%.6f", random.NormFloat64())
		}
	}
	return b.String()
}

func BenchmarkDecode(b *testing.B) {
	text := wide(20_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := decode(text, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// What is allocated in all is little more than the numbers, of all columns or of one.
func TestMemoryIsThatOfTheNumbers(t *testing.T) {
	const rows = 50_000
	text := wide(rows)
	for _, c := range []struct {
		columns []string
		numbers int
	}{{nil, 17 * rows}, {[]string{"emg3"}, rows}} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		table, err := decode(text, Options{Columns: c.columns})
		runtime.ReadMemStats(&after)
		if err != nil || table.Rows != rows {
			t.Fatal(table, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > uint64(8*c.numbers*12/10)+1_000_000 {
			t.Errorf("%d bytes were allocated for %d numbers", took, c.numbers)
		}
	}
}
