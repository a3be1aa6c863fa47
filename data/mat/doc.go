// Package mat reads MAT-files, the files of MATLAB, of versions 4, 5 and 7.3, and has
// the type for arrays that data's other readers return, too.
//
// It is imported under another name, since gonum has a mat, too:
//
//	import matfile "github.com/spikewalk/spikewalk/data/mat"
//
// [Open] reads a file, and the accessors of [Array] give the arrays as Go values:
//
//	file, err := matfile.Open("session12.mat")
//	emg, err := file.Variable("emg")   // 8x81x2
//	reach, err := emg.Slice(0, 3)      // condition 3: 81x2
//	m, err := reach.Dense()            // a gonum matrix
//
// Every numeric class, complex and logical arrays, text, cells, structs and
// sparse matrices are read, and a variable is the same [Array] whichever version
// the file is of. Objects (tables, strings, datetimes, function handles) are not
// read: asking for one is an error that says what to save in its place, and the rest
// of the file stays readable. The same goes for two variables, or two fields, of one
// name. A damaged file is an error as far as the format shows the damage: compressed
// variables of version 5 carry a checksum, plain ones only their sizes, and no byte
// may be left over.
package mat
