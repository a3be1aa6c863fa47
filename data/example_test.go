package data_test

import (
	"context"
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
)

// A matrix from a file that SciPy wrote.
func ExampleOpen() {
	file, err := data.Open("mat/testdata/scipy/packed.mat")
	if err != nil {
		log.Fatal(err)
	}
	a, err := file.Variable("matrix")
	if err != nil {
		log.Fatal(err)
	}
	m, err := a.Dense()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a)
	fmt.Println(mat.Formatted(m))
	// Output:
	// matrix: 2x3 double
	// ⎡  1  2.5   -3⎤
	// ⎣  4    5    6⎦
}

// Of a large file, only what is needed.
func ExampleOpen_names() {
	file, err := data.Open("mat/testdata/octave/v7.mat", "session")
	if err != nil {
		log.Fatal(err)
	}
	session, err := file.Variable("session")
	if err != nil {
		log.Fatal(err)
	}
	animal, err := session.Field("animal")
	if err != nil {
		log.Fatal(err)
	}
	name, err := animal.Text()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(session)
	fmt.Println("animal", name)
	_, err = file.Variable("matrix")
	fmt.Println(err)
	// Output:
	// session: 1x1 struct with fields animal, emg, nested
	// animal B
	// variable "matrix" was not read: only session was asked for
}

// A tutorial that also runs on a machine without the recording.
func ExampleCyclingOrSynthetic() {
	recording, err := data.CyclingOrSynthetic(context.Background(), 1)
	if err != nil {
		log.Fatal(err)
	}
	if recording.Source.Synthetic {
		fmt.Println(recording.Source)
	}
	samples, factors := recording.Factors.Dims()
	fmt.Println(samples, factors)
}

func ExampleSyntheticReaching() {
	r := data.SyntheticReaching(1)
	samples, muscles := r.EMG[0].Dims()
	fmt.Println(len(r.EMG), "reaches,", samples, "samples,", muscles, "muscles")
	fmt.Println(r.Source)
	fmt.Println(r.Source.Tag())
	// Output:
	// 8 reaches, 81 samples, 2 muscles
	// synthetic reaching data (seed 1), not a recording
	// synthetic
}
