package inflate

import (
	"bytes"
	"compress/zlib"
	"io"
	"math"
	"math/rand/v2"
	"testing"
)

func pack(t testing.TB, content []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(content)
	w.Close()
	return b.Bytes()
}

// contents are of many kinds: what packs well, hardly, and not at all.
func contents() map[string][]byte {
	rng := rand.New(rand.NewPCG(1, 2))
	all := map[string][]byte{"empty": {}, "one": {7}, "zeros": make([]byte, 300_000), "text": bytes.Repeat([]byte("rates to spikes, "), 5000)}
	noise, skewed, near := make([]byte, 200_000), make([]byte, 200_000), make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
		skewed[i] = byte(math.Abs(rng.NormFloat64() * 9)) // long codes for the rare ones
		if rng.IntN(30_000) == 0 {
			skewed[i] = byte(rng.Uint32())
		}
	}
	for i := range near {
		near[i] = byte(i % (1 + i/999%11)) // repetitions at all small distances
	}
	all["noise"], all["skewed"], all["near"] = noise, skewed, near
	all["mixed"] = bytes.Join([][]byte{noise[:70_000], all["zeros"][:1000], skewed[:30_000], near[:5000], noise[:40_000]}, nil)
	return all
}

func TestWhatWasPackedComesOut(t *testing.T) {
	var d Decoder
	for name, want := range contents() {
		for level := zlib.HuffmanOnly; level <= 9; level++ {
			packed := pack(t, want, level)
			for _, room := range []int{0, 1, 1000} {
				dst := make([]byte, len(want)+room)
				n, err := d.Zlib(dst, packed)
				if err != nil || !bytes.Equal(dst[:n], want) {
					t.Errorf("%s, level %d: %d bytes of %d, %v", name, level, n, len(want), err)
				}
			}
			if len(want) > 0 {
				if _, err := d.Zlib(make([]byte, len(want)-1), packed); err != ErrLong {
					t.Errorf("%s, level %d, into too little memory: %v", name, level, err)
				}
			}
			for _, cut := range []int{0, 1, 2, 5, len(packed) / 2, len(packed) - 5, len(packed) - 1} {
				if _, err := d.Zlib(make([]byte, len(want)), packed[:cut]); err == nil {
					t.Errorf("%s, level %d, cut at %d of %d: no error", name, level, cut, len(packed))
				}
			}
		}
	}
}

// like compares with the standard library, whatever the bytes are.
func like(t *testing.T, d *Decoder, packed []byte) {
	t.Helper()
	const most = 1 << 20
	var want []byte
	r, wantErr := zlib.NewReader(bytes.NewReader(packed))
	if wantErr == nil {
		want, wantErr = io.ReadAll(io.LimitReader(r, most+1))
	}
	dst := make([]byte, most)
	n, err := d.Zlib(dst, packed)
	if len(want) > most {
		wantErr = ErrLong
	}
	if (err == nil) != (wantErr == nil) || err == nil && !bytes.Equal(dst[:n], want) {
		t.Fatalf("%d bytes, %v; the standard library has %d, %v", n, err, len(want), wantErr)
	}
}

// Damage is an error wherever the standard library has one.
func TestDamage(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var d Decoder
	for _, content := range contents() {
		for _, level := range []int{1, 6, zlib.HuffmanOnly} {
			packed := pack(t, content[:min(len(content), 3000)], level)
			for range 300 {
				bit := rng.IntN(8 * len(packed))
				packed[bit/8] ^= 1 << (bit % 8)
				like(t, &d, packed)
				packed[bit/8] ^= 1 << (bit % 8)
			}
		}
	}
}

func FuzzZlib(f *testing.F) {
	for _, content := range contents() {
		for _, level := range []int{0, 1, 9, zlib.HuffmanOnly} {
			f.Add(pack(f, content[:min(len(content), 2000)], level))
		}
	}
	f.Fuzz(func(t *testing.T, packed []byte) { like(t, new(Decoder), packed) })
}

func BenchmarkZlib(b *testing.B) {
	for name, content := range contents() {
		if len(content) < 100_000 || name == "zeros" {
			continue
		}
		packed := pack(b, content, 4)
		b.Run(name, func(b *testing.B) {
			var d Decoder
			dst := make([]byte, len(content))
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				d.Zlib(dst, packed)
			}
		})
	}
}
