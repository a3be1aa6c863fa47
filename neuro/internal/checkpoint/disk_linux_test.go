package checkpoint

import (
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// Where a disk is full, the state before stays.
func TestOnASmallDisk(t *testing.T) {
	folder := testkit.SmallDisk(t)
	if folder == "" {
		return
	}
	ctx, texts := told(t, folder)
	k := open(t, ctx)
	w := work{1, []float64{1, 2, 3}}
	k.After(1, false, w.state)
	k.After(2, false, (&work{2, make([]float64, 1<<20)}).state)
	if len(*texts) != 1 || !strings.Contains((*texts)[0], "no space left") {
		t.Errorf("told %q", *texts)
	}
	k, w = open(t, ctx), work{}
	if err := k.Restore(w.state); err != nil || k.At() != 1 || w.sums[2] != 3 {
		t.Errorf("at %d, %v, restored %v", k.At(), err, w)
	}
}
