package data

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
)

// How the numbers of other kinds of file come into one that is read.
const (
	torchAdvice = `in Python, numpy.savez("x.npz", **{k: v.numpy() for k, v in torch.load("x.pth", map_location="cpu").items()}), with .state_dict() before .items() if a whole module was saved`
	tableAdvice = `in MATLAB, x = readmatrix('x.xlsx'); save('x.mat', 'x', '-v7'), or in Python, numpy.savez("x.npz", x=pandas.read_excel("x.xlsx").to_numpy())`
	neoAdvice   = `in Python, block = neo.io.get_io("x.plx").read_block(); numpy.savez("x.npz", x=block.segments[0].analogsignals[0].magnitude), and likewise .spiketrains`
	mneAdvice   = `in Python, raw = mne.io.read_raw("x"); numpy.savez("x.npz", x=raw.get_data().T, dt=1/raw.info["sfreq"])`
	abfAdvice   = `in Python, abf = pyabf.ABF("x.abf"); numpy.savez("x.npz", x=abf.data.T, dt=1/abf.dataRate)`
	c3dAdvice   = `in Python, c = ezc3d.c3d("x.c3d"); numpy.savez("x.npz", points=c["data"]["points"], analogs=c["data"]["analogs"])`
	pickAdvice  = `in Python, and only if it comes from somebody you trust, d = pickle.load(open("x.pkl", "rb")); numpy.savez("x.npz", **d) for a dictionary of arrays`
	imageAdvice = "it holds a picture, not the numbers behind it; ask for those"
	paperAdvice = "it holds pages, not arrays; save the numbers as .mat or .npz"
	fetchAdvice = "get the file itself again"
)

