// Package choose finds what a user means by a name: the one of that name, the
// only one whose name begins so, or an error that says which there are.
package choose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// One returns the one of all names that is meant. kind says what they are
// names of, such as "notebook".
func One(kind, name string, all []string) (string, error) {
	if slices.Contains(all, name) {
		return name, nil
	}
	var begin []string
	for _, a := range all {
		if name != "" && strings.HasPrefix(strings.ToLower(a), strings.ToLower(name)) {
			begin = append(begin, a)
		}
	}
	switch len(begin) {
	case 0:
		return "", Unknown(kind, name, all)
	case 1:
		return begin[0], nil
	}
	return "", fmt.Errorf("%q may be the %s %s: write more of its name", name, kind, either(begin))
}

// Unknown is the error of a name that is none of all.
func Unknown(kind, name string, all []string) error {
	if alike := Alike(name, all); len(alike) > 0 {
		return fmt.Errorf("no %s is called %q: did you mean %s?", kind, name, either(alike))
	}
	if len(all) == 0 {
		return fmt.Errorf("no %s is called %q: there are none", kind, name)
	}
	return fmt.Errorf("no %s is called %q: there are %s", kind, name, strings.Join(all, ", "))
}

// Alike lists those of all names of which a name may be a misspelling, by the
// rule by which commands are suggested: two letters differ, or it begins so.
// Else they are those that hold three letters or more: pca is 02_pca.
func Alike(name string, all []string) []string {
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	for _, a := range all {
		// A command's name ends at the first blank, a notebook's need not.
		use := strings.ReplaceAll(a, " ", "\x00")
		names.AddCommand(&cobra.Command{Use: use, Run: func(*cobra.Command, []string) {}})
	}
	var alike []string
	for _, use := range names.SuggestionsFor(strings.ReplaceAll(name, " ", "\x00")) {
		if name != "" && len(use) > 2 { // anything is like two letters
			alike = append(alike, strings.ReplaceAll(use, "\x00", " "))
		}
	}
	if len(alike) > 0 || len(name) < 3 {
		return alike
	}
	for _, a := range all {
		if strings.Contains(strings.ToLower(a), strings.ToLower(name)) {
			alike = append(alike, a)
		}
	}
	return alike
}

// either is "A", "A or B", "A, B or C".
func either(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
