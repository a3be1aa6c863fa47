// Package nonsense calls every exported function and method of the public
// packages with arguments that make no sense, and says which of them do not
// refuse in one sentence. It has tests only.
//
// The functions are listed from the source (table_test.go) and the listing is
// compiled into the test, so that a new function is tested without a line
// here. Arguments are made by their types (values_test.go). A type that sense
// cannot be made of by its fields alone gets a value in builders_test.go.
//
// What is asked of each call:
//   - it returns, with an error of one sentence or with numbers that are
//     finite where the arguments were;
//   - or it panics with one sentence that begins with the package's name
//     ("nef: …"), if its documentation says that it panics;
//   - or, in notebooks/nb, it ends the program as a cell ends, if its
//     documentation says so;
//   - within a few seconds and a gigabyte.
//
// Nil receivers are not tried. What fails and may for now is listed in
// testdata/known.txt, with the reason; a line there that no longer fails is
// an error of the test.
//
//	go test ./internal/nonsense                           # a sample of calls
//	SPIKEWALK_NONSENSE=all go test ./internal/nonsense     # every one
//	SPIKEWALK_NONSENSE=neuro/nef go test ./internal/nonsense   # all of one package
package nonsense
