package data

import (
	"testing"
	"unicode/utf16"
)

// Text is the same whatever it is stored in and whatever its dimensions
// count.
func TestTextStorage(t *testing.T) {
	const want = "naïve τ 𝒙 ok"
	codes := []float64{}
	for _, u := range want {
		codes = append(codes, float64(u))
	}
	units := []float64{}
	for _, u := range utf16.Encode([]rune(want)) {
		units = append(units, float64(u))
	}
	for form, w := range forms() {
		for name, v := range map[string]value{
			"UTF-8, bytes":            {storage: miUTF8, raw: []byte(want), dims: []int{1, len(want)}},
			"UTF-8, code points":      {storage: miUTF8, raw: []byte(want), dims: []int{1, len(codes)}},
			"UTF-8, UTF-16 units":     {storage: miUTF8, raw: []byte(want), dims: []int{1, len(units)}},
			"UTF-16, units":           {storage: miUTF16, re: units, dims: []int{1, len(units)}},
			"UTF-16, code points":     {storage: miUTF16, re: units, dims: []int{1, len(codes)}},
			"uint16":                  {storage: miUint16, re: units, dims: []int{1, len(units)}},
			"UTF-32, code points":     {storage: miUTF32, re: codes, dims: []int{1, len(codes)}},
			"UTF-32, UTF-16 units":    {storage: miUTF32, re: codes, dims: []int{1, len(units)}},
			"uint32, an unusual type": {storage: miUint32, re: codes, dims: []int{1, len(codes)}},
		} {
			v.number = 4
			if got, err := decodeOne(t, w, v).Text(); err != nil || got != want {
				t.Errorf("%s, %s: got %q, %v; want %q", form, name, got, err, want)
			}
		}
	}
}

// Bytes that are no UTF-8 are taken as Latin-1, one character each.
func TestTextLatin1(t *testing.T) {
	w := forms()["little plain long"]
	v := value{number: 4, storage: miInt8, raw: []byte("na\xefve"), dims: []int{1, 5}}
	if got, err := decodeOne(t, w, v).Text(); err != nil || got != "naïve" {
		t.Errorf("got %q, %v; want naïve", got, err)
	}
}
