// Package table reads tables of text, as spreadsheets, loggers and motion-capture
// programs write them: CSV, TSV, columns between semicolons or blanks, and OpenSim's
// .sto and .mot files.
//
//	t, err := table.Open("session.csv", table.Options{})
//	times, err := t.Column("time")
//	emg, err := t.Dense("biceps", "triceps") // rows × 2
//
// # How a file is read
//
// Lines end with LF or CRLF; a byte order mark is left out. Empty lines, and lines that
// begin with #, are no rows (in a table of one column, write NaN where a number is
// missing). The first row decides what separates cells: a tab if there is one in it,
// else a semicolon, else a comma, else blanks. [Options.Separator] says it where that
// is not so. A cell in double quotes may hold separators and line ends; two quotes in
// it are one.
//
// The first row is a header if none of its cells is a number or empty of a number (NaN,
// NA) and at least one is a text; [Options.Header] says it where that is not so. A unit
// in brackets at the end of a name, "emg (mV)" or "time [s]", becomes the unit of the
// column, unless two columns would then have one name. Columns without a name are
// called column1, column2 and so on, by their place.
//
// A column is of numbers if the first of its cells that holds anything is a number, and
// then all its cells must be. Else it is of texts. Empty cells and those that say NaN,
// NA, N/A or null are NaN in a column of numbers, and are counted ([Column.Missing]). A
// decimal mark is a point: a comma in its place is an error that says how to convert
// the file.
//
// A row of another length than the first is an error with its line, as is anything
// else that cannot be understood. Nothing is left out without a word.
//
// # OpenSim
//
// A file with a line endheader has a header of OpenSim's or SIMM's before that line:
// lines such as nRows=101, kept in [Table.Header]. The line below names the columns.
// The numbers of rows and columns are checked where the header has them. Columns called
// time are in seconds. The header's inDegrees says of all angles at once whether they
// are in degrees, and not which columns are angles: units of other columns stay empty.
//
// # Cost
//
// A file is read twice, once to count its lines, and never held: the memory is eight
// bytes for each number asked for and 16 for each text, at most four times the size of
// the file and 64 MB.
package table
