package player

import "strings"

// Pack puts drawings (SVG documents) into the figure: a table of the elements
// of all, and for each frame which of them it shows. Parts that do not change
// from frame to frame so cost nothing. frames have all but their Runs; those
// with a PNG have the drawing "".
func (f *Figure) Pack(frames []Frame, drawings []string) {
	f.Pieces, f.Frames = nil, nil
	index := map[string]int{}
	for i, frame := range frames {
		frame.Runs = nil
		for _, p := range pieces(drawings[i]) {
			at, known := index[p]
			if !known {
				at = len(f.Pieces)
				index[p] = at
				f.Pieces = append(f.Pieces, p)
			}
			frame.Runs = appendRun(frame.Runs, at)
		}
		f.Frames = append(f.Frames, frame)
	}
}

// appendRun adds a piece to the last run or begins another.
func appendRun(runs []int, at int) []int {
	if n := len(runs); n > 0 && runs[n-2]+runs[n-1] == at {
		runs[n-1]++
		return runs
	}
	return append(runs, at, 1)
}

// Drawing is the SVG document of a frame, "" where it is a picture.
func (f *Figure) Drawing(frame int) string {
	var parts []string
	runs := f.Frames[frame].Runs
	for i := 0; i < len(runs); i += 2 {
		parts = append(parts, f.Pieces[runs[i]:runs[i]+runs[i+1]]...)
	}
	return strings.Join(parts, "\n")
}

// pieces cuts a drawing into its lines, but leaves together what belongs to a
// short group, as a letter and its place.
func pieces(drawing string) (out []string) {
	if drawing == "" {
		return nil
	}
	const most = 4 // lines of a short group
	lines := strings.Split(drawing, "\n")
	for i := 0; i < len(lines); {
		n := 1
		if strings.HasPrefix(lines[i], "<g") {
			if m := groupLength(lines[i:min(i+most, len(lines))]); m > 0 {
				n = m
			}
		}
		out = append(out, strings.Join(lines[i:i+n], "\n"))
		i += n
	}
	return out
}

// groupLength is how many lines the group has that begins with the first, 0 if
// it does not end within them.
func groupLength(lines []string) int {
	depth := 0
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, "<g"):
			depth++
		case strings.HasPrefix(l, "</g>"):
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
	return 0
}
