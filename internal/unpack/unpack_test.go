package unpack

import (
	"math"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		unpacked, file int64
		env, want      string // want "" is no error
	}{
		{64e6, 0, "", ""},
		{64e6 + 1, 0, "", "64 MB of contents packed into 0 bytes, and 64 MB are allowed: if you trust the file, set SPIKEWALK_UNPACK_MB=65"},
		{64e6 + 400e6, 100e6, "", ""},
		{11.5e9, 20e3, "", "11.5 GB of contents packed into 20 kB, and 64.1 MB are allowed: if you trust the file, set SPIKEWALK_UNPACK_MB=11500"},
		{11.5e9, 20e3, "11500", ""},
		{11.5e9, 20e3, "100", "and 100 MB are allowed"},
		{11.5e9, 20e3, "1", "and 64.1 MB are allowed"},
		{11.5e9, 20e3, "lots", `SPIKEWALK_UNPACK_MB="lots" is no number of megabytes`},
		{11.5e9, 20e3, "-1", "no number of megabytes"},
		{math.MaxInt64, math.MaxInt64, "", ""},
	} {
		t.Setenv(Env, c.env)
		err := Check(c.unpacked, c.file)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d in %d with %q: error %v, want %q", c.unpacked, c.file, c.env, err, c.want)
		}
	}
}
