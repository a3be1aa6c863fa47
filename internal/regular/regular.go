// Package regular opens files, and refuses what is none before it is opened: a
// pipe may never answer.
package regular

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
)

// Open opens a file to be read and returns its size. The error of a folder, a pipe
// or a device says what it is.
func Open(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return nil, 0, fmt.Errorf("%s is a folder: name a file in it", path)
	case !mode.IsRegular():
		return nil, 0, fmt.Errorf("%s is %s, not a file: copy what comes out of it into a file and read that", path, irregular(mode))
	}
	f, err := os.Open(path)
	return f, info.Size(), err
}

// irregular names what is neither a file nor a folder.
func irregular(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

// ReadFile is [os.ReadFile] of a file: a device may have no end.
func ReadFile(path string) ([]byte, error) {
	f, size, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err = content.ReadFrom(f)
	return content.Bytes(), err
}
