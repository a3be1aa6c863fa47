package sweep

import (
	"fmt"
	"os"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// engineEnv names the engine where the program does not.
const engineEnv = "SPIKEWALK_ENGINE"

// On is an engine with all that it decides by itself, by one word: "local" for
// [Local], "slurm" for [Slurm]. For "" the environment variable SPIKEWALK_ENGINE
// says which; where it says nothing it is "local".
func On(engine string) (Engine, error) {
	from := ""
	if engine == "" {
		engine, from = os.Getenv(engineEnv), engineEnv+": "
	}
	switch engine {
	case "", "local":
		return Local{}, nil
	case "slurm":
		return Slurm{}, nil
	}
	return nil, fmt.Errorf("sweep: %sno engine is called %q; %s", from, engine, nearest.Missing(engine, []string{"local", "slurm"}))
}
