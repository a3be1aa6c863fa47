package dale

import (
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// again loads a network and returns what it saves.
func again(data []byte) ([]byte, error) {
	m := new(Network)
	if err := m.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return m.MarshalBinary()
}

// Files saved in November 2026, which were compressed, load; so do those of
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

// No file makes loading panic, or take memory that is not its own, whatever its
// bytes and its config.json.
func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/network.npz")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, false)
	today, err := again(data)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(testkit.Config(f, data), true)
	f.Fuzz(func(t *testing.T, data []byte, config bool) {
		if config {
			data = testkit.WithConfig(t, today, data)
		}
		testkit.Bounded(t, "fuzzed", data, again)
	})
}
