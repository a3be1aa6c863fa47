package kernel

import (
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// What the tests start has ended when they have.
func TestMain(m *testing.M) { testkit.Main(m) }
