package mat

import (
	"slices"
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

// What is not said to be Unicode is UTF-8 where it is valid, else
// Windows-1252. What is said to be Unicode is nothing else; what is none is
// replaced, as SciPy does. The texts of 16 bits are those of SciPy 1.10's
// loadmat(file, uint16_codec="cp1252"), of "utf-8" where it is that, and of
// "utf-16" where a number is above 255, from files of the same bytes.
func TestTextOfCodePages(t *testing.T) {
	units := func(s string) (u []float64) {
		for _, b := range []byte(s) {
			u = append(u, float64(b))
		}
		return u
	}
	extended := func(s string) (u []float64) {
		for _, b := range []byte(s) {
			if b >= 0x80 {
				u = append(u, float64(b)+0xff00)
			} else {
				u = append(u, float64(b))
			}
		}
		return u
	}
	for name, c := range map[string]struct {
		v    value
		want string
	}{
		"bytes, Latin-1":              {value{storage: miInt8, raw: []byte("na\xefve")}, "naïve"},
		"bytes, Windows":              {value{storage: miUint8, raw: []byte("5 \x80 \x96 \xb5V")}, "5 € – µV"},
		"bytes, UTF-8":                {value{storage: miInt8, raw: []byte("naïve")}, "naïve"},
		"said to be UTF-8":            {value{storage: miUTF8, raw: []byte("na\xefve")}, "na\ufffdve"},
		"16 bits, Latin-1":            {value{storage: miUint16, re: units("na\xefve \xb5V")}, "naïve µV"},
		"16 bits, Windows":            {value{storage: miUint16, re: units("\x80 \x93x\x94")}, "€ “x”"},
		"16 bits, UTF-8":              {value{storage: miUint16, re: units("naïve Ä")}, "naïve Ä"},
		"16 bits, sign extended":      {value{storage: miUint16, re: extended("\xc4\xd6\xdc \xb5V \xe9")}, "ÄÖÜ µV é"},
		"16 bits, UTF-8 and its sign": {value{storage: miInt16, re: []float64{'n', 0xc3 - 256, 0xa4 - 256}}, "nä"},
		"16 bits, Unicode":            {value{storage: miUint16, re: []float64{0xd55c, 0xae00, ' ', 0xe9}}, "한글 é"},
		"16 bits, half-width kana":    {value{storage: miUint16, re: []float64{0xff80, 0xff92}}, "ﾀﾒ"},
		"said to be UTF-16":           {value{storage: miUTF16, re: []float64{0xffc4, 0xc3, 0xa4}}, "\uffc4Ã¤"},
	} {
		c.v.number, c.v.dims = 4, []int{1, max(len(c.v.raw), len(c.v.re))}
		for form, w := range forms() {
			if got, err := decodeOne(t, w, c.v).Text(); err != nil || got != c.want {
				t.Errorf("%s, %s: %q, %v; want %q", form, name, got, err, c.want)
			}
		}
	}
}

// Rows are taken apart before they are decoded: Octave stores their bytes, and
// those of a character lie a column apart.
func TestRowsOfBytes(t *testing.T) {
	rows := []string{"naïve", "plain "}
	v := value{number: 4, storage: miUTF8, dims: []int{2, 6}}
	for i := range 6 {
		v.raw = append(v.raw, rows[0][i], rows[1][i])
	}
	for form, w := range forms() {
		if got, err := decodeOne(t, w, v).Texts(); err != nil || !slices.Equal(got, []string{"naïve", "plain"}) {
			t.Errorf("%s: %q, %v", form, got, err)
		}
	}
}
