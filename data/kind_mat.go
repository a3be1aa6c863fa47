package data

import (
	"errors"

	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// matKind recognises MAT-files, and what is left of them.
func matKind(head []byte, size int64) *kind {
	version, err := matfile.Version(head, size)
	if refused, ok := errors.AsType[*matfile.RefusedError](err); ok {
		return &kind{refused.What, refused.Todo}
	}
	switch version {
	case "4", "5":
		return kindMat
	case "7.3":
		return kindMat73
	}
	return nil
}
