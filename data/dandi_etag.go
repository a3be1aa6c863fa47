package data

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"hash"
)

// etag computes DANDI's checksum of a file: the MD5 of the MD5s of its parts, a
// dash, and the number of parts. The parts have 64 MiB, or, of a file that would have
// 10,000 of them or more, a 10,000th of the file, rounded up; the last one has the rest. It
// is what Amazon S3 computes for an upload in these parts (dandischema.digests.dandietag).
type etag struct {
	part, left int64 // bytes of a part, and those that are missing of this one
	sums       []byte
	parts      int
	sum        hash.Hash // of this part
}

func newETag(size int64) *etag {
	const (
		usual = 64 << 20
		most  = 10_000
	)
	part := int64(usual)
	if (size-1)/part+1 >= most {
		part = (size-1)/most + 1
	}
	return &etag{part: part, left: part, sum: md5.New()}
}

func (e *etag) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		m := min(int64(len(b)), e.left)
		e.sum.Write(b[:m])
		b, e.left = b[m:], e.left-m
		if e.left == 0 {
			e.close()
		}
	}
	return n, nil
}

// close ends a part.
func (e *etag) close() {
	e.sums = e.sum.Sum(e.sums)
	e.parts++
	e.sum.Reset()
	e.left = e.part
}

// text ends the last part and returns the checksum.
func (e *etag) text() string {
	if e.left < e.part {
		e.close()
	}
	all := md5.Sum(e.sums)
	return fmt.Sprintf("%s-%d", hex.EncodeToString(all[:]), e.parts)
}
