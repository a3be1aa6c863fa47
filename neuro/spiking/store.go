package spiking

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// The names of a recording's arrays, in its file too.
const (
	factorsArray       = "factors"
	factorTargetsArray = "factor_targets"
	outputsArray       = "outputs"
	outputTargetsArray = "output_targets"
	spikeTimesArray    = "spike_times"
	spikeNeuronsArray  = "spike_neurons"
	voltagesArray      = "voltages"
)

// store takes the rows of growing arrays. A row of one number makes an array
// of one column, which a file may show as one of one dimension.
type store interface {
	add(array string, row []float64) error
}

// memory is a store that keeps its arrays.
type memory map[string]*array

type array struct {
	columns int
	data    []float64
}

func (m memory) add(name string, row []float64) error {
	a := m[name]
	if a == nil {
		a = &array{columns: len(row)}
		m[name] = a
	}
	a.data = append(a.data, row...)
	return nil
}

// disk is a store whose arrays are files of plain float64, little-endian,
// in a folder of their own beside the file that they will end up in. It holds
// a buffer for each array.
type disk struct {
	folder string
	gone   func() // removes the folder
	arrays map[string]*fileArray
	names  []string // in the order of first rows
}

type fileArray struct {
	file    *os.File
	w       *bufio.Writer
	columns int
	numbers int
}

func newDisk(path string) (*disk, error) {
	folder, gone, err := scratch.Beside(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	return &disk{folder: folder, gone: gone, arrays: make(map[string]*fileArray)}, nil
}

func (d *disk) add(name string, row []float64) error {
	a := d.arrays[name]
	if a == nil {
		f, err := os.Create(filepath.Join(d.folder, name))
		if err != nil {
			return err
		}
		a = &fileArray{file: f, w: bufio.NewWriterSize(f, 1<<16), columns: len(row)}
		d.arrays[name], d.names = a, append(d.names, name)
	}
	a.numbers += len(row)
	var word [8]byte
	for _, x := range row {
		binary.LittleEndian.PutUint64(word[:], math.Float64bits(x))
		if _, err := a.w.Write(word[:]); err != nil {
			return err
		}
	}
	return nil
}

// rewind returns an array from its beginning.
func (a *fileArray) rewind() (io.Reader, error) {
	if err := a.w.Flush(); err != nil {
		return nil, err
	}
	_, err := a.file.Seek(0, io.SeekStart)
	return bufio.NewReaderSize(a.file, 1<<16), err
}

// remove deletes the folder.
func (d *disk) remove() {
	for _, a := range d.arrays {
		_ = a.file.Close() // it goes
	}
	d.gone()
}
