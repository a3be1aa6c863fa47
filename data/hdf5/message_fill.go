package hdf5

// readFill returns the bytes of the element that stands where nothing was
// written; nil is zeros.
func (f *File) readFill(h *header) ([]byte, error) {
	if m := h.find(msgFill); m != nil {
		r, err := f.resolve(*m)
		if err != nil {
			return nil, err
		}
		return f.readNewFill(f.over(r.data, r.at, "fill value"))
	}
	if m := h.find(msgOldFill); m != nil {
		r, err := f.resolve(*m)
		if err != nil {
			return nil, err
		}
		c := f.over(r.data, r.at, "fill value")
		return c.bytes(int(int32(c.u32()))), c.err
	}
	return nil, nil
}

func (f *File) readNewFill(c *cursor) ([]byte, error) {
	defined := false
	if c.version(1, 3) == 3 {
		defined = c.u8()&0x20 != 0
	} else {
		version := c.b[0]
		c.skip(2)
		defined = c.u8() != 0 || version == 1
	}
	if c.err != nil || !defined {
		return nil, c.err
	}
	size := int(int32(c.u32()))
	if c.err != nil || size <= 0 {
		return nil, c.err
	}
	return c.bytes(size), c.err
}
