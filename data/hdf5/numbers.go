package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Float64s returns numbers: integers, floats, bitfields and enums. Integers
// beyond 2^53 in size are rounded to the nearest float64; Int64s and Uint64s
// give them exactly. Values stored as this machine's float64 are read straight
// into the result.
func (v *Values) Float64s() ([]float64, error) {
	t := v.Type()
	convert := t.floats()
	if convert == nil {
		return nil, v.refuse("numbers", advice(t))
	}
	native := t.Class == Float && t.format == format64 && t.BigEndian == !littleEndian
	return collect(v, 8, native, convert)
}

// Int64s returns whole numbers exactly. A number beyond the range, or a float
// that is not whole, is an error.
func (v *Values) Int64s() ([]int64, error) {
	signed := v.Type().Signed
	return whole64(v, signed, func(f float64) (int64, bool) {
		return int64(f), f == math.Trunc(f) && f >= -1<<63 && f < 1<<63
	}, func(u uint64) (int64, bool) {
		return int64(u), signed || u <= math.MaxInt64
	})
}

// Uint64s returns whole numbers that are not negative, exactly. Any other number
// is an error.
func (v *Values) Uint64s() ([]uint64, error) {
	signed := v.Type().Signed
	return whole64(v, !signed, func(f float64) (uint64, bool) {
		return uint64(f), f == math.Trunc(f) && f >= 0 && f < 1<<64
	}, func(u uint64) (uint64, bool) {
		return u, !signed || int64(u) >= 0
	})
}

// whole64 reads whole numbers of 64 bits; sameSign says that those of the file are
// of the result's kind.
func whole64[T int64 | uint64](v *Values, sameSign bool, ofFloat func(float64) (T, bool), ofInteger func(uint64) (T, bool)) ([]T, error) {
	t := v.Type()
	convert := t.floats()
	if convert == nil {
		return nil, v.refuse("numbers", advice(t))
	}
	if t.Class == Float {
		return collect(v, 8, false, func(dst []T, src []byte, stride int) error {
			var one [1]float64
			for i := range dst {
				convert(one[:], src[i*stride:], stride)
				var ok bool
				if dst[i], ok = ofFloat(one[0]); !ok {
					return fmt.Errorf("the value %v is no whole number of %T: use Float64s", one[0], dst[i])
				}
			}
			return nil
		})
	}
	native := t.Class == Integer && t.Size == 8 && t.precision == 64 && sameSign && t.BigEndian == !littleEndian
	return collect(v, 8, native, func(dst []T, src []byte, stride int) error {
		for i := range dst {
			u := t.load(src[i*stride:])
			var ok bool
			if dst[i], ok = ofInteger(u); !ok {
				if t.Signed {
					return fmt.Errorf("the value %d is outside the range of %T", int64(u), dst[i])
				}
				return fmt.Errorf("the value %d is outside the range of %T", u, dst[i])
			}
		}
		return nil
	})
}

// load returns the integer that begins at b[0], with its sign in all 64 bits.
func (t *Type) load(b []byte) uint64 {
	u := t.raw(b)
	bits, offset := t.precision, t.offset
	if t.Class == Enum {
		bits, offset = t.Base.precision, t.Base.offset
	}
	u = u >> offset << (64 - bits)
	if t.Signed {
		return uint64(int64(u) >> (64 - bits))
	}
	return u >> (64 - bits)
}

// raw returns the bytes of a number as one, in this machine's order.
func (t *Type) raw(b []byte) uint64 {
	var order binary.ByteOrder = binary.LittleEndian
	if t.BigEndian {
		order = binary.BigEndian
	}
	switch t.Size {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(order.Uint16(b))
	case 4:
		return uint64(order.Uint32(b))
	case 8:
		return order.Uint64(b)
	}
	var u uint64
	for i := range t.Size {
		if t.BigEndian {
			u = u<<8 | uint64(b[i])
		} else {
			u |= uint64(b[i]) << (8 * i)
		}
	}
	return u
}

// toFloats fills dst from values in src that lie stride bytes apart. It never fails.
type toFloats = func(dst []float64, src []byte, stride int) error

// floats returns what turns values of the type into float64; nil if they are no
// numbers, or cannot be read.
func (t *Type) floats() toFloats {
	if t.trouble != "" {
		return nil
	}
	switch t.Class {
	case Float:
		return t.ofFloats()
	case Integer, Bitfield, Enum:
		return t.ofIntegers()
	}
	return nil
}

func (t *Type) ofFloats() toFloats {
	switch {
	case t.format == format64 && !t.BigEndian:
		return func(dst []float64, src []byte, stride int) error {
			for i := range dst {
				dst[i] = math.Float64frombits(binary.LittleEndian.Uint64(src[i*stride:]))
			}
			return nil
		}
	case t.format == format32 && !t.BigEndian:
		return func(dst []float64, src []byte, stride int) error {
			for i := range dst {
				dst[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(src[i*stride:])))
			}
			return nil
		}
	}
	one := map[format]func(uint64) float64{
		format16:      half,
		format32:      func(u uint64) float64 { return float64(math.Float32frombits(uint32(u))) },
		format64:      math.Float64frombits,
		formatBrain16: func(u uint64) float64 { return float64(math.Float32frombits(uint32(u) << 16)) },
	}[t.format]
	return func(dst []float64, src []byte, stride int) error {
		for i := range dst {
			dst[i] = one(t.raw(src[i*stride:]))
		}
		return nil
	}
}

// half returns the value of an IEEE 754 half.
func half(u uint64) float64 {
	sign, exponent, mantissa := u>>15&1, int(u>>10&31), float64(u&1023)
	var x float64
	switch {
	case exponent == 31 && mantissa != 0:
		return math.NaN()
	case exponent == 31:
		x = math.Inf(1)
	case exponent == 0:
		x = math.Ldexp(mantissa, -24)
	default:
		x = math.Ldexp(1024+mantissa, exponent-25)
	}
	if sign == 1 {
		return -x
	}
	return x
}

func (t *Type) ofIntegers() toFloats {
	switch {
	case t.Class != Integer || t.precision != 8*t.Size || t.BigEndian:
	case t.Size == 1 && !t.Signed:
		return func(dst []float64, src []byte, stride int) error {
			for i := range dst {
				dst[i] = float64(src[i*stride])
			}
			return nil
		}
	case t.Size == 2 && t.Signed:
		return func(dst []float64, src []byte, stride int) error {
			for i := range dst {
				dst[i] = float64(int16(binary.LittleEndian.Uint16(src[i*stride:])))
			}
			return nil
		}
	case t.Size == 4 && t.Signed:
		return func(dst []float64, src []byte, stride int) error {
			for i := range dst {
				dst[i] = float64(int32(binary.LittleEndian.Uint32(src[i*stride:])))
			}
			return nil
		}
	}
	return func(dst []float64, src []byte, stride int) error {
		for i := range dst {
			u := t.load(src[i*stride:])
			if t.Signed {
				dst[i] = float64(int64(u))
			} else {
				dst[i] = float64(u)
			}
		}
		return nil
	}
}
