package data

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spikewalk/spikewalk/data/table"
)

const (
	utf16Advice = `save it as UTF-8, in Excel as "CSV UTF-8", or convert it with iconv -f UTF-16 -t UTF-8`
	textAdvice  = "it holds text, not arrays; save the numbers as .mat or .npz"
)

// texts are the kinds of text that begin with fixed letters, in any case.
var texts = []struct {
	mark string
	kind
}{
	{"<!doctype html", kind{"a web page", "a download that needs a log-in, or was refused, leaves such a file; " + fetchAdvice}},
	{"<html", kind{"a web page", "a download that needs a log-in, or was refused, leaves such a file; " + fetchAdvice}},
	{"<?xml", kind{"a text in XML", textAdvice}},
	{"version https://git-lfs", kind{"a pointer of Git LFS in the place of a file", "in its repository, git lfs pull brings the file itself"}},
	{"/annex/objects/", kind{"a pointer of git-annex in the place of a file", "in its repository, git annex get brings the file itself"}},
	{"# created by octave", kind{"a file in Octave's own text format", "in Octave, load it and save it again with save -v7"}},
	{"brain vision data exchange", kind{"the header of a BrainVision recording (.vhdr)", mneAdvice}},
	{"brainvision data exchange", kind{"the header of a BrainVision recording (.vhdr)", mneAdvice}},
	{"(dp0", kind{"a Python pickle (.pkl)", pickAdvice}},
	{"(lp0", kind{"a Python pickle (.pkl)", pickAdvice}},
	{"{", kind{"a text in JSON", `in Python, numpy.savez("x.npz", x=numpy.array(json.load(open("x.json"))["name"]))`}},
}

// textKind recognises text, and what kind of text it is.
func textKind(head []byte, size int64) *kind {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return &kind{"a text in UTF-16", utf16Advice}
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if !isText(head, int64(len(head)) < size) {
		return nil
	}
	start := strings.ToLower(string(bytes.TrimSpace(head[:min(len(head), 256)])))
	for _, t := range texts {
		if strings.HasPrefix(start, t.mark) {
			return &t.kind
		}
	}
	if bytes.Contains(head, []byte("\ntypeThis=")) || bytes.Contains(head, []byte("fileSizeBytes=")) {
		return &kind{"the description of a SpikeGLX recording (.meta), whose samples are in the .bin file beside it", neoAdvice}
	}
	if table.IsOpenSim(head) || isTable(head, ".") || isTable(head, ",") {
		return kindTable
	}
	if isHeader(head) && int64(len(head)) >= size-3 {
		return &kind{"a table of text with a header and no row below it", "there is nothing to read: export the table again"}
	}
	return &kind{"a text file", textAdvice + "; if it is a table of which most cells are text, data.OpenTable reads it"}
}

// isHeader tells whether there is one line only, and names between separators in it.
func isHeader(text []byte) bool {
	line := strings.TrimSpace(string(text))
	return line != "" && !strings.ContainsAny(line, "\n\r") && strings.ContainsAny(line, ",;\t")
}

// isText tells whether bytes are text: no control characters but those that
// lay out lines, and UTF-8, or so much ASCII that the rest is accents.
func isText(head []byte, cut bool) bool {
	ascii := 0
	for _, c := range head {
		switch {
		case c < ' ' && (c < '\t' || c > '\r') || c == 0x7f:
			return false
		case c < 0x80:
			ascii++
		}
	}
	for range utf8.UTFMax - 1 { // a character that the end cuts
		if cut && !utf8.Valid(head) {
			head = head[:len(head)-1]
		}
	}
	return utf8.Valid(head) || 10*ascii >= 7*len(head)
}

// isTable tells whether at least half of the first lines are numbers with the
// given decimal mark.
func isTable(head []byte, decimal string) bool {
	lines := strings.Split(string(head[:min(len(head), 4096)]), "\n")
	if len(head) > 4096 {
		lines = lines[:len(lines)-1] // the last is cut
	}
	for _, separator := range []string{",", ";", "\t", " "} {
		if separator == decimal {
			continue
		}
		rows, filled := 0, 0
		for _, line := range lines {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			filled++
			if numbers(line, separator, decimal) {
				rows++
			}
		}
		if rows > 0 && 2*rows >= filled {
			return true
		}
	}
	return false
}

// numbers tells whether a line holds numbers: between blanks all fields are, of three
// or more all but the first, which may be a name; between other separators half of the
// fields are, or nothing.
func numbers(line, separator, decimal string) bool {
	fields := strings.Fields(line)
	if separator != " " {
		fields = strings.Split(line, separator)
	}
	found, filled := 0, 0
	for i, field := range fields {
		if field = strings.Trim(field, " \""); field == "" {
			continue
		}
		filled++
		_, err := strconv.ParseFloat(strings.Replace(field, decimal, ".", 1), 64)
		switch {
		case err == nil:
			found++
		case separator == " " && (i > 0 || len(fields) < 3):
			return false
		}
	}
	return found > 0 && 2*found >= filled
}
