package bench

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// reading measures reading a dataset of an HDF5 file as a whole, opening the file
// included, against h5py, which uses one core and writes the file. Without it
// there is nothing to read.
func reading(set setting, name string, onCores int, packed bool, thresholds ...threshold) measurement {
	numbers, how := set.PlainNumbers, "contiguous"
	if packed {
		numbers, how = set.PackedNumbers, "in chunks of 512 kB, shuffled and packed by gzip 4"
	}
	return one(Row{
		Name: name, Unit: "10⁶ bytes", Cores: onCores, Thresholds: thresholds,
		Work: fmt.Sprintf("%.0f MB of float64 read from an HDF5 file in the system's memory, %s", 8*float64(numbers)/1e6, how),
	}, func(ctx context.Context, s *session, row *Row) error { return s.reading(ctx, row, numbers, packed) })
}

func (s *session) reading(ctx context.Context, row *Row, numbers int, packed bool) error {
	path := filepath.Join(s.folder, row.Name+".h5")
	defer os.Remove(path)
	p := s.startPeer(ctx, "hdf5", map[string]any{"path": path, "numbers": numbers, "packed": packed}, "h5py", "numpy")
	defer p.close()
	if row.Peer = p.title(); p.problem != "" {
		row.remark("Not measured: the peer writes the file")
		return nil
	}
	data, err := readAll(path) // warm-up
	if err != nil {
		return err
	}
	if bits := fold(data); bits != p.info["bits"] {
		return fmt.Errorf("%d numbers were read whose bits are %.0f together, the peer's are %.0f", len(data), bits, p.info["bits"])
	}
	var plain []float64 // seconds a unit
	megabytes := 8 * float64(numbers) / 1e6
	ours := func() (float64, float64, error) {
		data = nil
		seconds, err := plainly(path)
		if err != nil {
			return 0, 0, err
		}
		plain = append(plain, seconds/megabytes)
		runtime.GC()
		start := time.Now()
		data, err = readAll(path)
		return time.Since(start).Seconds(), megabytes, err
	}
	if err := s.compare(ctx, row, "", ours, p); err != nil {
		return err
	}
	row.remark("%.0f MB/s", 1 / *row.Seconds)
	if !packed {
		limit, _ := summary(plain)
		row.limit(limit, "the bytes of the file read into new memory in one call, in the same repetitions")
	}
	return nil
}

func readAll(path string) ([]float64, error) {
	f, err := hdf5.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := f.Dataset("data")
	if err != nil {
		return nil, err
	}
	return d.Values().Float64s()
}

// plainly times reading a file into memory that nobody has used before.
func plainly(path string) (seconds float64, err error) {
	runtime.GC()
	start := time.Now()
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	_, err = io.ReadFull(f, make([]byte, info.Size()))
	return time.Since(start).Seconds(), err
}

// fold is the exclusive or of all numbers' bits, the highest 53 of them.
func fold(data []float64) float64 {
	var bits uint64
	for _, x := range data {
		bits ^= math.Float64bits(x)
	}
	return float64(bits >> 11)
}
