package cache

import (
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
