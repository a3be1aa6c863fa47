package hdf5

import "fmt"

// A sharedIndex is one index of messages that several objects share (SOHM).
type sharedIndex struct {
	kinds uint16 // bit k is kind k
	heap  uint64
}

// readSharedTable reads the master table of shared messages that the
// superblock's extension names.
func (f *File) readSharedTable(m *message) ([]sharedIndex, error) {
	c := f.over(m.data, m.at, "message of shared messages")
	c.version(0, 1)
	address, n := c.address(), int(c.u8())
	if c.err != nil {
		return nil, c.err
	}
	one := 1 + 1 + 2 + 4 + 2 + 2 + 2 + 2*f.offsetSize
	c, err := f.cursor(address, int64(4+n*one+4), "table of shared messages")
	if err != nil {
		return nil, err
	}
	c.signature("SMTB")
	var all []sharedIndex
	for range n {
		c.skip(2) // version, list or tree
		kinds := c.u16()
		c.skip(4 + 2 + 2 + 2) // limits, number of messages
		c.address()           // of the index
		all = append(all, sharedIndex{kinds, c.address()})
	}
	c.checksum()
	return all, c.err
}

// resolve returns the message that a shared one stands for, or m itself.
func (f *File) resolve(m message) (message, error) {
	if m.flags&flagShared == 0 {
		return m, nil
	}
	c := f.over(m.data, m.at, "shared message")
	return f.readShared(c, m.kind)
}

// readShared follows what a cursor says of where a shared message is.
func (f *File) readShared(c *cursor, kind int) (message, error) {
	version, where := c.version(1, 3), c.u8()
	switch {
	case c.err != nil:
	case version == 1:
		c.skip(6)
		c.length()
	case version == 3 && where == 1:
		id := c.bytes(8)
		if c.err != nil {
			return message{}, c.err
		}
		return f.sharedInHeap(id, kind)
	}
	address := c.address()
	if c.err != nil {
		return message{}, c.err
	}
	h, err := f.header(address)
	if err != nil {
		return message{}, fmt.Errorf("shared message: %w", err)
	}
	m := h.find(kind)
	if m == nil || m.flags&flagShared != 0 {
		return message{}, fmt.Errorf("shared message: the object header at address %#x holds none of kind %#x", address, kind)
	}
	return *m, nil
}

func (f *File) sharedInHeap(id []byte, kind int) (message, error) {
	for _, index := range f.shared {
		if index.kinds&(1<<kind) == 0 {
			continue
		}
		heap, err := f.fractalHeap(index.heap)
		if err != nil {
			return message{}, fmt.Errorf("shared messages: %w", err)
		}
		b, at, err := heap.object(id)
		if err != nil {
			return message{}, fmt.Errorf("shared messages: %w", err)
		}
		return message{kind: kind, order: -1, data: b, at: at}, nil
	}
	return message{}, fmt.Errorf("shared message of kind %#x: the file has no table of them", kind)
}
