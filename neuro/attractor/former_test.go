package attractor

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A former file of an integrator whose x = 1 was another eye position is
// refused: its degrees would be others.
func TestFormerFilesInOtherDegrees(t *testing.T) {
	file, err := os.ReadFile(oldFile)
	if err != nil {
		t.Fatal(err)
	}
	config := bytes.Replace(testkit.Config(t, file), []byte(`"Degrees": 50`), []byte(`"Degrees": 40`), 1)
	err = new(Attractor).UnmarshalBinary(testkit.WithConfig(t, file, config))
	if err == nil || !strings.Contains(err.Error(), "Degrees 40") {
		t.Errorf("error %v, want one that names Degrees 40", err)
	}
}
