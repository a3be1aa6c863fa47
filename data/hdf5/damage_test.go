package hdf5

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// everything reads all that a file holds in every way, and returns the number of
// values; errors are what damage should give.
func everything(f *File) (n int) {
	f.Walk(func(o Object) error {
		attributes, _ := o.Attributes()
		for _, a := range attributes {
			n += everyWay(f, a.Values())
		}
		switch o := o.(type) {
		case *Group:
			names, _ := o.Names()
			for _, name := range names[:min(len(names), 20)] {
				o.Open(name)
			}
		case *Dataset:
			n += everyWay(f, o.Values())
			if d := o.Dims(); len(d) > 0 && d[0] > 2 {
				if v, err := o.Rows(1, 2); err == nil {
					v.Float64s()
				}
			}
		}
		return nil
	})
	return n
}

func everyWay(f *File, v *Values) (n int) {
	numbers, _ := v.Float64s()
	texts, _ := v.Strings()
	b, _ := v.Bytes()
	n = len(numbers) + len(texts) + len(b)
	v.Int64s()
	v.Uint64s()
	v.Bools()
	v.Complex128s()
	refs, _ := v.References()
	for _, r := range refs[:min(len(refs), 3)] {
		f.Deref(r)
	}
	lists, _ := v.Lists()
	for _, l := range lists[:min(len(lists), 3)] {
		l.Float64s()
	}
	for _, m := range v.Type().Members {
		if w, err := v.Field(m.Name); err == nil {
			w.Float64s()
			w.Strings()
		}
	}
	return n
}

// TestDamage changes bytes of files at random, behind the checksums too: no
// panic, no end of time, no memory beyond what the file's size allows.
func TestDamage(t *testing.T) {
	defer func() { ignoreChecksums = false }()
	for _, name := range []string{"session.h5", "arrays_old.h5.gz", "arrays_new.h5.gz"} {
		whole := content(t, name)
		f := reader(t, whole)
		if n := everything(f); n == 0 {
			t.Errorf("%s: nothing was read", name)
		}
		rng := rand.New(rand.NewPCG(1, 2))
		for i := range 60 {
			ignoreChecksums = i%4 > 0
			damaged := damage(rng, whole)
			if f, err := NewReader(bytes.NewReader(damaged), int64(len(damaged))); err == nil {
				everything(f)
			}
		}
	}
}

func damage(rng *rand.Rand, whole []byte) []byte {
	damaged := bytes.Clone(whole)
	for range 1 + rng.IntN(6) {
		at := rng.IntN(len(damaged))
		if rng.IntN(2) == 0 {
			damaged[at] = byte(rng.IntN(256))
		} else {
			damaged[at] = []byte{0, 1, 2, 3, 4, 8, 0x7f, 0xff}[rng.IntN(8)]
		}
	}
	if rng.IntN(10) == 0 {
		damaged = damaged[:rng.IntN(len(damaged))]
	}
	return damaged
}
