package rate

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

func again(data []byte) ([]byte, error) {
	var n Network
	if err := n.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return n.MarshalBinary()
}

// A file saved in November 2026, which was compressed, loads; so does one of
// today; and none that is damaged loads as something else.
func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	old, err := os.ReadFile("testdata/network.npz")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Damage(t, old, again)
	today, err := again(old)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Damage(t, today, again)
	testkit.Hostile(t, today, again)
}
