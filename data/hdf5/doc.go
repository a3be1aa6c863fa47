// Package hdf5 reads HDF5 files, in which NWB and MATLAB's version 7.3 keep
// recordings, without any C library:
//
//	f, err := hdf5.Open("session.nwb")
//	defer f.Close()
//	times, err := f.Dataset("/units/spike_times")
//	unit, err := hdf5.Text(times, "unit")         // an attribute
//	all, err := times.Values().Float64s()         // every element
//	some, err := times.Rows(1000, 2000)           // only what holds these is read
//	seconds, err := some.Float64s()
//	trials, err := f.Group("/intervals/trials")
//	columns, err := trials.Names()                // in order of creation
//	err = f.Walk(func(o hdf5.Object) error { fmt.Println(o.Path()); return nil })
//
// # What is read
//
// Files of all versions of the format, behind a user block too: superblocks 0 to 3,
// object headers 1 and 2, old groups and new ones of any size, attributes in the
// header and in heaps, shared messages, soft links. Integers and bitfields of up
// to eight bytes, floats (half, single, double, bfloat16), texts, enums, compounds,
// arrays, lists of variable length, opaque bytes and references to objects, in
// both byte orders. Values in the header, in one piece or in chunks, by all indexes
// of chunks, with the filters deflate, shuffle, fletcher32 and lzf. Where nothing
// was written there is the fill value.
//
// # What is not
//
// External links and values in other files, virtual datasets, other filters (szip,
// nbit, scaleoffset, blosc, zstd and the like), other floats, references to regions
// and filtered heaps are errors that wrap [errors.ErrUnsupported]; they name the
// path, what it is, and what to do. Nothing is written.
//
// # What it costs
//
// Opening reads a few kilobytes. Headers and trees are read in blocks of 8 kB, of
// which up to 16 MB are kept; values are not kept. A read takes what holds the
// rows or the slab asked for and nothing else. Chunks are unpacked on
// GOMAXPROCS cores, and results do not depend on their number; beside the result
// each core has two buffers of a chunk's size.
//
// # Damaged files
//
// Checksums are checked, loops and depths bounded, and no file takes more memory
// than its size justifies: 64 MB and four times that, or the megabytes in the
// environment variable SPIKEWALK_UNPACK_MB. Errors say the path, the offset in the
// file, what is there and what should be.
package hdf5
