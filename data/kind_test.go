package data

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf is a zip archive with entries of the given names.
func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// at puts parts at their offsets into size bytes.
func at(size int, parts map[int]string) []byte {
	b := make([]byte, size)
	for offset, part := range parts {
		copy(b[offset:], part)
	}
	return b
}

func gzipped(content string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	fmt.Fprint(w, content)
	w.Close()
	return b.Bytes()
}

// samples are numbers without a header, as SpikeGLX's .bin.
func samples() []byte {
	var b []byte
	for i := range 5000 {
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(200*math.Sin(float64(i)))))
	}
	return b
}

// foreignFiles are files of many programs, cut down to what tells them apart,
// and what the refusal must say.
func foreignFiles(t testing.TB) map[string]struct {
	content    []byte
	name, todo string
} {
	v73 := "MATLAB 7.3 MAT-file, Platform: GLNXA64"
	edf := fmt.Sprintf("%-8s%-176s%-8s%-60s%-4s", "0", "X X X X Startdate 01-JAN-2020", "512", "EDF+C", "1") + strings.Repeat(" ", 300)
	return map[string]struct {
		content    []byte
		name, todo string
	}{
		"model.pth":      {zipOf(t, "model/data.pkl", "model/data/0", "model/version"), "a PyTorch file", "torch.load"},
		"old.pt":         {[]byte("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03."), "a PyTorch file", "torch.load"},
		"table.xlsx":     {zipOf(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "an Excel workbook", "readmatrix"},
		"text.docx":      {zipOf(t, "[Content_Types].xml", "word/document.xml"), "an office program", "savez"},
		"net.keras":      {zipOf(t, "metadata.json", "config.json", "model.weights.h5"), "a Keras model", "get_weights"},
		"store.zarr.zip": {zipOf(t, ".zgroup", "x/.zarray", "x/0.0"), "a zipped Zarr store", "zarr.open"},
		"some.zip":       {zipOf(t, "notes.txt", "a.mat"), `begins with "notes.txt"`, "unpack it"},
		"empty.npz":      {zipOf(t), "a zip archive with nothing in it", "save again"},
		"cut.npz":        {zipOf(t, "a.npy", "b.npy")[:60], "damaged or cut short", "get it again"},
		"v73cut.mat":     {at(400, map[int]string{0: v73, 124: "\x00\x02IM"}), "version 7.3 (HDF5) that is damaged or cut short", "again"},
		"utf16.csv":      {[]byte("\xff\xfe1\x00,\x002\x00"), "a text in UTF-16", "UTF-8"},
		"notes.txt":      {[]byte("The animal was awake.\nNeurons 3 and 5 were lost.\n"), "a text file", "text, not arrays"},
		"latin1.txt":     {[]byte("Tetrodenl\xe4nge in \xb5m\n"), "a text file", "text"},
		"page.mat":       {[]byte("\n<!DOCTYPE html>\n<html><body>Log in</body></html>"), "a web page", "log-in"},
		"a.json":         {[]byte("{\"J\": [[1, 2], [3, 4]]}"), "JSON", "json.load"},
		"lfs.mat":        {[]byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"), "a pointer of Git LFS", "git lfs pull"},
		"octave.mat":     {[]byte("# Created by Octave 7.3.0, Sat Nov 28\n# name: x\n"), "Octave's own text format", "save -v7"},
		"octave.bin":     {[]byte("Octave-1-L\x00\x01\x00\x00\x00x"), "Octave's own binary format", "save -v7"},
		"run.meta":       {[]byte("appVersion=20190327\nfileSizeBytes=1000\nimSampRate=30000\ntypeThis=imec\n"), "SpikeGLX recording (.meta)", ".bin file"},
		"run.bin":        {samples(), "a file of no known kind (10000 bytes, the first of them 00 00 a8 00", "numpy.fromfile"},
		"zeros.mat":      {make([]byte, 5000), "bytes are zeros", "again"},
		"zero":           {make([]byte, 1), "bytes are zeros", "again"},
		"letter":         {[]byte("x"), "a text file", "text"},
		"byte":           {[]byte{0xff}, "a file of no known kind (1 bytes, the first of them ff)", "fromfile"},
		"nothing.mat":    {nil, "an empty file", "again"},
		"a.mat.gz":       {gzipped("MATLAB 5.0 MAT-file"), "a gzip-compressed file", "gunzip"},
		"a.xz":           {[]byte("\xfd7zXZ\x00\x00\x04"), "an xz-compressed file", "unxz"},
		"a.zst":          {[]byte("\x28\xb5\x2f\xfd\x04\x00"), "a Zstandard-compressed file", "unzstd"},
		"a.lz4":          {[]byte("\x04\x22\x4d\x18\x64\x40"), "an LZ4-compressed file", "unlz4"},
		"a.parquet":      {[]byte("PAR1\x15\x04\x15"), "a Parquet table", "read_parquet"},
		"a.feather":      {[]byte("FEA1\x00\x00\x00\x00"), "a Feather table of version 1", "read_feather"},
		"a.arrow":        {[]byte("ARROW1\x00\x00"), "an Arrow (Feather) table", "read_feather"},
		"a.sqlite":       {[]byte("SQLite format 3\x00\x10"), "an SQLite database", "export"},
		"a.rds":          {[]byte("X\n\x00\x00\x00\x03\x00\x04"), "an object of R", "readRDS"},
		"a.RData":        {[]byte("RDX3\nX\n\x00"), "a workspace of R", "writeMat"},
		"a.rhs":          {[]byte("\xac\x27\x91\xd6\x01\x00"), "an Intan recording (.rhs)", "neo.io"},
		"a.bz2":          {[]byte("BZh91AY&SY\x00\x01"), "bzip2", "bunzip2"},
		"a.tar":          {at(1024, map[int]string{0: "session/a.mat", 257: "ustar\x0000"}), "a tar archive", "tar -xf"},
		"walk.c3d":       {at(1024, map[int]string{0: "\x02\x50", 512: "\x01\x50\x02\x54"}), "a motion-capture file (.c3d)", "ezc3d"},
		"d.pkl":          {[]byte("\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01J\x94K\x01s."), "a Python pickle", "pickle.load"},
		"d3.pkl":         {[]byte("\x80\x03}q\x00X\x01\x00\x00\x00Jq\x01K\x01s."), "a Python pickle", "pickle.load"},
		"d1.pkl":         {[]byte("}q\x00X\x01\x00\x00\x00Jq\x01K\x01s."), "a Python pickle", "pickle.load"},
		"a0.pkl":         {[]byte("cnumpy.core.multiarray\n_reconstruct\np0\n"), "a Python pickle", "pickle.load"},
		"d0.pkl":         {[]byte("(dp0\nVJ\np1\nI1\ns."), "a Python pickle", "pickle.load"},
		"w.safetensors":  {[]byte("\x02\x00\x00\x00\x00\x00\x00\x00{\"a\":1}"), "a safetensors file", "safetensors"},
		"paper.pdf":      {[]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "a PDF document", "numbers"},
		"fig.png":        {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "a PNG image", "numbers behind it"},
		"eeg.edf":        {[]byte(edf), "the European Data Format", "mne.io"},
		"eeg.bdf":        {at(600, map[int]string{0: "\xffBIOSEMI", 192: "24BIT"}), "a BioSemi recording", "mne.io"},
		"cell.abf":       {at(600, map[int]string{0: "ABF2\x00\x00\x06\x02"}), "an Axon recording (.abf)", "pyabf"},
		"a.nev":          {at(600, map[int]string{0: "NEURALEV\x02\x03"}), "events of a Blackrock system", "neo.io"},
		"a.ns5":          {at(600, map[int]string{0: "NEURALCD\x02\x03"}), "samples of a Blackrock system", "neo.io"},
		"a.plx":          {at(8000, map[int]string{0: "PLEX\x6b\x00\x00\x00"}), "a Plexon recording (.plx)", "neo.io"},
		"CSC1.ncs":       {at(20000, map[int]string{0: "######## Neuralynx Data File Header\r\n"}), "a Neuralynx recording", "neo.io"},
		"a.rhd":          {at(600, map[int]string{0: "\x02\x27\x91\xc6\x02"}), "an Intan recording", "neo.io"},
		"._a.mat":        {at(200, map[int]string{0: "\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"}), "macOS", "without the ._"},
	}
}

// readers are all that read a file by its path.
var readers = map[string]func(string) error{
	"ReadTree": func(path string) error { _, err := ReadTree(path); return err },
	"Open":     func(path string) error { _, err := Open(path); return err },
}

// Whatever a file is, all readers name it and say what to do, in one sentence
// that begins with its path.
func TestEveryRefusalNamesTheFileAndTheWay(t *testing.T) {
	dir := t.TempDir()
	for file, c := range foreignFiles(t) {
		path := filepath.Join(dir, file)
		if err := os.WriteFile(path, c.content, 0o644); err != nil {
			t.Fatal(err)
		}
		errs := map[string]error{}
		for reader, read := range readers {
			errs[reader] = read(path)
		}
		for reader, err := range errs {
			switch {
			case err == nil:
				t.Errorf("%s read %s", reader, file)
			case !strings.Contains(err.Error(), c.name) || !strings.Contains(err.Error(), c.todo) || strings.Contains(err.Error(), "\n"):
				t.Errorf("%s of %s: error %v, want %q and %q in it", reader, file, err, c.name, c.todo)
			case !strings.HasPrefix(err.Error(), path+": this is "):
				t.Errorf("%s of %s: error %v, want it to begin with the path", reader, file, err)
			}
		}
	}
}

// The name of a file decides nothing.
func TestTheContentDecides(t *testing.T) {
	dir := t.TempDir()
	for from, to := range map[string]string{
		"testdata/numpy/plain.npz": "a.mat", "testdata/numpy/cube.npy": "b.csv", "mat/testdata/scipy/plain.mat": "c.npz",
	} {
		content, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, to)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTree(path); err != nil {
			t.Error(err)
		}
	}
}

// What is no file is refused before it is opened: a pipe would never answer.
func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{dir: "is a folder", os.DevNull: "is a device", filepath.Join(dir, "none.mat"): "none.mat"} {
		for reader, read := range readers {
			if err := read(path); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s(%s): error %v, want %q in it", reader, path, err, want)
			}
		}
	}
}

// An archive or a MAT-file that holds nothing is no empty tree.
func TestNothingInside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mat")
	if err := os.WriteFile(path, matFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadTree(path); err == nil || !strings.Contains(err.Error(), "without a single array") {
		t.Errorf("error %v", err)
	}
}

// No bytes make it panic, and there is always an answer.
func FuzzKind(f *testing.F) {
	for _, c := range foreignFiles(f) {
		f.Add(c.content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		k, err := kindOf(bytes.NewReader(content), int64(len(content)))
		if err != nil || k == nil || k.name == "" || k.todo == "" && k.format() == "" {
			t.Errorf("%v, %v", k, err)
		}
	})
}
