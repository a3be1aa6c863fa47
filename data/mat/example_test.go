package mat_test

import (
	"fmt"
	"log"

	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// Trials of a struct array.
func ExampleArray_Field() {
	file, err := matfile.Open("testdata/octave/v6.mat")
	if err != nil {
		log.Fatal(err)
	}
	trials, err := file.Variable("trial")
	if err != nil {
		log.Fatal(err)
	}
	for i := range trials.Len() {
		start, err := trials.Field("start", i)
		if err != nil {
			log.Fatal(err)
		}
		t, err := start.At(0)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(start.Name(), t)
	}
	_, err = trials.Field("end", 0)
	fmt.Println(err)
	// Output:
	// trial(0).start 0.5
	// trial(1).start 1.5
	// trial(2).start 2.5
	// trial has no field "end": it has start, name
}

// One condition of an array of three dimensions.
func ExampleArray_Slice() {
	file, err := matfile.Open("testdata/scipy/plain.mat")
	if err != nil {
		log.Fatal(err)
	}
	cube, err := file.Variable("cube")
	if err != nil {
		log.Fatal(err)
	}
	second, err := cube.Slice(0, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(cube)
	fmt.Println(second)
	// Output:
	// cube: 2x3x4 double
	// cube(1,:,:): 3x4 double
}
