package inflate

import "math/bits"

// A table is looked up with the next bits of the stream. What it has for them is
// an entry: how many bits the code has, the kind of symbol, how many extra bits
// follow, and a value. Longer codes go on in a table of their own, behind.
const (
	literalBits  = 11
	distanceBits = 8
	maxBits      = 15

	lengthMask   = 63 // bits of the code, or of its part in a second table
	extraShift   = 8
	extraMask    = 15
	kindMask     = 7 << 12
	kindLiteral  = 0 // so that it is found most quickly
	kindMatch    = 1 << 12
	kindEnd      = 2 << 12
	kindLonger   = 3 << 12 // value is where the second table begins, extra its bits
	kindInvalid  = 4 << 12
	valueShift   = 16
	literalSizes = 1<<literalBits + 288<<(maxBits-literalBits)
	distSizes    = 1<<distanceBits + 32<<(maxBits-distanceBits)
)

type (
	literalTable  [literalSizes]uint32
	distanceTable [distSizes]uint32
)

// plainEntry is that of a code for lengths of codes.
func plainEntry(symbol int) uint32 { return uint32(symbol)<<valueShift | kindLiteral }

// literalEntry is that of a literal, of the end, or of the length of a match.
func literalEntry(symbol int) uint32 {
	switch {
	case symbol < 256:
		return uint32(symbol)<<valueShift | kindLiteral
	case symbol == 256:
		return kindEnd
	case symbol < 265:
		return uint32(symbol-254)<<valueShift | kindMatch
	case symbol < 285:
		extra := uint32(symbol-261) / 4
		return (3+(4+uint32(symbol-265)%4)<<extra)<<valueShift | extra<<extraShift | kindMatch
	case symbol == 285:
		return 258<<valueShift | kindMatch
	}
	return kindInvalid
}

// distanceEntry is that of the distance of a match.
func distanceEntry(symbol int) uint32 {
	switch {
	case symbol < 4:
		return uint32(symbol+1)<<valueShift | kindMatch
	case symbol < 30:
		extra := uint32(symbol-2) / 2
		return (1+(2+uint32(symbol)%2)<<extra)<<valueShift | extra<<extraShift | kindMatch
	}
	return kindInvalid
}

// build fills a table of first bits for codes of the given lengths. Lengths must
// make a complete code, or be a single one of one bit, or none.
func build(table []uint32, first int, lengths []uint8, entry func(symbol int) uint32) error {
	var count [maxBits + 1]int
	longest := 0
	for _, l := range lengths {
		count[l]++
		longest = max(longest, int(l))
	}
	var next [maxBits + 2]int
	code := 0
	for l := 1; l <= maxBits; l++ {
		next[l] = code
		code = (code + count[l]) << 1
		if l < maxBits && code > 1<<(l+1) || l == maxBits && code>>1 > 1<<maxBits {
			return errCodes // more codes than there are
		}
	}
	complete := code>>1 == 1<<maxBits
	if !complete && longest > 1 {
		return errCodes
	}
	for i := range table[:1<<first] {
		table[i] = kindInvalid
	}
	free := 1 << first // where the next second table begins
	for symbol, l := range lengths {
		if l == 0 {
			continue
		}
		n := int(l)
		reversed := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		if n <= first {
			e := entry(symbol) | uint32(n)
			for i := reversed; i < 1<<first; i += 1 << n {
				table[i] = e
			}
			continue
		}
		at := reversed & (1<<first - 1)
		if table[at]&kindMask != kindLonger {
			more := longest - first
			table[at] = uint32(free)<<valueShift | uint32(more)<<extraShift | kindLonger | uint32(first)
			for i := range 1 << more {
				table[free+i] = kindInvalid
			}
			free += 1 << more
		}
		start, more := int(table[at]>>valueShift), int(table[at]>>extraShift&extraMask)
		e := entry(symbol) | uint32(n-first)
		for i := reversed >> first; i < 1<<more; i += 1 << (n - first) {
			table[start+i] = e
		}
	}
	return nil
}
