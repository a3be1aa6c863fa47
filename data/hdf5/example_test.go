package hdf5_test

import (
	"fmt"
	"log"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// A session in the manner of NWB: the spikes of all units stand end to end, and
// an index says where each unit's end. Only the second unit's are read here.
func Example() {
	f, err := hdf5.Open("testdata/session.h5")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	index, err := f.Dataset("/units/spike_times_index")
	if err != nil {
		log.Fatal(err)
	}
	ends, err := index.Values().Int64s()
	if err != nil {
		log.Fatal(err)
	}
	times, err := f.Dataset("/units/spike_times")
	if err != nil {
		log.Fatal(err)
	}
	rows, err := times.Rows(int(ends[1]), int(ends[2]))
	if err != nil {
		log.Fatal(err)
	}
	spikes, err := rows.Float64s()
	if err != nil {
		log.Fatal(err)
	}
	unit, err := hdf5.Text(times, "unit")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ends, times.Type(), times.Layout(), times.Filters()[0].Name)
	fmt.Println(len(spikes), "spikes; the first at", spikes[0], unit)
	// Output:
	// [40 40 65] float64 chunked, B-tree version 1 shuffle
	// 25 spikes; the first at 0.25 seconds
}

// Walk shows what is in a file.
func ExampleFile_Walk() {
	f, err := hdf5.Open("testdata/session.h5")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	err = f.Walk(func(o hdf5.Object) error {
		if d, ok := o.(*hdf5.Dataset); ok {
			fmt.Println(d.Path(), d.Dims(), d.Type())
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// /units/spike_times [65] float64
	// /units/spike_times_index [3] uint8
	// /units/quality [3] string
	// /intervals/trials/start_time [3] float64
	// /intervals/trials/stop_time [3] float64
	// /intervals/trials/correct [3] enum bool
	// /intervals/trials/target [3] {id: int32, x: float64}
}
