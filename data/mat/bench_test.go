package mat

import (
	"bytes"
	"testing"
)

// Reading 1,000,000 doubles, plain and compressed, to a matrix.
func BenchmarkDecodeMat(b *testing.B) {
	v := counting(6, 1000, 1000)
	for _, form := range []string{"little plain long", "little compressed long"} {
		content := forms()[form].file([]string{"x"}, []value{v})
		b.Run(form, func(b *testing.B) {
			b.SetBytes(8e6)
			for b.Loop() {
				file, err := decodeFrom(bytes.NewReader(content))
				if err != nil {
					b.Fatal(err)
				}
				a, _ := file.Variable("x")
				if _, err := a.Dense(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
