package hdf5

// Filter is one step that the chunks of a dataset went through when they were
// written.
type Filter struct {
	ID   int
	Name string // "deflate", or "filter 32001 (blosc)" for what this package does not read
	// Settings are what the filter was told, as numbers whose meaning is its own.
	Settings []uint32
}

// The filters that are read.
const (
	filterDeflate    = 1
	filterShuffle    = 2
	filterFletcher32 = 3
	filterLZF        = 32000
)

// filterNames are those of HDF5 and the better known of its registry.
var filterNames = map[int]string{
	filterDeflate: "deflate", filterShuffle: "shuffle", filterFletcher32: "fletcher32",
	4: "szip", 5: "nbit", 6: "scaleoffset", filterLZF: "lzf",
	305: "lzo", 307: "bzip2", 32001: "blosc", 32004: "lz4", 32008: "bitshuffle", 32013: "zfp",
	32015: "zstd", 32017: "sz", 32018: "fcidecomp", 32019: "jpeg", 32022: "snappy", 32023: "granular bitround",
	32024: "sz3", 32026: "blosc2", 32028: "htj2k",
}

func (f *File) readFilters(c *cursor) ([]Filter, error) {
	version := c.version(1, 2)
	n := int(c.u8())
	if version == 1 {
		c.skip(6)
	}
	if c.err == nil && n > 32 {
		c.fail("%d filters; 32 are possible", n)
	}
	var all []Filter
	for range n {
		if c.err != nil {
			break
		}
		one := Filter{ID: int(c.u16())}
		length := 0
		if version == 1 || one.ID >= 256 {
			length = int(c.u16())
		}
		c.skip(2) // flags
		values := int(c.u16())
		own := ""
		if version == 1 {
			own = c.text((length + 7) / 8 * 8)
		} else {
			own = c.text(length)
		}
		one.Name = filterNames[one.ID]
		if one.Name == "" {
			one.Name = own
		}
		for range values {
			one.Settings = append(one.Settings, c.u32())
			if c.err != nil {
				break
			}
		}
		if version == 1 && values%2 == 1 {
			c.skip(4)
		}
		all = append(all, one)
	}
	return all, c.err
}
