package table

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// NumPy reads the same numbers, to the bit, out of tables of all shapes.
func TestNumPyReadsTheSame(t *testing.T) {
	testkit.Needs(t, "NumPy")
	random := rand.New(rand.NewPCG(1, 2))
	for _, separator := range []string{",", ";", "\t", " "} {
		var b strings.Builder
		for range 200 {
			for c := range 7 {
				if c > 0 {
					b.WriteString(separator)
				}
				fmt.Fprintf(&b, []string{"%.17g", "%.3f", "%e", "%.0f"}[random.IntN(4)], math.Float64frombits(random.Uint64()))
			}
			b.WriteString([]string{"\n", "\r\n", "\n\n", "\n# a note\n"}[random.IntN(4)])
		}
		delimiter := "None"
		if separator != " " {
			delimiter = fmt.Sprintf("%q", separator)
		}
		cmd := exec.Command("/usr/bin/python3", "-c", `
import sys, numpy
for row in numpy.loadtxt(sys.stdin, delimiter=`+delimiter+`, ndmin=2): print(*[float(x).hex() for x in row])`)
		cmd.Stdin = strings.NewReader(b.String())
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		table, err := decode(b.String(), Options{Header: NoHeader})
		if err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(rows) != table.Rows || table.Rows != 200 {
			t.Fatalf("%d rows, NumPy has %d", table.Rows, len(rows))
		}
		for r, row := range rows {
			for c, field := range strings.Fields(row) {
				var want float64
				if _, err := fmt.Sscan(field, &want); err != nil {
					t.Fatal(err)
				}
				if got := table.Columns[c].Numbers[r]; got != want && !(got != got && want != want) {
					t.Fatalf("row %d, column %d: %v, NumPy has %v", r, c, got, want)
				}
			}
		}
	}
}
