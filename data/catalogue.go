package data

import (
	"fmt"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// listing is one file of the catalogue: what it is and where it is
// published, pinned to a commit and a checksum.
type listing struct {
	name   string // for users, and the folder it is published in
	file   string
	title  string
	size   int64
	sha256 string
}

// The recordings are those of B. DePasquale and colleagues, published beside
// the program of their paper.
const (
	publisher = "https://raw.githubusercontent.com/briandepasquale/factor-based-spiking-nets/fac6eae9c5bb2ffdb883c4ef45a6f282dcc9aa8a"
	licence   = "Apache-2.0"
	citation  = "B. DePasquale, D. Sussillo, L. F. Abbott, M. M. Churchland (2023), The centrality of population-level factors to network computation is demonstrated by a versatile approach for training spiking networks, Neuron 111"
	authors   = "DePasquale et al. 2023"
)

var cycling = listing{
	name:   "cycling",
	file:   "cycling_data.mat",
	title:  "2 s of pedalling at 1 ms: 12 factors of motor cortex and the EMG of 3 muscles",
	size:   141448,
	sha256: "ec3533ea54b5121f485158dce87e0b8ac90e413bd992ada36f131dd6294f51b5",
}

var reaching = listing{
	name:   "reaching",
	file:   "reaching_data.mat",
	title:  "reaches in 8 directions, 0.81 s at 10 ms: the EMG of 2 muscles",
	size:   10162,
	sha256: "f6d06840961019a047d3995efd0460f316b878e3dd0fca0a4558b1af210b604a",
}

// catalogue returns all recordings there are.
func catalogue() []listing { return []listing{cycling, reaching} }

// lookUp finds a recording by its name.
func lookUp(name string) (listing, error) {
	var names []string
	for _, r := range catalogue() {
		if r.name == name {
			return r, nil
		}
		names = append(names, r.name)
	}
	for _, known := range sets() {
		if known.name == name {
			return listing{}, fmt.Errorf("%s is fetched by hand: download it from %s and open the file by its path", name, known.address)
		}
		names = append(names, known.name)
	}
	return listing{}, fmt.Errorf("no recording is called %q: %s", name, nearest.Missing(name, names))
}

// Source says where a recording comes from.
type Source struct {
	// Name is the recording's name, "cycling" or "reaching".
	Name string
	// Path is the file that was read and Address where it is published;
	// both are empty if Synthetic.
	Path    string
	Address string
	// SHA256 is the file's checksum, in hexadecimal.
	SHA256 string
	// Licence is the SPDX name of the licence it is published under, and
	// Citation the paper to cite.
	Licence  string
	Citation string
	// Synthetic data is computed to resemble a recording: it serves to try
	// things out, not for results. Seed is its seed; Reason says why the
	// recording itself is not there, empty if nobody asked for it.
	Synthetic bool
	Seed      uint64
	Reason    string
}

// String says in one sentence what the data is, as a caption for figures. It is the
// same on every machine, without the path of the file or the reason for its absence.
func (s Source) String() string {
	if s.Synthetic {
		return fmt.Sprintf("synthetic %s data (seed %d), not a recording", s.Name, s.Seed)
	}
	return fmt.Sprintf("%s recording (%s), SHA-256 %.8s…", s.Name, s.Citation, s.SHA256)
}

// Tag is the same in the few words that stand on a figure: "synthetic", or
// "cycling recording, DePasquale et al. 2023".
func (s Source) Tag() string {
	if s.Synthetic {
		return "synthetic"
	}
	return fmt.Sprintf("%s recording, %s", s.Name, authors)
}
