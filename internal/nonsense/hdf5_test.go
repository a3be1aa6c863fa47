package nonsense

import (
	"bytes"
	_ "embed"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// session is the file of the same name in data/hdf5/testdata.
//
//go:embed testdata/session.h5
var session []byte

func buildHDF5() {
	build("session", openSession)
	build("units", func() *hdf5.Group { return must(openSession().Group("units")) })
	build("times", func() *hdf5.Dataset { return must(openSession().Dataset("units/spike_times")) })
	build("times", func() hdf5.Object { return must(openSession().Dataset("units/spike_times")) })
	build("times", func() *hdf5.Values { return must(openSession().Dataset("units/spike_times")).Values() })
	build("attribute", func() *hdf5.Attribute {
		return must(must(openSession().Dataset("units/spike_times")).Attribute("unit"))
	})
	build("target", func() *hdf5.Type { return must(openSession().Dataset("intervals/trials/target")).Type() })
}

func openSession() *hdf5.File {
	return must(hdf5.NewReader(bytes.NewReader(session), int64(len(session))))
}
