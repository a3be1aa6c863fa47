package data

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// kind is what a file is, judged by its content and never by its name.
type kind struct {
	// name is a noun with its article: "a PDF document".
	name string
	// todo is how its numbers come into a file that is read.
	todo string
}

// The kinds that are read.
var (
	kindMat   = &kind{"a MAT-file", ""}
	kindMat73 = &kind{"a MAT-file of version 7.3", ""}
	kindNPY   = &kind{"a NumPy array (.npy)", ""}
	kindNPZ   = &kind{"a NumPy archive (.npz)", ""}
	kindTable = &kind{"a table of numbers as text (.csv, .tsv, .txt, .sto, .mot)", ""}
	kindHDF5  = &kind{"an HDF5 file", ""}
	kindNWB   = &kind{"an NWB file", ""}
)

// Format is a family of files that [Open] reads.
type Format string

// The formats.
const (
	MAT   Format = "MAT-file"
	NumPy Format = "NumPy"
	Table Format = "table"
	HDF5  Format = "HDF5"
	NWB   Format = "NWB"
)

// format is the format of a kind that is read, "" for the others.
func (k *kind) format() Format {
	switch k {
	case kindMat, kindMat73:
		return MAT
	case kindNPY, kindNPZ:
		return NumPy
	case kindTable:
		return Table
	case kindHDF5:
		return HDF5
	case kindNWB:
		return NWB
	}
	return ""
}

// refusal is the error of a file of a kind that is not read.
func (k *kind) refusal() error {
	return fmt.Errorf("this is %s, which is not read: %s", k.name, k.todo)
}

// headSize is how much of a file is looked at. NWB files have their mark
// within the first 100 kB.
const headSize = 1 << 18

// kindOf tells what kind of file the size bytes of r are. Every reader of this
// package asks it first. Files that it cannot tell are of a kind too; an error
// comes from reading only.
func kindOf(r io.ReaderAt, size int64) (*kind, error) {
	head := make([]byte, min(size, headSize))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if head = head[:n]; bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return zipKind(r, size), nil
	}
	return headKind(head, size), nil
}

// headKind is kindOf for what needs no more than the beginning. The certain
// marks come before those that other files could have by chance.
func headKind(head []byte, size int64) *kind {
	switch {
	case len(head) == 0:
		return &kind{"an empty file", "a copy or a download that broke off leaves such a file; get it again"}
	case bytes.HasPrefix(head, []byte(npz.Magic)):
		return kindNPY
	}
	for _, is := range []func([]byte, int64) *kind{matKind, hdf5Kind, markedKind, weakKind, textKind} {
		if k := is(head, size); k != nil {
			return k
		}
	}
	return unknownKind(head, size)
}

// unknownKind is the last answer.
func unknownKind(head []byte, size int64) *kind {
	if len(bytes.Trim(head, "\x00")) == 0 {
		return &kind{fmt.Sprintf("a file whose first %d bytes are zeros", len(head)), "a copy or a download that broke off leaves such a file; get it again"}
	}
	return &kind{
		fmt.Sprintf("a file of no known kind (%d bytes, the first of them % x)", size, head[:min(len(head), 8)]),
		`if it holds samples without a header, as SpikeGLX's .bin files do, save them in Python with numpy.save("x.npy", numpy.fromfile("x.bin", "int16").reshape(-1, channels))`,
	}
}

// zipKind tells what a zip archive is by the names in it.
func zipKind(r io.ReaderAt, size int64) *kind {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return &kind{"a zip archive (.npz, .xlsx, .pth, …) that is damaged or cut short", "get it again, or write it again"}
	}
	names := make([]string, len(archive.File))
	for i, f := range archive.File {
		names[i] = f.Name
	}
	return zipKindOf(names)
}

// zipKindOf is zipKind for the names of an archive that is open. An archive
// without an array is no .npz.
func zipKindOf(names []string) *kind {
	if len(names) == 0 {
		return &kind{"a zip archive with nothing in it", "numpy.savez without arrays leaves such a file; save again what is wanted"}
	}
	found := map[string]bool{}
	for _, name := range names {
		found[path.Base(name)] = true
		found[path.Ext(name)] = true
		found[strings.SplitN(name, "/", 2)[0]+"/"] = true
	}
	switch {
	case found[".npy"] && !found["data.pkl"]:
		return kindNPZ
	case found["data.pkl"]:
		return &kind{"a PyTorch file (.pt, .pth)", torchAdvice}
	case found["xl/"]:
		return &kind{"an Excel workbook (.xlsx)", tableAdvice}
	case found["word/"], found["ppt/"], found["mimetype"]:
		return &kind{"a document of an office program", tableAdvice}
	case found["model.weights.h5"]:
		return &kind{"a Keras model (.keras)", `in Python, numpy.savez("x.npz", *keras.saving.load_model("x.keras").get_weights())`}
	case found[".zarray"], found[".zgroup"], found["zarr.json"]:
		return &kind{"a zipped Zarr store", `in Python, numpy.savez("x.npz", x=zarr.open("x.zip")["name"][:])`}
	}
	return &kind{fmt.Sprintf("a zip archive without arrays of NumPy; it begins with %q", names[0]), "unpack it and read the file that is meant"}
}
