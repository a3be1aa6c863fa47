package plotting

import (
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
)

// wrap breaks s into lines no wider than limit: at spaces where it can, inside
// a word where it must. Line breaks in s are kept, empty lines are not.
func (t textStyle) wrap(s string, limit vg.Length) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range strings.Fields(para) {
			for len(word) > 0 {
				try := strings.TrimPrefix(line+" "+word, " ")
				if t.fits(try, limit) {
					line = try
					break
				}
				if line != "" {
					out, line = append(out, line), ""
					continue
				}
				head := t.fit(word, limit)
				out, word = append(out, head), word[len(head):]
			}
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// fits tells whether s is no wider than limit, looking no further than needed.
func (t textStyle) fits(s string, limit vg.Length) bool {
	for n := 64; n < len(s); n *= 2 {
		if t.width(strings.ToValidUTF8(s[:n], "")) > limit {
			return false
		}
	}
	return t.width(s) <= limit
}

// fit returns the longest beginning of word that is no wider than limit, and
// at least one character.
func (t textStyle) fit(word string, limit vg.Length) string {
	end := 0
	for end < len(word) {
		r, n := utf8.DecodeRuneInString(word[end:])
		if end > 0 && !combining(r) && t.width(word[:end+n]) > limit {
			break
		}
		end += n
	}
	return word[:end]
}
