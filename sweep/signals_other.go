//go:build !unix

package sweep

import "os"

// endings are the signals by which a task is ended.
var endings = []os.Signal{os.Interrupt}
