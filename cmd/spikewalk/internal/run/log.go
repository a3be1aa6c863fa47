package run

import (
	"os"
	"regexp"
)

// logEnding is the extension of the file with all that nbconvert said, which is
// kept where it failed.
const logEnding = ".log"

// existing is the path of a file that is there, or "".
func existing(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// logLines are what programs log for those who wrote them: GoNB's lines, such
// as "E1128 23:05:01.123456   77 pipes.go:59] ...", and traces of goroutines.
var logLines = regexp.MustCompile(`(?m)^[IWEF]\d{4} \d\d:\d\d:\d\d.*\n?|^goroutine \d+ [^\n]*:\n(?:[^\n]+\n?)*`)

// withoutLog is a text without lines of logs, for a user.
func withoutLog(text string) string { return logLines.ReplaceAllString(text, "") }
