package hdf5

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// Whatever the bytes are, walking over all objects and asking for all there is
// ends, without a panic, and no call takes more memory than the file may.
func FuzzRead(f *testing.F) {
	files, _ := selection(f)
	for _, content := range files {
		if len(content) < 40_000 {
			f.Add(content, true)
			f.Add(content, false)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, sums bool) {
		ignoreChecksums = !sums
		defer func() { ignoreChecksums = false }()
		start := time.Now()
		readEverything(t, content)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%d bytes took %s", len(content), took)
		}
	})
}

// errEnough ends a walk over more objects than a fuzzed file should have.
var errEnough = errors.New("enough")

func readEverything(t testing.TB, content []byte) {
	bounded := func(what string, call func()) {
		t.Helper()
		testkit.Bounded(t, what, content, func([]byte) ([]byte, error) {
			call()
			return nil, nil
		})
	}
	var f *File
	var err error
	bounded("opening", func() { f, err = NewReader(bytes.NewReader(content), int64(len(content))) })
	if err != nil {
		return
	}
	large, left := 2, 300 // values beyond a megabyte, and objects and attributes, to be read
	read := func(what string, v *Values) {
		if left--; left < 0 {
			return
		}
		if size := v.Len() * max(1, v.Type().Size); size < 0 || size > 1<<20 {
			if large--; large < 0 {
				return
			}
		}
		for _, call := range calls {
			call(f, v, func(reading func()) { bounded(what, reading) })
		}
	}
	bounded("walking", func() {
		_ = f.Walk(func(o Object) error {
			if left--; left < 0 {
				return errEnough
			}
			return nil
		})
	})
	left = 300
	_ = f.Walk(func(o Object) error {
		if left < 0 {
			return errEnough
		}
		attributes, _ := o.Attributes()
		for _, a := range attributes {
			read(o.Path()+"@"+a.Name(), a.Values())
		}
		d, ok := o.(*Dataset)
		if !ok {
			return nil
		}
		_, _, _ = d.Layout(), d.Filters(), d.Type().String()
		read(o.Path(), d.Values())
		if dims := d.Dims(); len(dims) > 0 && dims[0] > 1 {
			if v, err := d.Rows(dims[0]-1, dims[0]); err == nil {
				read(o.Path()+", the last row", v)
			}
		}
		return nil
	})
}

// calls are all ways to ask for values; each runs what is one reading.
var calls = []func(f *File, v *Values, each func(func())){
	func(_ *File, v *Values, each func(func())) { each(func() { v.Float64s() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Int64s() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Uint64s() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Complex128s() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Strings() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Bools() }) },
	func(_ *File, v *Values, each func(func())) { each(func() { v.Bytes() }) },
	func(f *File, v *Values, each func(func())) {
		var refs []Reference
		each(func() { refs, _ = v.References() })
		for _, r := range refs[:min(len(refs), 20)] {
			each(func() { f.Deref(r) })
		}
	},
	func(_ *File, v *Values, each func(func())) {
		var lists []*Values
		each(func() { lists, _ = v.Lists() })
		for _, l := range lists[:min(len(lists), 20)] {
			each(func() { l.Float64s() })
			each(func() { l.Strings() })
		}
	},
	func(_ *File, v *Values, each func(func())) {
		for _, m := range v.Type().Members[:min(len(v.Type().Members), 20)] {
			if w, err := v.Field(m.Name); err == nil {
				each(func() { w.Float64s() })
				each(func() { w.Strings() })
				each(func() { w.Bytes() })
			}
		}
	},
}
