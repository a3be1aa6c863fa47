package data

import (
	"os"
	"path/filepath"
	"strings"
)

// set is a published data set of several files, which are fetched one by one.
// Its licence and its files are in its record and not here.
type set struct {
	name    string
	title   string
	size    int64 // about; 0: not known
	files   int   // 0: not known
	address string
}

// sets are recordings of motor cortex, many of them with muscles or movements.
func sets() []set {
	return []set{
		{"dandi:000941", "FALCON M1-A: 64 multi-units of M1 and the EMG of 16 muscles, a monkey reaches and grasps", 312e6, 11, ""},
		{"dandi:001209", "FALCON M1-B: multi-units of M1 and EMG, a monkey reaches and grasps", 234e6, 12, ""},
		{"dandi:000128", "MC_Maze: units of M1 and PMd, hand and cursor, reaches around barriers", 694e6, 0, ""},
		{"dandi:000138", "MC_Maze_Large: one session of such reaches, 500 trials to train", 0, 0, ""},
		{"dandi:000139", "MC_Maze_Medium: the same with 250 trials to train", 0, 0, ""},
		{"dandi:000140", "MC_Maze_Small: the same with 100 trials to train", 30e6, 0, ""},
		{"dandi:000129", "MC_RTT: units of M1 and the finger, self-paced reaches to random targets", 51e6, 0, ""},
		{"dandi:000127", "Area2_Bump: units of area 2, muscle lengths and forces, reaches with bumps", 1.8e9, 0, ""},
		{"dandi:000688", "M1 and PMd with waveforms, centre-out and random targets", 12e9, 103, ""},
		{"dandi:000070", "Churchland et al. (2012): M1 and PMd, maze reaches", 46e9, 0, ""},
		{"zenodo:3854034", "Indy and Loco: M1 and S1, self-paced reaches; MAT v7.3", 22e9, 0, "https://zenodo.org/records/3854034"},
		{"mendeley:tfcwp8bp5j", "Russo et al.: M1, SMA and EMG of cycling monkeys, 20 conditions; MAT v5", 0, 0, "https://data.mendeley.com/datasets/tfcwp8bp5j"},
	}
}

// info describes a set for [List].
func (s set) info() Info {
	i := Info{Name: s.name, Title: s.title, Set: true, Files: s.files, Size: s.size, Address: s.address, Licence: "read from the record when fetched"}
	id, dandi := strings.CutPrefix(s.name, "dandi:")
	if !dandi {
		i.Licence = "on its page"
		return i
	}
	i.Address = "https://dandiarchive.org/dandiset/" + id
	if cache, err := CacheDir(); err == nil && !nowhere() {
		folder := filepath.Join(cache, "data", "dandi", id)
		if _, err := os.Stat(folder); err == nil {
			i.Path = folder
		}
	}
	return i
}
