package nonsense

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"runtime"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/data/nwb"
)

func init() {
	build("session", func() *nwb.File { return must(nwb.NewReader(bytes.NewReader(sessionNWB()), int64(len(sessionNWB())))) })
	build("session", func() *hdf5.File {
		return must(hdf5.NewReader(bytes.NewReader(sessionNWB()), int64(len(sessionNWB()))))
	})
	session := func() *nwb.File { return must(nwb.NewReader(bytes.NewReader(sessionNWB()), int64(len(sessionNWB())))) }
	example("data/nwb.File.ReadSeries", func() []any { return []any{session(), "cursor_vel"} })
	example("data/nwb.File.Join", func() []any { return []any{session(), "preprocessed_emg"} })
	example("data/nwb.File.Table", func() []any { return []any{session(), "epochs"} })
	example("data/nwb.NewReader", func() []any { return []any{bytes.NewReader(sessionNWB()), int64(len(sessionNWB()))} })
}

// sessionNWB is a file that the tests of package nwb have. The calls are made in an
// empty folder, so that it is found by where this file is.
func sessionNWB() []byte {
	_, here, _, _ := runtime.Caller(0)
	z := must(zip.OpenReader(filepath.Join(filepath.Dir(here), "..", "..", "data", "nwb", "testdata", "files.zip")))
	defer z.Close()
	return must(io.ReadAll(must(z.Open("session.nwb"))))
}
