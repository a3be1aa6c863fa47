package nwb

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
)

// warnings gathers what is doubtful.
type warnings []neuro.Warning

func (w *warnings) add(kind neuro.WarningKind, where, try, message string, args ...any) {
	*w = append(*w, neuro.Warning{Kind: kind, Where: where, Message: fmt.Sprintf(message, args...), Try: try})
}
