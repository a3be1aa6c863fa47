package data

import (
	"errors"
	"fmt"
)

// UnavailableError says that a recording is not on this machine and cannot be
// downloaded now. A file that is there but wrong is a [ChecksumError].
type UnavailableError struct {
	// Name is the recording, Address where it is published.
	Name    string
	Address string
	// Looked are the paths where it was not found.
	Looked []string
	// Err is why the download failed, or was not tried.
	Err error
}

func (e *UnavailableError) Error() string {
	if errors.Is(e.Err, errNowhere) {
		return fmt.Sprintf("the %s recording is not looked for: %v; unset it, or name the folder of the recordings in it", e.Name, e.Err)
	}
	const advice = "go online once, or put the file into a folder and name that in SPIKEWALK_DATA"
	if len(e.Looked) == 0 {
		return fmt.Sprintf("the %s recording cannot be had from %s: %v; %s", e.Name, e.Address, e.Err, advice)
	}
	return fmt.Sprintf("the %s recording is not on this machine (looked for %s) and could not be downloaded from %s: %v; %s",
		e.Name, list(e.Looked), e.Address, e.Err, advice)
}

// Unwrap returns why the download failed.
func (e *UnavailableError) Unwrap() error { return e.Err }

// ChecksumError says that a file is not the published recording: damaged, changed,
// or another file altogether.
type ChecksumError struct {
	// Where is the file's path or address.
	Where string
	// Kind is the kind of checksum, "SHA-256" or "dandi-etag"; Want and Got are the
	// expected and the found one.
	Kind, Want, Got string
	// Advice says what to do.
	Advice string
}

func (e *ChecksumError) Error() string {
	return fmt.Sprintf("%s is not the published recording: expected %s %s, found %s; %s", e.Where, e.Kind, e.Want, e.Got, e.Advice)
}
