package data

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	loadAdvice  = `in Python, numpy.savez("x.npz", x=numpy.loadtxt("x.csv"%s)), with skiprows=1 for each line above the numbers, or in MATLAB, x = readmatrix('x.csv'); save('x.mat', 'x', '-v7')`
	commaAdvice = `in Python, numpy.savez("x.npz", x=numpy.loadtxt((line.replace(",", ".") for line in open("x.csv"))%s)), with skiprows=1 for each line above the numbers, or in MATLAB, x = readmatrix('x.csv', 'DecimalSeparator', ','); save('x.mat', 'x', '-v7')`
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
		return &kind{"a text in UTF-16", strings.ReplaceAll(loadAdvice, "%s", `, encoding="utf-16"`)}
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
	for _, decimal := range []string{".", ","} {
		if separator, ok := table(head, decimal); ok {
			delimiter := ""
			if separator != " " {
				delimiter = ", delimiter=" + strconv.Quote(separator)
			}
			if decimal == "," {
				return &kind{"a table of numbers with decimal commas as text (.csv, .tsv, .txt)", strings.ReplaceAll(commaAdvice, "%s", delimiter)}
			}
			return &kind{"a table of numbers as text (.csv, .tsv, .txt)", strings.ReplaceAll(loadAdvice, "%s", delimiter)}
		}
	}
	return &kind{"a text file", textAdvice}
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

// table tells whether at least half of the first lines are numbers with the
// given decimal mark, and what separates them.
func table(head []byte, decimal string) (separator string, ok bool) {
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
			if strings.TrimSpace(line) == "" {
				continue
			}
			filled++
			if numbers(line, separator, decimal) {
				rows++
			}
		}
		if rows > 0 && 2*rows >= filled {
			return separator, true
		}
	}
	return "", false
}

// numbers tells whether a line holds numbers, of three or more fields all but
// the first, which may be a name or a time.
func numbers(line, separator, decimal string) bool {
	fields := strings.Fields(line)
	if separator != " " {
		fields = strings.Split(strings.TrimSpace(line), separator)
	}
	for i, field := range fields {
		if _, err := strconv.ParseFloat(strings.Replace(strings.Trim(field, " \""), decimal, ".", 1), 64); err != nil && (i > 0 || len(fields) < 3) {
			return false
		}
	}
	return true
}
