package hdf5

import "fmt"

// A tree1 walks a B-tree of version 1, which holds the names of old groups and
// the chunks of old datasets.
type tree1 struct {
	file    *File
	kind    uint8 // 0 groups, 1 chunks
	keySize int
	seen    map[uint64]bool
	// within tells whether what lies between two keys is wanted; nil is all.
	within func(from, to []byte) bool
	// leaf takes the key and address of an entry of level 0.
	leaf func(key *cursor, address uint64) error
}

// walk visits the node at an address and those below it. A level of 256 says
// that the node is the root, which may have any.
func (t *tree1) walk(address uint64, level int) error {
	if t.seen[address] {
		return fmt.Errorf("the B-tree node at address %#x comes twice", address)
	}
	t.seen[address] = true
	f := t.file
	head := 8 + 2*f.offsetSize
	c, err := f.cursor(address, int64(head), "B-tree node")
	if err != nil {
		return err
	}
	c.signature("TREE")
	if kind := c.u8(); c.err == nil && kind != t.kind {
		c.fail("its kind is %d, not %d", kind, t.kind)
	}
	if own := int(c.u8()); c.err == nil && own >= level {
		c.fail("its level is %d, and it stands below one of level %d", own, level)
	} else {
		level = own
	}
	n := int(c.u16())
	if c.err != nil {
		return c.err
	}
	one := t.keySize + f.offsetSize
	c, err = f.cursor(address, int64(head+n*one+t.keySize), "B-tree node")
	if err != nil {
		return err
	}
	return t.entries(c, head, n, level)
}

func (t *tree1) entries(c *cursor, head, n, level int) error {
	c.i = head
	for range n {
		at := c.at + int64(c.i)
		key := c.bytes(t.keySize)
		child := c.address()
		next := c.b[c.i : c.i+t.keySize]
		if t.within != nil && !t.within(key, next) {
			continue
		}
		var err error
		if level > 0 {
			err = t.walk(child, level)
		} else {
			err = t.leaf(t.file.over(key, at, "B-tree key"), child)
		}
		if err != nil {
			return err
		}
	}
	return c.err
}
