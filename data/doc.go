// Package data brings recordings in: it reads files of MATLAB and NumPy, and it
// finds, fetches and verifies the recordings that the networks of this module are
// trained on. It returns plain matrices, whose rows are time and whose columns are
// channels, and knows nothing of networks.
//
// # MATLAB and NumPy
//
// [Open] reads MAT-files of versions 4, 5 (which MATLAB and SciPy save by default
// and Octave with save -v7) and 7.3 (HDF5), and NumPy's .npz and .npy. The accessors
// of [matfile.Array], the type Array of package data/mat, give the arrays as Go
// values:
//
//	file, err := data.Open("session12.mat")
//	emg, err := file.Variable("emg")   // 8x81x2
//	reach, err := emg.Slice(0, 3)      // condition 3: 81x2
//	m, err := reach.Dense()            // a gonum matrix
//
// [ReadTree] reads all of a file at once, each matrix under its full name, such as
// net.J: rate.Import makes a network of it.
//
// What of MATLAB's is read and what is not, package data/mat says.
//
// # Other files
//
// The content of a file tells what it is, never its name. NWB, CSV, PyTorch, Excel
// and some fifty other kinds are errors that name the kind and say what to do, in a line of Python or MATLAB.
//
// No file takes more memory than its size justifies: four times that and 64 MB
// for what is read, and eight bytes in a tree for each stored one. A file with
// stronger compression is an error that says how to allow it, with the environment
// variable SPIKEWALK_UNPACK_MB.
//
// # Recordings
//
// [Cycling] and [Reaching] return the two recordings published with DePasquale
// et al. (2023). They look for each
//
//  1. in the folder that the environment variable SPIKEWALK_DATA names, if it
//     is set: in the folder itself, or in a sub-folder cycling or reaching, as in
//     a clone of the authors' repository. A missing folder is an error; a missing
//     file is not;
//  2. in the sub-folder data of [CacheDir];
//  3. in the authors' repository, pinned to a commit; the file is then kept in
//     the cache.
//
// With SPIKEWALK_DATA=none they look nowhere.
//
// The SHA-256 of a file must be the published one. If it is not, that is a
// [ChecksumError], and the search ends. If the file is nowhere and cannot be
// downloaded, that is an [UnavailableError].
//
// [CyclingOrSynthetic] and [ReachingOrSynthetic] replace a recording that is
// unavailable by synthetic data of the same shapes and scales, so that a tutorial
// runs without a network. Source.Synthetic then says so, and so does Source.String,
// a caption for figures.
//
// [List] and [Fetch] do the same for a command line.
package data
