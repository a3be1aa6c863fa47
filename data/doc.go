// Package data brings recordings in: it reads MATLAB files and finds, fetches
// and verifies the recordings that the networks of this module are trained on.
// It returns plain matrices, rows are time and columns are channels, and
// knows nothing of networks.
//
// # MATLAB files
//
// [ReadMat] reads level-5 MAT-files: what MATLAB and SciPy save by default, and
// Octave with save -v7. The accessors of [Array] give its variables as Go values:
//
//	file, err := data.ReadMat("session12.mat")
//	emg, err := file.Variable("emg")   // 8x81x2
//	reach, err := emg.Slice(0, 3)      // condition 3: 81x2
//	m, err := reach.Dense()            // a gonum matrix
//
// Every numeric class, complex and logical arrays, text, cells, structs and
// sparse matrices are read. Objects (tables, strings, datetimes, function
// handles) are not; they are an error when asked for and leave the rest of
// the file readable. So do two variables, or two fields, of one name: neither
// is returned. A damaged file is an error as far as the format shows the
// damage: compressed variables carry a checksum, plain ones only their sizes,
// and no byte may be left over.
//
// # NumPy files
//
// [ReadNPZ] and [ReadNPY] read what NumPy's savez and save write, into arrays
// with the same accessors. [ReadTree] reads all of a file of either kind at
// once, each matrix under its full name, such as net.J: what rate.Import makes
// a network of.
//
// # Other files
//
// What a file is, its content tells, never its name. Files of version 7.3,
// which are HDF5, of version 4, NWB, CSV, PyTorch's, Excel's and some fifty other
// kinds are named in the error that refuses them, and with them what to do, in
// a line of Python or MATLAB.
//
// No file takes more memory than its size justifies: four times that and 64 MB
// for what is read, and a tree eight bytes for each stored one. A file whose
// compression is stronger is an error that says how to allow it, with the
// environment variable SPIKEWALK_UNPACK_MB.
//
// # Recordings
//
// [Cycling] and [Reaching] return the two recordings published with DePasquale
// et al. (2023). Each is looked for
//
//  1. in the folder that the environment variable SPIKEWALK_DATA names, if it
//     is set: in the folder itself, or in a sub-folder cycling or reaching, so
//     that a clone of the authors' repository serves. A file that is not
//     there is looked for further on; that the folder is not there is an
//     error;
//  2. in the sub-folder data of [CacheDir];
//  3. at the authors' repository, pinned to a commit; the file is then kept in
//     the cache.
//
// With SPIKEWALK_DATA=none it is looked for nowhere.
//
// Wherever a file is found, its SHA-256 must be the published one. If it is
// not, that is a [ChecksumError], and nothing is tried instead. If the file is
// nowhere and cannot be downloaded, that is an [UnavailableError].
//
// [CyclingOrSynthetic] and [ReachingOrSynthetic] answer that last error, and
// no other, with synthetic data of the same shapes and scales, so that a
// tutorial runs on a machine without a network. Source.Synthetic then says so,
// and Source.String is fit for a figure's caption.
//
// [List] and [Fetch] do the same for a command line.
package data
