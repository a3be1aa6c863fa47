// Package unpack bounds what the packed contents of a file may become in
// memory: a file of kilobytes can hold gigabytes of compressed zeros.
package unpack

import (
	"fmt"
	"math"
	"os"
	"strconv"
)

// Env is the environment variable that raises the limit, in megabytes.
const Env = "SPIKEWALK_UNPACK_MB"

const megabyte = 1_000_000

// Check returns an error if contents of the given size, in bytes unpacked, are
// more than a file of that many bytes may hold: four times its size plus
// 64 MB, or what [Env] allows where that is more.
func Check(unpacked, file int64) error {
	limit := int64(math.MaxInt64)
	if file < math.MaxInt64/8 {
		limit = 4*file + 64*megabyte
	}
	if unpacked <= limit {
		return nil
	}
	if text := os.Getenv(Env); text != "" {
		raised, err := strconv.ParseInt(text, 10, 64)
		if err != nil || raised < 0 || raised > math.MaxInt64/megabyte {
			return fmt.Errorf("%s=%q is no number of megabytes", Env, text)
		}
		if limit = max(limit, raised*megabyte); unpacked <= limit {
			return nil
		}
	}
	return fmt.Errorf("%s of contents packed into %s, and %s are allowed: if you trust the file, set %s=%d",
		Size(unpacked), Size(file), Size(limit), Env, (unpacked-1)/megabyte+1)
}

// Size writes a number of bytes in the unit that suits it.
func Size(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.3g %s", float64(n)/float64(unit.size), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