// marks are the kinds that begin, or go on at an offset, with fixed bytes.
var marks = []struct {
	at   int
	mark string
	kind
}{
	{0, "\x1f\x8b\x08", kind{"a gzip-compressed file (.gz, .rds, .nii.gz)", "unpack it with gunzip and read what comes out; an .rds file of R is opened by R.matlab::writeMat(\"x.mat\", x=readRDS(\"x.rds\")) in R instead"}},
	{0, "BZh", kind{"a bzip2-compressed file", "unpack it with bunzip2 and read what comes out"}},
	{0, "\xfd7zXZ\x00", kind{"an xz-compressed file", "unpack it with unxz and read what comes out"}},
	{0, "\x28\xb5\x2f\xfd", kind{"a Zstandard-compressed file", "unpack it with unzstd and read what comes out"}},
	{0, "7z\xbc\xaf\x27\x1c", kind{"a 7-Zip archive", "unpack it and read what comes out"}},
	{0, "Rar!\x1a\x07", kind{"a RAR archive", "unpack it and read what comes out"}},
	{257, "ustar", kind{"a tar archive", "unpack it with tar -xf and read what comes out"}},
	{0, "Octave-1-", kind{"a file in Octave's own binary format", "in Octave, load it and save it again with save -v7"}},
	{0, "NEURALEV", kind{"events of a Blackrock system (.nev)", neoAdvice}},
	{0, "BREVENTS", kind{"events of a Blackrock system (.nev)", neoAdvice}},
	{0, "NEURALSG", kind{"samples of a Blackrock system (.ns1 to .ns6)", neoAdvice}},
	{0, "NEURALCD", kind{"samples of a Blackrock system (.ns1 to .ns6)", neoAdvice}},
	{0, "BRSMPGRP", kind{"samples of a Blackrock system (.ns1 to .ns6)", neoAdvice}},
	{0, "PLEX", kind{"a Plexon recording (.plx)", neoAdvice}},
	{0, "NEX1", kind{"a NeuroExplorer file (.nex)", neoAdvice}},
	{0, "NEX5", kind{"a NeuroExplorer file (.nex5)", neoAdvice}},
	{0, "MCSSTRM", kind{"a recording of Multi Channel Systems (.mcd)", neoAdvice}},
	{0, "######## Neuralynx", kind{"a Neuralynx recording (.ncs, .nse, .nev)", neoAdvice}},
	{0, "header.format = 'Open Ephys", kind{"an Open Ephys recording (.continuous, .spikes)", neoAdvice}},
	{0, "\x02\x27\x91\xc6", kind{"an Intan recording (.rhd)", neoAdvice}},
	{0, "\xac\x27\x91\xd6", kind{"an Intan recording (.rhs)", neoAdvice}},
	{2, "(C) CED 87", kind{"a Spike2 recording (.smr)", neoAdvice}},
	{0, "S64", kind{"a Spike2 recording (.smrx)", neoAdvice}},
	{0, "ABF ", kind{"an Axon recording (.abf)", abfAdvice}},
	{0, "ABF2", kind{"an Axon recording (.abf)", abfAdvice}},
	{0, "\xffBIOSEMI", kind{"a BioSemi recording (.bdf)", mneAdvice}},
	{0, "GDF ", kind{"a recording in the General Data Format (.gdf)", mneAdvice}},
	{0, "\x00\x00\x00\x64\x00\x00\x00\x1f\x00\x00\x00\x14", kind{"a recording of MEG (.fif)", mneAdvice}},
	{0, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", kind{"a PyTorch file (.pt, .pth) of before version 1.6", torchAdvice}},
	{0, "cnumpy.", kind{"a Python pickle (.pkl)", pickAdvice}},
	{0, "}q\x00", kind{"a Python pickle (.pkl)", pickAdvice}},
	{0, "]q\x00", kind{"a Python pickle (.pkl)", pickAdvice}},
	{0, "SQLite format 3\x00", kind{"an SQLite database", "export the columns that are wanted as .npz"}},
	{0, "PAR1", kind{"a Parquet table", `in Python, numpy.savez("x.npz", x=pandas.read_parquet("x.parquet").to_numpy())`}},
	{0, "ARROW1", kind{"an Arrow (Feather) table", `in Python, numpy.savez("x.npz", x=pandas.read_feather("x.feather").to_numpy())`}},
	{0, "CDF\x01", kind{"a NetCDF file", `in Python, numpy.savez("x.npz", x=scipy.io.netcdf_file("x.nc").variables["name"][:])`}},
	{0, "CDF\x02", kind{"a NetCDF file", `in Python, numpy.savez("x.npz", x=scipy.io.netcdf_file("x.nc").variables["name"][:])`}},
	{0, "FEA1", kind{"a Feather table of version 1", `in Python, numpy.savez("x.npz", x=pandas.read_feather("x.feather").to_numpy())`}},
	{0, "X\n\x00\x00\x00", kind{"an object of R (.rds)", `in R, R.matlab::writeMat("x.mat", x=readRDS("x.rds"))`}},
	{0, "\x04\x22\x4d\x18", kind{"an LZ4-compressed file", "unpack it with unlz4 and read what comes out"}},
	{0, "SIMPLE  =", kind{"a FITS file", `in Python, numpy.save("x.npy", astropy.io.fits.getdata("x.fits"))`}},
	{0, "fLaC", kind{"a sound file (.flac)", `in Python, x, rate = soundfile.read("x.flac"); numpy.savez("x.npz", x=x, dt=1/rate)`}},
	{0, "RDX", kind{"a workspace of R (.RData)", `in R, R.matlab::writeMat("x.mat", x=x)`}},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kind{"a document of an older office program (.xls, .doc)", tableAdvice}},
	{0, "\x00\x05\x16\x07", kind{"what macOS keeps beside a file (its name begins with ._)", "read the file of that name without the ._"}},
	{0, "%PDF-", kind{"a PDF document", paperAdvice}},
	{0, "%!PS", kind{"a PostScript document", paperAdvice}},
	{0, "\x89PNG\r\n\x1a\n", kind{"a PNG image", imageAdvice}},
	{0, "\xff\xd8\xff", kind{"a JPEG image", imageAdvice}},
	{0, "GIF8", kind{"a GIF image", imageAdvice}},
	{0, "II*\x00", kind{"a TIFF image", `in Python, numpy.save("x.npy", tifffile.imread("x.tif")), if pixels are what is wanted`}},
	{0, "MM\x00*", kind{"a TIFF image", `in Python, numpy.save("x.npy", tifffile.imread("x.tif")), if pixels are what is wanted`}},
	{4, "ftyp", kind{"a film (.mp4, .mov)", imageAdvice}},
	{0, "\x7fELF", kind{"a program", fetchAdvice}},
}

