package integrator

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

func again(data []byte) ([]byte, error) {
	var g Integrator
	if err := g.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return g.MarshalBinary()
}

// A file saved in November 2026, which was compressed, loads; so does one of
// today; and none that is damaged loads as something else.
func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	old, err := os.ReadFile("testdata/integrator.npz")
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
