package data

import "context"

// Info says what a recording is and whether it is on this machine.
type Info struct {
	// Name is its name for [Fetch], Title says what it holds.
	Name  string
	Title string
	// Set: it is a data set of several files, of which this program knows that
	// it exists. Those of DANDI are fetched file by file ([DANDI]), the others by hand
	// from Address. Files is how many there are, 0 if that is not known.
	Set   bool
	Files int
	// File is its file name, Size its bytes, SHA256 its checksum. Of a set the size
	// is about right, or 0 where it is not known, and the others are empty.
	File   string
	Size   int64
	SHA256 string
	// Address is where it is published, Licence and Citation are the terms; those of
	// a set are in its record.
	Address  string
	Licence  string
	Citation string
	// Path is the verified file on this machine, empty if it is not here; of a set
	// the folder that its files are in.
	Path string
	// Problem says what is wrong with a file or folder that is here, empty
	// if nothing is.
	Problem string
}

// List returns the published recordings that this program knows, first those that
// it reads itself and then data sets of several files, and looks which of them are on
// this machine. It does not use the network.
func List() []Info { return store{}.list() }

func (s store) list() []Info {
	var infos []Info
	for _, r := range catalogue() {
		info := Info{
			Name: r.name, Title: r.title,
			File: r.file, Size: r.size, SHA256: r.sha256,
			Address: s.url(r), Licence: licence, Citation: citation,
		}
		found, _, err := s.find(r)
		info.Path = found.path
		if err != nil {
			info.Problem = err.Error()
		}
		infos = append(infos, info)
	}
	for _, known := range sets() {
		infos = append(infos, known.info())
	}
	return infos
}

// Fetch downloads a recording if it is not on this machine, and returns its path.
// progress, unless nil, is called with the bytes that have arrived and their total
// number. It fails as [Cycling] does, and for a name that is not in [List]. Of a
// dandiset it fetches the one file that the name ends with, such as
// "dandi:000941/sub-1/file.nwb": see [Asset.Fetch].
func Fetch(ctx context.Context, name string, progress func(done, total int64)) (string, error) {
	return store{}.fetchNamed(ctx, name, progress)
}

func (s store) fetchNamed(ctx context.Context, name string, progress func(done, total int64)) (string, error) {
	if isDANDI(name) {
		return fetchDANDI(ctx, name, progress)
	}
	r, err := lookUp(name)
	if err != nil {
		return "", err
	}
	found, err := s.get(ctx, r, progress)
	return found.path, err
}
