package hdf5

import "fmt"

// Kinds of messages in an object header.
const (
	msgDataspace    = 0x01
	msgLinkInfo     = 0x02
	msgType         = 0x03
	msgOldFill      = 0x04
	msgFill         = 0x05
	msgLink         = 0x06
	msgExternal     = 0x07
	msgLayout       = 0x08
	msgFilters      = 0x0b
	msgAttribute    = 0x0c
	msgSharedTable  = 0x0f
	msgContinuation = 0x10
	msgSymbolTable  = 0x11
	msgDriver       = 0x14
	msgAttributes   = 0x15
	msgLast         = 0x18
)

// A message is one statement of an object header.
type message struct {
	kind  int
	flags uint8
	order int // of creation, for attributes in their order; -1 where not tracked
	data  []byte
	at    int64 // offset in the file
}

const (
	flagShared   = 0x02 // the data say where the message is
	flagMustKnow = 0x80 // whoever does not know the kind must not open the object
)

// A header is what stands about an object.
type header struct {
	address  uint64
	messages []message
	tracked  bool // order of creation of attributes
}

// find returns the first message of a kind, nil if there is none.
func (h *header) find(kind int) *message {
	for i := range h.messages {
		if h.messages[i].kind == kind {
			return &h.messages[i]
		}
	}
	return nil
}

// A headerReader collects messages of a header and of its continuations.
type headerReader struct {
	file    *File
	header  *header
	version int
	ordered bool // version 2: messages carry an order of creation
	seen    map[uint64]bool
	pending []continuation
	total   int64
}

type continuation struct {
	address uint64
	length  int64
}

// header reads the object header at an address.
func (f *File) header(address uint64) (*header, error) {
	c, err := f.cursor(address, 16, "object header")
	if err != nil {
		return nil, err
	}
	r := &headerReader{file: f, header: &header{address: address}, seen: map[uint64]bool{address: true}}
	if string(c.b[:4]) == "OHDR" {
		err = r.readVersion2(address)
	} else {
		err = r.readVersion1(c)
	}
	for err == nil && len(r.pending) > 0 {
		next := r.pending[0]
		r.pending = r.pending[1:]
		err = r.follow(next)
	}
	if err != nil {
		return nil, err
	}
	return r.header, nil
}

func (r *headerReader) readVersion1(c *cursor) error {
	r.version = 1
	c.version(1, 1)
	c.skip(1 + 2 + 4) // reserved, number of messages, number of links
	size := int64(c.u32())
	if c.err != nil {
		return c.err
	}
	body, err := r.file.cursor(r.header.address+16, size, "object header")
	if err != nil {
		return err
	}
	return r.take(body)
}

func (r *headerReader) readVersion2(address uint64) error {
	r.version = 2
	f := r.file
	head := min(int64(64), f.src.size-f.base-int64(address))
	c, err := f.cursor(address, head, "object header")
	if err != nil {
		return err
	}
	c.signature("OHDR")
	c.version(2, 2)
	flags := c.u8()
	r.ordered = flags&0x04 != 0
	r.header.tracked = r.ordered
	if flags&0x20 != 0 {
		c.skip(16) // times
	}
	if flags&0x10 != 0 {
		c.skip(4) // limits of compact attributes
	}
	size := c.uint(1 << (flags & 3))
	if c.err != nil {
		return c.err
	}
	if size > uint64(f.src.size) {
		c.fail("it is said to have %d bytes of messages", size)
		return c.err
	}
	all, err := f.cursor(address, int64(c.i)+int64(size)+4, "object header")
	if err != nil {
		return err
	}
	return r.takeChecked(all, c.i)
}

// takeChecked takes the messages between the first bytes and the checksum.
func (r *headerReader) takeChecked(c *cursor, first int) error {
	end := len(c.b) - 4
	c.i = end
	c.checksum()
	if c.err != nil {
		return c.err
	}
	body := r.file.over(c.b[first:end], c.at+int64(first), c.what)
	return r.take(body)
}

// follow reads a continuation.
func (r *headerReader) follow(next continuation) error {
	if r.seen[next.address] {
		return fmt.Errorf("object header at %#x: its continuations run in a circle", r.header.address)
	}
	r.seen[next.address] = true
	c, err := r.file.cursor(next.address, next.length, "continued object header")
	if err != nil {
		return err
	}
	if r.version == 1 {
		return r.take(c)
	}
	if c.signature("OCHK"); c.err == nil && len(c.b) < 8 {
		c.fail("it has %d bytes", len(c.b))
	}
	if c.err != nil {
		return c.err
	}
	return r.takeChecked(c, 4)
}

// take adds the messages of a piece of a header.
func (r *headerReader) take(c *cursor) error {
	if r.total += int64(len(c.b)); r.total > r.file.src.size {
		return fmt.Errorf("object header at %#x: its parts are longer than the file", r.header.address)
	}
	head := 8
	if r.version == 2 {
		head = 4
		if r.ordered {
			head = 6
		}
	}
	for c.left() >= head {
		m := message{order: -1}
		var size int
		if r.version == 1 {
			m.kind, size, m.flags = int(c.u16()), int(c.u16()), c.u8()
			c.skip(3)
		} else {
			m.kind, size, m.flags = int(c.u8()), int(c.u16()), c.u8()
			if r.ordered {
				m.order = int(c.u16())
			}
		}
		m.at = c.at + int64(c.i)
		m.data = c.bytes(size)
		if c.err != nil {
			return c.err
		}
		if err := r.add(m); err != nil {
			return err
		}
	}
	return nil
}

func (r *headerReader) add(m message) error {
	switch {
	case m.kind == 0:
		return nil
	case m.kind > msgLast && m.flags&flagMustKnow != 0:
		return unsupported("message of unknown kind %#x at offset %d, which readers must know", m.kind, m.at)
	case m.kind == msgContinuation:
		c := r.file.over(m.data, m.at, "continuation of an object header")
		r.pending = append(r.pending, continuation{c.address(), c.length64("its length")})
		return c.err
	}
	r.header.messages = append(r.header.messages, m)
	return nil
}
