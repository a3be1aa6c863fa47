// Package data brings recordings in. It reads the files that laboratories have and makes
// recordings of them, and it finds, fetches and verifies published ones. What it
// returns are plain matrices, whose rows are time and whose columns are channels, and
// recordings (package neuro/recording); it knows nothing of networks.
//
// # Files
//
// [Open] reads whatever it can, and tells by its content what a file is, never by its name:
//
//   - MAT-files of versions 4, 5 (which MATLAB and SciPy save by default and Octave
//     with save -v7) and 7.3: see package data/mat;
//   - NWB, and HDF5 of any other kind, each dataset under its path: data/nwb, data/hdf5;
//   - NumPy's .npz and .npy;
//   - tables of text: CSV, TSV, columns between semicolons or blanks, OpenSim's .sto and
//     .mot: data/table. [OpenTable] says more about a table than its content does.
//
// Of PyTorch, Excel, C3D, Blackrock, Plexon, Intan, EDF, Parquet and some sixty other
// kinds it returns an error that names the kind and says what to do, in a line of
// Python or MATLAB. [OpenReader] does the same for a file that is elsewhere.
//
// # Recordings of one's own
//
// An NWB file says what it holds; of other files a [Layout] does:
//
//	file, err := data.Open("session.mat")
//	rec, err := file.Recording(data.Layout{
//		TimeUnit: "s", Clock: "trial",
//		Spikes: data.SpikeLayout{Times: "trial(k).spikes{u}"},
//		Series: map[string]data.SeriesLayout{"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 1000}},
//		Trials: data.TrialLayout{Start: "trial(k).start"},
//	})
//
// # Arrays
//
// The accessors of [matfile.Array], the type Array of package data/mat, give what is in
// a file as Go values, of MATLAB and of all others:
//
//	file, err := data.Open("session12.mat")
//	emg, err := file.Variable("emg")   // 8x81x2
//	reach, err := emg.Slice(0, 3)      // condition 3: 81x2
//	m, err := reach.Dense()            // a gonum matrix
//
// [ReadTree] reads all of a file at once, each matrix under its full name, such as
// net.J: rate.Import makes a network of it.
//
// No file takes more memory than its size justifies: four times that and 64 MB
// for what is read, and eight bytes in a tree for each stored one. A file with
// stronger compression is an error that says how to allow it, with the environment
// variable SPIKEWALK_UNPACK_MB.
//
// # Published recordings
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
//
// # Over the network
//
// [DANDI] asks the DANDI archive for a data set: its licence and citation, as its
// record says them, and its files, each of which is downloaded and verified
// ([Asset.Fetch]) or read where it is ([Asset.Open]). [Remote] reads a file at any web
// address where it is:
//
//	ctx := context.Background()
//	set, err := data.DANDI(ctx, "dandi:000941")
//	fmt.Println(set.Name, set.Terms(), set.Citation)
//	session, err := set.Asset("sub-MonkeyL/session.nwb")
//	remote, err := session.Open(ctx)
//	f, err := nwb.NewReader(remote, remote.Size())
//	times, err := f.Unit(3)                        // downloads what holds them
//
// What came once is not downloaded again, and what broke off goes on where it was. A
// call downloads 2 GB at most, unless [Limit] or the environment variable
// SPIKEWALK_DOWNLOAD_MB says otherwise. Blocks of files that are read where they are go
// when the cache is full ([CacheDir]); files that were fetched stay in its sub-folder
// data/dandi until you delete them.
package data
