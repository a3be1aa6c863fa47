package mat

import "fmt"

// Class is the MATLAB class of an array, by its name in MATLAB's class().
type Class string

// The classes that can be read.
const (
	Double  Class = "double"
	Single  Class = "single"
	Int8    Class = "int8"
	Uint8   Class = "uint8"
	Int16   Class = "int16"
	Uint16  Class = "uint16"
	Int32   Class = "int32"
	Uint32  Class = "uint32"
	Int64   Class = "int64"
	Uint64  Class = "uint64"
	Logical Class = "logical"
	Char    Class = "char"
	Cell    Class = "cell"
	Struct  Class = "struct"
)

// The classes that are recognised and refused.
const (
	Object         Class = "object"          // of a class written before R2008a
	FunctionHandle Class = "function_handle" //
	Opaque         Class = "opaque"          // of a classdef class: table, string, datetime, containers.Map, …
)

// matClasses are the classes by their number in a file ("mxXXX_CLASS").
// Number 5, sparse, is no class of its own: a sparse array is double or
// logical.
var matClasses = map[uint32]Class{
	1: Cell, 2: Struct, 3: Object, 4: Char,
	6: Double, 7: Single, 8: Int8, 9: Uint8, 10: Int16, 11: Uint16,
	12: Int32, 13: Uint32, 14: Int64, 15: Uint64,
	16: FunctionHandle, 17: Opaque,
}

// Numbers of classes that need their own treatment.
const (
	sparseNumber = 5
	opaqueNumber = 17
)

// IsNumeric tells whether arrays of the class hold numbers. Logical arrays do: 0
// and 1.
func (c Class) IsNumeric() bool {
	switch c {
	case Double, Single, Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64, Logical:
		return true
	}
	return false
}

// unsupportedClassError is the error of a variable, cell or field of a class
// that cannot be read. The rest of the file stays readable.
type unsupportedClassError struct {
	Name  string // of the variable, cell or field
	Class Class
	// Type is the name of the class as MATLAB shows it ("table"), empty
	// where the file does not tell.
	Type string
}

func (e *unsupportedClassError) Error() string {
	kind := e.Type
	if kind == "" {
		kind = string(e.Class)
	}
	todo, ok := todos[kind]
	if !ok {
		todo = "s = struct(x), or those of its properties that are wanted, as numbers, texts, cells or structs"
	}
	what := "an object of class " + kind
	switch {
	case e.Class == FunctionHandle:
		what = "a function handle"
	case kind == string(Opaque):
		what = "an object"
	}
	return fmt.Sprintf("%s is %s, which only MATLAB reads: there, save in its place %s", e.Name, what, todo)
}

// todos say what to save in MATLAB in the place of an object x, by its class.
var todos = map[string]string{
	"table":                "s = table2struct(x, 'ToScalar', true), or write a file with writetable(x, 'x.csv')",
	"timetable":            "s = table2struct(timetable2table(x, 'ConvertRowTimes', false), 'ToScalar', true) and its times in seconds, or write a file with writetimetable(x, 'x.csv')",
	"string":               "c = cellstr(x)",
	"categorical":          "c = cellstr(x)",
	"datetime":             "t = posixtime(x), in seconds since 1970",
	"duration":             "t = seconds(x)",
	"calendarDuration":     "s = split(x, {'months', 'days'})",
	"containers.Map":       "k = keys(x) and v = values(x)",
	"dictionary":           "s = entries(x, 'struct'), with cellstr for texts",
	"timeseries":           "t = x.Time and v = x.Data",
	"gpuArray":             "y = gather(x)",
	"tall":                 "y = gather(x)",
	"dlarray":              "y = extractdata(x)",
	"sym":                  "y = double(x)",
	"graph":                "a = adjacency(x)",
	"digraph":              "a = adjacency(x)",
	"inline":               "c = formula(x)",
	string(FunctionHandle): "c = func2str(x)",
}

// classError is the error of asking an array for what its class does not
// hold.
type classError struct {
	Name string // of the variable, cell or field
	Dims []int
	// Class is what the array is, Want what was asked for.
	Class Class
	Want  string
}

func (e *classError) Error() string {
	return fmt.Sprintf("%s is %s %s, wanted %s", e.Name, dimsString(e.Dims), e.Class, e.Want)
}
