package sweep

import (
	"math"
	"os"
	"strconv"
	"strings"
)

// free is how many bytes of memory can be had without swapping.
func free() float64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return math.MaxInt64
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "MemAvailable:" {
			if kB, err := strconv.ParseFloat(f[1], 64); err == nil {
				return 1024 * kB
			}
		}
	}
	return math.MaxInt64
}
