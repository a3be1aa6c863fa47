package hdf5

import (
	"bytes"
	"fmt"
	"strings"
)

const signature = "\x89HDF\r\n\x1a\n"

// findSuperblock returns the offset of the signature: 0, or the end of the user
// block, whose size is 512 or a power of two times that.
func findSuperblock(s *source) (int64, error) {
	for at := int64(0); at+int64(len(signature)) <= s.size; at = max(512, 2*at) {
		b, err := s.meta(at, int64(len(signature)), "signature")
		if err != nil {
			return 0, err
		}
		if string(b) == signature {
			return at, nil
		}
		if at > s.size/2 {
			break
		}
	}
	begin, err := s.meta(0, min(8, s.size), "signature")
	if err != nil {
		return 0, err
	}
	return 0, fmt.Errorf("not an HDF5 file: none of the offsets 0, 512, 1024, 2048, … holds its signature %q; the %d bytes begin with %q",
		signature, s.size, begin)
}

// readSuperblock fills in the sizes, the root group and the table of shared
// messages. Addresses count from the superblock on, also where the base
// address in it says otherwise: that is how HDF5 reads a file that a user block
// was put before, or taken from.
func (f *File) readSuperblock() error {
	f.offsetSize, f.lengthSize = 8, 8
	b, err := f.src.meta(f.base, min(128, f.src.size-f.base), "superblock")
	if err != nil {
		return err
	}
	c := f.over(b, f.base, "superblock")
	c.skip(len(signature))
	switch v := c.version(0, 3); {
	case c.err != nil:
		return c.err
	case v < 2:
		return f.readSuperblock0(c, v)
	}
	return f.readSuperblock2(c)
}

func (f *File) readSizes(c *cursor) error {
	f.offsetSize, f.lengthSize = int(c.u8()), int(c.u8())
	for _, n := range []int{f.offsetSize, f.lengthSize} {
		if c.err == nil && n != 2 && n != 4 && n != 8 {
			c.fail("addresses of %d and lengths of %d bytes; 2, 4 or 8 are possible", f.offsetSize, f.lengthSize)
		}
	}
	return c.err
}

func (f *File) readSuperblock0(c *cursor, version uint8) error {
	c.skip(4) // versions of the free space, of the root group, reserved, of shared messages
	if err := f.readSizes(c); err != nil {
		return err
	}
	c.skip(1 + 2 + 2 + 4) // reserved, two sizes of nodes, flags
	if version == 1 {
		c.skip(4)
	}
	base := c.address()
	c.address() // of free space
	end, driver := c.address(), c.address()
	c.length() // of the root group's name
	f.root = c.address()
	if c.err != nil {
		return c.err
	}
	if driver != undefined {
		return f.refuseDriver(driver)
	}
	return f.checkEnd(base, end)
}

func (f *File) readSuperblock2(c *cursor) error {
	if err := f.readSizes(c); err != nil {
		return err
	}
	c.skip(1) // flags
	base, extension, end := c.address(), c.address(), c.address()
	f.root = c.address()
	c.checksum()
	if c.err != nil {
		return c.err
	}
	if err := f.checkEnd(base, end); err != nil {
		return err
	}
	if extension == undefined {
		return nil
	}
	h, err := f.header(extension)
	if err != nil {
		return fmt.Errorf("superblock extension: %w", err)
	}
	if m := h.find(msgSharedTable); m != nil {
		f.shared, err = f.readSharedTable(m)
	}
	if m := h.find(msgDriver); m != nil && err == nil {
		return unsupported("the file is one of several that hold the data together (driver %q): write it as one with h5repack", m.data)
	}
	return err
}

// checkEnd compares the end of the file that the superblock states with the size.
func (f *File) checkEnd(base, end uint64) error {
	if end == undefined || end < base {
		return nil
	}
	if there := uint64(f.src.size - f.base); end-base > there {
		return fmt.Errorf("superblock at offset %d: the file should have %d bytes and has %d: it is truncated, get it anew", f.base, end-base+uint64(f.base), f.src.size)
	}
	return nil
}

// refuseDriver is the error of a file that has others beside it.
func (f *File) refuseDriver(address uint64) error {
	c, err := f.cursor(address, 16, "driver information")
	if err != nil {
		return err
	}
	name := strings.TrimRight(string(bytes.TrimRight(c.b[8:16], "\x00")), " ")
	return unsupported("the file is one of several that hold the data together (driver %q): write it as one with h5repack", name)
}