// markedKind looks for fixed bytes.
func markedKind(head []byte, _ int64) *kind {
	for _, m := range marks {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.mark)) {
			return &m.kind
		}
	}
	if bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WAVE" {
		return &kind{"a sound file (.wav)", `in Python, rate, x = scipy.io.wavfile.read("x.wav"); numpy.savez("x.npz", x=x, dt=1/rate)`}
	}
	return nil
}

// hdf5Kind knows HDF5 files: their mark stands at byte 0, or at 512 or twice,
// four times, … that, behind what is the user's.
func hdf5Kind(head []byte, _ int64) *kind {
	const mark = "\x89HDF\r\n\x1a\n"
	for at := 0; at+8 <= len(head); at = max(512, 2*at) {
		if string(head[at:at+8]) != mark {
			continue
		}
		return kindHDF5
	}
	return nil
}

// weakKind knows the kinds whose marks are so short that what follows has to
// make sense too.
func weakKind(head []byte, size int64) *kind {
	switch {
	case isEDF(head):
		return &kind{"a recording in the European Data Format (.edf)", mneAdvice}
	case isC3D(head):
		return &kind{"a motion-capture file (.c3d)", c3dAdvice}
	case isPickle(head, size):
		return &kind{"a Python pickle (.pkl, .joblib)", pickAdvice}
	case isSafetensors(head, size):
		return &kind{"a safetensors file", `in Python, numpy.savez("x.npz", **safetensors.numpy.load_file("x.safetensors"))`}
	}
	return nil
}

// isEDF: version 0 in eight characters, and the size of the header, 256 bytes
// for the file and for each signal.
func isEDF(head []byte) bool {
	if len(head) < 256 || string(head[:8]) != "0       " {
		return false
	}
	size, err1 := strconv.Atoi(strings.TrimSpace(string(head[184:192])))
	signals, err2 := strconv.Atoi(strings.TrimSpace(string(head[252:256])))
	return err1 == nil && err2 == nil && size == 256*(signals+1)
}

// isC3D: the block where the parameters begin, the number 80, and there the
// kind of processor, 84 to 86.
func isC3D(head []byte) bool {
	if len(head) < 2 || head[1] != 80 || head[0] < 2 {
		return false
	}
	at := 512*(int(head[0])-1) + 3
	return at < len(head) && head[at] >= 84 && head[at] <= 86
}

// isPickle: protocols 2 to 5, and the full stop that ends one if the end is
// in sight; from 4 on most begin with a frame.
func isPickle(head []byte, size int64) bool {
	if len(head) < 4 || head[0] != 0x80 || head[1] < 2 || head[1] > 5 {
		return false
	}
	framed := head[1] >= 4 && head[2] == 0x95
	return framed || int64(len(head)) < size && bytes.IndexByte([]byte("}](cX\x8c"), head[2]) >= 0 || head[len(head)-1] == '.'
}

// isSafetensors: the length of a header and the header, which is JSON.
func isSafetensors(head []byte, size int64) bool {
	return len(head) > 10 && binary.LittleEndian.Uint64(head) <= uint64(size) && string(head[8:10]) == `{"`
}
