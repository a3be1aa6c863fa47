package plotting

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// pathData are the points of a path in SVG.
var pathData = regexp.MustCompile(` d="M[^"]*"`)

// compact writes long lines of an SVG drawing with the distances between their
// points in place of their coordinates, in steps of a twentieth of a point. That
// halves what is left when it is compressed, and no eye can tell.
func compact(svg string) string {
	const short = 60 // bytes of a path that is not worth it
	return pathData.ReplaceAllStringFunc(svg, func(d string) string {
		if len(d) < short || strings.ContainsAny(d[4:], "QCAe") {
			return d
		}
		if c, ok := compactPath(d[4 : len(d)-1]); ok {
			return ` d="` + c + `"`
		}
		return d
	})
}

// compactPath rewrites a path of straight lines; ok is false for any other.
func compactPath(d string) (out string, ok bool) {
	const perPoint = 20
	var b strings.Builder
	var at, start [2]int
	for len(d) > 0 {
		command := d[0]
		d = d[1:]
		if command == 'Z' {
			b.WriteByte('Z')
			at = start
			continue
		}
		end := strings.IndexAny(d, "MLZ")
		if end < 0 {
			end = len(d)
		}
		left, right, found := strings.Cut(d[:end], ",")
		d = d[end:]
		x, errX := strconv.ParseFloat(left, 64)
		y, errY := strconv.ParseFloat(right, 64)
		if !found || errX != nil || errY != nil || math.Abs(x)+math.Abs(y) > 1e6 {
			return "", false
		}
		to := [2]int{int(math.Round(x * perPoint)), int(math.Round(y * perPoint))}
		switch command {
		case 'M':
			start = to
			if b.Len() == 0 {
				b.WriteString("M" + steps(to[0]) + "," + steps(to[1]))
				break
			}
			b.WriteString("m" + steps(to[0]-at[0]) + "," + steps(to[1]-at[1]))
		case 'L':
			b.WriteString("l" + steps(to[0]-at[0]) + "," + steps(to[1]-at[1]))
		default:
			return "", false
		}
		at = to
	}
	return b.String(), true
}

// steps is a number of twentieths, written as short as can be.
func steps(n int) string {
	text := strconv.FormatFloat(float64(n)/20, 'f', -1, 64)
	text = strings.Replace(text, "-0.", "-.", 1)
	if strings.HasPrefix(text, "0.") {
		return text[1:]
	}
	return text
}
