// Package nearest says which names may have been meant by one that is not there.
package nearest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// most is the number of names that Missing lists.
const most = 8

// Names returns those of all names that are most like a name, the likest first:
// the same but for case, another by at most a third of its letters, or one
// that holds the other. There may be none.
func Names(name string, all []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	low := strings.ToLower(name)
	for _, other := range all {
		o := strings.ToLower(other)
		d := distance(low, o)
		switch {
		case d <= max(1, min(len(low), len(o))/3):
		case len(low) >= 3 && strings.Contains(o, low), len(o) >= 3 && strings.Contains(low, o):
			d = 100 + d // after the misspellings
		default:
			continue
		}
		found = append(found, candidate{other, d})
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, c := range found[:min(len(found), 3)] {
		names = append(names, c.name)
	}
	return names
}

// Missing is the end of a sentence about a name that is not there: which of all
// names may be meant, or which there are, of many the first.
func Missing(name string, all []string) string {
	switch near := Names(name, all); {
	case len(all) == 0:
		return "there are none"
	case len(near) > 0:
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "there are " + first(most, all)
}

// Variable is the error of a variable that is not among those of a file.
func Variable(name string, all []string) error {
	if len(all) == 0 {
		return fmt.Errorf("no variable %q: the file holds none", name)
	}
	if near := Names(name, all); len(near) > 0 {
		return fmt.Errorf("no variable %q: the file has %s; did you mean %s?", name, Some(all), strings.Join(near, " or "))
	}
	return fmt.Errorf("no variable %q: the file has %s", name, Some(all))
}

// Some lists names, of more than twenty the first.
func Some(names []string) string { return first(20, names) }

func first(most int, names []string) string {
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

// distance is the fewest letters to put in, leave out or change, or neighbours to
// exchange (Damerau's, of optimal string alignment).
// Names longer than any that somebody types are as far apart as they are long.
func distance(a, b string) int {
	const longest = 200
	if len(a) > longest || len(b) > longest {
		return max(len(a), len(b))
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range len(b) {
			change := above[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
