package data

import (
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// ReadSession makes a recording of a session in one file or in several, such as
// tables of spikes, of muscles and of trials: [Open], [File.Recording] and
// [recording.Combine] in one, for programs with parameters for it.
//
//	rec, err := data.ReadSession("session.nwb", "")
//	rec, err = data.ReadSession("", "") // that of ExampleSession
//	rec, err = data.ReadSession("spikes.csv, muscles.csv, trials.csv", "spikes.json, muscles.json, trials.json")
//
// Paths are separated by commas; an empty one is that of [ExampleSession]. The layouts
// are what [ReadLayout] takes: nothing, one as JSON or one path; and of several files as
// many paths, in the same order.
func ReadSession(paths, layouts string) (*recording.Recording, error) {
	if strings.TrimSpace(paths) == "" {
		example, err := ExampleSession()
		if err != nil {
			return nil, err
		}
		return readPart(example, layouts)
	}
	files, of := listed(paths), []string{layouts}
	if len(files) > 1 {
		if of = listed(layouts); len(of) != len(files) {
			return nil, fmt.Errorf("%d files and %d layouts: a session in several files needs a layout for each, as paths separated by commas", len(files), len(of))
		}
	}
	var parts []*recording.Recording
	for i, path := range files {
		part, err := readPart(path, of[i])
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return recording.Combine(parts...)
}

// readPart makes a recording of one file.
func readPart(path, layout string) (*recording.Recording, error) {
	how, err := ReadLayout(layout)
	if err != nil {
		return nil, err
	}
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	return file.Recording(how)
}

// listed splits a list at its commas.
func listed(text string) []string {
	words := strings.Split(text, ",")
	for i, w := range words {
		words[i] = strings.TrimSpace(w)
	}
	return words
}
