package notebook

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"go/constant"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cell is a code cell with its outputs, as JSON.
func cell(source, outputs string, tags ...string) string {
	s, _ := json.Marshal(source)
	t, _ := json.Marshal(append([]string{}, tags...))
	return `{"cell_type":"code","execution_count":1,"id":"x","metadata":{"tags":` + string(t) + `},"outputs":[` + outputs + `],"source":` + string(s) + `}`
}

func stream(name, text string) string {
	t, _ := json.Marshal(text)
	return `{"output_type":"stream","name":"` + name + `","text":` + string(t) + `}`
}

func parse(t *testing.T, cells ...string) *Notebook {
	t.Helper()
	n := &Notebook{Name: "02_pca"}
	text := `{"cells":[` + strings.Join(cells, ",") + `],"metadata":{"spikewalk":{"quick":{"Trials":"3","Dt":1e-2,"On":true},"ranges":{"Dt":[1e-6,1],"Trials":[null,"Most"]}},"more":[1]},"nbformat":4,"nbformat_minor":5}`
	if err := n.parse([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFailures(t *testing.T) {
	const markdown = `{"cell_type":"markdown","id":"m","metadata":{},"source":["# A\n","title"]}`
	trace := "panic: runtime error: index out of range [3] with length 0\n\ngoroutine 1 [running]:\nmain.main()\n\t/x/main.go:12 +0x5f\nmain.x()\n\t/x/main.go:13\nmore\nexit status 2\n"
	cases := map[string]struct {
		cell string
		want string // part of the message, "" for none
	}{
		"fine":               {cell("x", stream("stdout", "exit status 1\n")), ""},
		"a warning":          {cell("x", stream("stderr", "the exit status 1 is not meant\n")), ""},
		"exit":               {cell("x", stream("stderr", "no file\nexit status 1\n")), "no file\nexit status 1"},
		"panic":              {cell("x", stream("stderr", trace)), "panic: runtime error: index out of range"},
		"panic and error":    {cell("x", stream("stderr", trace)+`,{"output_type":"error","ename":"ERROR","evalue":"exit status 2","traceback":["exit status 2"]}`), "panic: runtime error: index out of range"},
		"killed":             {cell("x", stream("stderr", "signal: killed\n")), "signal: killed"},
		"dumped":             {cell("x", stream("stderr", "signal: segmentation fault (core dumped)\n")), "segmentation"},
		"interrupted":        {cell("x", stream("stderr", "^C\nsignal: interrupt\n")), "signal: interrupt"},
		"in pieces":          {cell("x", stream("stderr", "exit sta")+","+stream("stdout", "text")+","+stream("stderr", "tus 2\n")), "exit status 2"},
		"shell":              {cell("!false", stream("stderr", "exit status 1\n")), "exit status 1"},
		"does not compile":   {cell("x", `{"output_type":"error","ename":"ERROR","evalue":"v","traceback":["\u001b[7mundefined: y\u001b[0m"]}`), "undefined: y"},
		"error, no trace":    {cell("x", `{"output_type":"error","ename":"ERROR","evalue":"","traceback":[]}`), "ERROR"},
		"not run":            {strings.Replace(cell("x", ""), `"execution_count":1`, `"execution_count":null`, 1), "not run"},
		"empty, not run":     {strings.Replace(cell(" \n", ""), `"execution_count":1`, `"execution_count":null`, 1), ""},
		"skipped on purpose": {strings.Replace(cell("x", "", "skip-execution"), `"execution_count":1`, `"execution_count":null`, 1), ""},
	}
	for name, c := range cases {
		n := parse(t, cell("fine", ""), markdown, c.cell)
		got := n.Failures()
		if c.want == "" {
			if len(got) != 0 {
				t.Errorf("%s: found %v, want no failure", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Cell != 2 || !strings.Contains(got[0].Message, c.want) {
			t.Errorf("%s: found %v, want one in cell 2 that says %q", name, got, c.want)
		}
		for _, f := range got {
			if strings.Contains(f.Message, "\x1b") || strings.Count(f.Message, "\n") >= messageLines {
				t.Errorf("%s: message %q has colours or too many lines", name, f.Message)
			}
		}
	}
}

func TestFirstLineSkipsMagic(t *testing.T) {
	n := parse(t, cell("\n%%\n\n  fit := train()\n", ""), cell("%%\n", ""), cell("", ""),
		cell("import (\n\t\"fmt\"\n)\nimport \"os\"\nfmt.Println(os.Args)", ""), cell("import (\n\t\"fmt\"\n)", ""))
	var got []string
	for _, c := range n.Code() {
		got = append(got, c.FirstLine())
	}
	if d := cmp.Diff([]string{"fit := train()", "%%", "", "fmt.Println(os.Args)", "import ("}, got); d != "" {
		t.Error(d)
	}
}

func TestSetParameters(t *testing.T) {
	source := "%trace off\n// the run\nconst (\n\tTrials = 200 // trials\n\tDt, Tau float64 = 1e-3, -0.01\n\tName = \"a=b\"\n\tShow = true\n\tA = iota\n\tB\n)\n\nvar notConst = 3\n"
	n := parse(t, cell("const Trials = 1", ""), cell(source, "", "parameters"))
	names, err := n.Parameters()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"A", "Dt", "Name", "Show", "Tau", "Trials"}, names); d != "" {
		t.Error(d)
	}
	err = n.Set(map[string]string{"Trials": "5", "Tau": "-2.5e-2", "Dt": "1", "Name": `"x"`, "Show": "false"})
	if err != nil {
		t.Fatal(err)
	}
	want := "%trace off\n// the run\nconst (\n\tTrials = 5 // trials\n\tDt, Tau float64 = 1.0, -0.025\n\tName = \"x\"\n\tShow = false\n\tA = iota\n\tB\n)\n\nvar notConst = 3\n"
	if d := cmp.Diff(want, n.Code()[1].Source); d != "" {
		t.Error(d)
	}
	if got := n.Code()[0].Source; got != "const Trials = 1" {
		t.Errorf("a cell without the tag became %q", got)
	}
}

func TestSetRefuses(t *testing.T) {
	params := cell("const (\n\tTrials = 200\n\tName = \"a\"\n\tGain = 2 * 1.5\n\tSeed uint64 = 1\n\tDt = 1e-3\n\tMost = 200\n)", "", "parameters")
	cases := map[string]struct {
		cells []string
		name  string
		value string
		says  string
	}{
		"unknown":       {[]string{params}, "Trial", "5", `no parameter "Trial": did you mean Trials?`},
		"unlike":        {[]string{params}, "Cadence", "5", `no parameter "Cadence": it has Dt, Gain, Most, Name, Seed, Trials`},
		"no parameters": {[]string{cell("x", "")}, "Trials", "5", "it has none"},
		"expression":    {[]string{params}, "Trials", "2*3", "not a Go literal"},
		"call":          {[]string{params}, "Trials", "os.Exit(1)", "not a Go literal"},
		"two lines":     {[]string{params}, "Trials", "5\n)\nfunc x() {}", "not a Go literal"},
		"not whole":     {[]string{params}, "Trials", "3.5", "is a whole number, and 3.5 is none"},
		"too large":     {[]string{params}, "Trials", "1e30", "is of type int, which does not hold 1e30"},
		"infinite":      {[]string{params}, "Gain", "1e999", "is a number"},
		"imaginary":     {[]string{params}, "Gain", "1i", "not a Go literal"},
		"a rune":        {[]string{params}, "Trials", "'a'", "not a Go literal"},
		"overflow":      {[]string{cell("const N uint8 = 3", "", "parameters")}, "N", "300", "is of type uint8, which does not hold 300"},
		"huge":          {[]string{params}, "Trials", "99999999999999999999", "is of type int, which does not hold 99999999999999999999"},
		"a sign":        {[]string{params}, "Seed", "-1", "which has no sign"},
		"too small":     {[]string{params}, "Dt", "1e-9", "is from 1e-06 to 1, and 1e-09 is not"},
		"too many":      {[]string{params}, "Trials", "201", "is at most Most (200), and 201 is not"},
		"too few":       {[]string{params}, "Most", "199", "parameter Trials of 02_pca is at most Most (199), and 200 is not"},
		"misspelt":      {[]string{params}, "trails", "5", "did you mean Trials?"},
		"a shell":       {[]string{params}, "Trials", "1 /*\n*/; f()", "not a Go literal"},
		"broken cell":   {[]string{cell("const (", "", "parameters")}, "Trials", "5", "does not parse"},
	}
	for name, c := range cases {
		n := parse(t, c.cells...)
		err := n.Set(map[string]string{c.name: c.value})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, c.says)
		}
	}
}

// What is written into a cell is the value that was given, never its text:
// nothing else comes in with it.
func TestSetWritesValues(t *testing.T) {
	for given, want := range map[string]string{
		"Trials=1 /*\n!touch f\n*/": "Trials = 1",
		"Trials= +0x10 // sixteen":  "Trials = 16",
		"Trials=1e3":                "Trials = 1000",
		"Seed=18446744073709551615": "Seed uint64 = 18446744073709551615",
		"Trials=-5":                 "Trials = -5",
		"Gain=3":                    "Gain = 3.0",
		"Gain=1e-7":                 "Gain = 1e-07",
		"Name=`a\n!touch f\n`":      `Name = "a\n!touch f\n"`,
		`Name="\"" /* " */`:         `Name = "\""`,
		"Name=`\n%%writefile f\n`":  `Name = "\n%%writefile f\n"`,
		"Show=/*\n*/false":          "Show = false",
		"Name=/home/me/a b.nwb":     `Name = "/home/me/a b.nwb"`,
		"Name=5":                    `Name = "5"`,
		"Name='a'":                  `Name = "'a'"`,
		"Name=":                     `Name = ""`,
		"Name=a\n!touch f\n":        `Name = "a\n!touch f\n"`,
	} {
		n := parse(t, cell("const (\n\tTrials = 200\n\tGain = 1.5\n\tName = \"a\"\n\tShow = true\n\tSeed uint64 = 1\n)", "", "parameters"))
		before := n.Code()[0].Source
		name, value, _ := strings.Cut(given, "=")
		if err := n.Set(map[string]string{name: value}); err != nil {
			t.Errorf("%q: %v", given, err)
			continue
		}
		got := n.Code()[0].Source
		if !strings.Contains(got, "\t"+want+"\n") || strings.Count(got, "\n") != strings.Count(before, "\n") {
			t.Errorf("%q: the cell is now %q, want it to have %q", given, got, want)
		}
	}
}

// The notebooks' own values, and those of a quick run, are within the ranges
// that they give; and every parameter has one but texts.
func TestRangesOfTheNotebooks(t *testing.T) {
	paths, err := List("../../../../notebooks")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no notebooks: %v", err)
	}
	for _, path := range paths {
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		all, err := n.parameters()
		if err != nil {
			t.Fatal(err)
		}
		for name, p := range all {
			if p.value.Kind() == constant.String {
				continue
			}
			if r, ok := n.Ranges[name]; !ok || !r.holds(p.value, all) {
				t.Errorf("%s: %s is %v, and its range is %s (there is one: %v)", path, name, p.value, r.text(all), ok)
			}
		}
		for name, r := range n.Ranges {
			for _, name := range []string{name, r.low.name, r.high.name} {
				if _, ok := all[name]; !ok && name != "" {
					t.Errorf("%s gives a range with %s, which it has not", path, name)
				}
			}
		}
		if err := n.Set(n.Quick); err != nil {
			t.Errorf("quick: %v", err)
		}
		for _, wrong := range []string{"3.5", "-1"} {
			if err := n.Set(map[string]string{"Seed": wrong}); err == nil {
				t.Errorf("%s takes the seed %s", path, wrong)
			}
		}
	}
}

func TestWriteKeepsWhatItDoesNotKnow(t *testing.T) {
	n := parse(t, cell("const Trials = 200", "", "parameters"), `{"cell_type":"markdown","id":"m","metadata":{"a":1},"source":["# A\n","title"],"attachments":{}}`)
	if d := cmp.Diff(map[string]string{"Trials": "3", "Dt": "1e-2", "On": "true"}, n.Quick); d != "" {
		t.Error(d)
	}
	if err := n.Set(map[string]string{"Trials": "3"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.ipynb")
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	json.Unmarshal([]byte(`{"cells":[
		{"cell_type":"code","execution_count":1,"id":"x","metadata":{"tags":["parameters"]},"outputs":[],"source":["const Trials = 3"]},
		{"cell_type":"markdown","id":"m","metadata":{"a":1},"source":["# A\n","title"],"attachments":{}}],
		"metadata":{"spikewalk":{"quick":{"Trials":"3","Dt":1e-2,"On":true},"ranges":{"Dt":[1e-6,1],"Trials":[null,"Most"]}},"more":[1]},"nbformat":4,"nbformat_minor":5}`), &want)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Writing what Jupyter wrote changes nothing, so that a commit shows what
// changed.
func TestWriteAsJupyterDoes(t *testing.T) {
	paths, err := filepath.Glob("../../../../notebooks/*.ipynb")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no notebooks: %v", err)
	}
	for _, path := range paths {
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "a.ipynb")
		if err := n.Write(copied); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(copied)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
}

func TestReadRefusesWhatIsNoNotebook(t *testing.T) {
	for name, text := range map[string]string{
		"text":   "hello",
		"list":   "[]",
		"old":    `{"nbformat":3,"worksheets":[]}`,
		"number": `{"nbformat":4,"cells":[7]}`,
		"object": `{"nbformat":4,"cells":{}}`,
		"source": `{"nbformat":4,"cells":[{"cell_type":"code","source":5}]}`,
		"type":   `{"nbformat":4,"cells":[{"cell_type":"codde","source":"x"}]}`,
		"null":   `null`,
	} {
		path := filepath.Join(t.TempDir(), "a.ipynb")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), "no Jupyter notebook") || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// What Jupyter reads only with all fields in place is written with them, though
// they were not there, and no cells are an empty list.
func TestWriteAddsWhatIsMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ipynb")
	for text, want := range map[string]string{
		`{"nbformat":4}`: `{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":0}`,
		`{"nbformat":4,"cells":[{"cell_type":"code","source":"x"},{"cell_type":"raw"}]}`: `{"cells":[` +
			`{"cell_type":"code","execution_count":null,"metadata":{},"outputs":[],"source":["x"]},{"cell_type":"raw","metadata":{},"source":[]}],` +
			`"metadata":{},"nbformat":4,"nbformat_minor":0}`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Write(path); err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := json.Compact(&got, written); err != nil || got.String() != want {
			t.Errorf("%s became %s, %v, want %s", text, got.String(), err, want)
		}
	}
}

// dots is a white PNG of 8 x 8 pixels, in base64, with some in black.
func dots(t *testing.T, level png.CompressionLevel, black ...image.Point) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for _, p := range black {
		img.SetGray(p.X, p.Y, color.Gray{})
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: level}).Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// failed is the output of a cell that ended with an error.
func failed(message string) string {
	return `{"output_type":"error","ename":"E","evalue":"` + message + `","traceback":[]}`
}

// wide is a PNG of 9 x 8 pixels.
func wide(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 8))); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// Outputs that say the same stay as they were, to the byte; of the others
// nothing is left, and nothing but outputs changes.
func TestTakeOutputs(t *testing.T) {
	const prose = `{"cell_type":"markdown","id":"m","metadata":{},"source":["my words"]}`
	same, cut := stream("stdout", "a\nb\n"), stream("stdout", "a\n")+","+stream("stdout", "b\n")
	n := parse(t, prose, cell("x", same, "tag"), cell("y", stream("stdout", "old")), strings.Replace(cell("z", ""), ":1", ":null", 1))
	executed := parse(t, cell("x", cut), cell("y", failed("new")), cell("z", ""))
	if err := n.TakeOutputs(executed); err != nil {
		t.Fatal(err)
	}
	want := parse(t, prose, cell("x", same, "tag"), cell("y", failed("new")), cell("z", ""))
	folder := t.TempDir()
	for name, notebook := range map[string]*Notebook{"got": n, "want": want} {
		if err := notebook.Write(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := os.ReadFile(filepath.Join(folder, "got"))
	wanted, _ := os.ReadFile(filepath.Join(folder, "want"))
	if d := cmp.Diff(string(wanted), string(got)); d != "" || len(got) == 0 {
		t.Error(d)
	}
	for _, other := range []*Notebook{parse(t, cell("x", "")), parse(t, cell("x", ""), cell("Y", ""), cell("z", ""))} {
		if err := n.TakeOutputs(other); err == nil {
			t.Errorf("outputs of other code were taken: %+v", other.Code())
		}
	}
}

func TestCompare(t *testing.T) {
	display := func(png string) string {
		return `{"output_type":"display_data","metadata":{},"data":{"image/png":"` + png + `","text/plain":["a\n","b"]}}`
	}
	cases := map[string]struct{ was, is, want string }{
		"equal":         {cell("x", display("AAAA")), cell("x", display("AAAA")), ""},
		"wrapped":       {cell("x", display(`AA\nAA\n`)), cell("x", display("AAAA")), ""},
		"cut elsewhere": {cell("x", stream("stdout", "a\nb\n")), cell("x", stream("stdout", "a\n")+","+stream("stdout", "b\n")), ""},
		"no image":      {cell("x", display("AAAA")), cell("x", display("AAAB")), "image/png differs"},
		"compressed":    {cell("x", display(dots(t, png.BestSpeed))), cell("x", display(dots(t, png.NoCompression))), ""},
		"a pixel":       {cell("x", display(dots(t, 0))), cell("x", display(dots(t, 0, image.Pt(3, 2)))), "differs in 1 of 64 pixels by up to 255 of 255, between (3,2) and (4,3)"},
		"text":          {cell("x", stream("stdout", "a\nb\n")), cell("x", stream("stdout", "a\nc\n")), `line 2: is "c", the committed one is "b"`},
		"more text":     {cell("x", stream("stdout", "a")), cell("x", stream("stdout", "a\nc")), "has 2 lines, the committed one has 1"},
		"stream":        {cell("x", stream("stdout", "a")), cell("x", stream("stderr", "a")), "text on stderr"},
		"missing":       {cell("x", display("AAAA")), cell("x", ""), "0 outputs, the committed one has 1"},
		"kind":          {cell("x", display("AAAA")), cell("x", stream("stdout", "a")), "committed one is a display_data"},
		"error":         {cell("x", failed("boom")), cell("x", stream("stdout", "a")), "the committed one is an error"},
		"other error":   {cell("x", failed("boom")), cell("x", failed("bang")), `the error differs in line 1: is "Ebang", the committed one is "Eboom"`},
		"one too many":  {cell("x", stream("stdout", "a")), cell("x", stream("stdout", "a")+","+display("AAAA")), "2 outputs, the committed one has 1"},
		"size":          {cell("x", display(dots(t, 0))), cell("x", display(wide(t))), "image/png is (9,8) pixels large, the committed one (8,8)"},
		"mime":          {cell("x", display("AAAA")), strings.Replace(cell("x", display("AAAA")), "image/png", "image/svg+xml", 1), "image/png is missing"},
	}
	for name, c := range cases {
		got := Compare(parse(t, cell("y", ""), c.was), parse(t, cell("y", ""), c.is))
		if c.want == "" {
			if len(got) > 0 {
				t.Errorf("%s: %v, want no difference", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Cell != 2 || !strings.Contains(got[0].What, c.want) {
			t.Errorf("%s: %v, want one in cell 2 that says %q", name, got, c.want)
		}
	}
	if got := Compare(parse(t, cell("y", "")), parse(t, cell("y", ""), cell("z", ""))); len(got) != 1 || got[0].What != "it is new" {
		t.Errorf("a new cell: %v", got)
	}
}

func TestSelect(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "folder [c]*?")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"01_a.ipynb", "02_b.ipynb", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		names []string
		want  string
	}{
		{nil, "01_a.ipynb 02_b.ipynb"},
		{[]string{"02_b"}, "02_b.ipynb"},
		{[]string{"02"}, "02_b.ipynb"},
		{[]string{"02_b.ipynb", "01_a", "02_b"}, "01_a.ipynb 02_b.ipynb"},
	} {
		paths, err := Select(dir, c.names)
		if err != nil {
			t.Fatal(err)
		}
		for i := range paths {
			paths[i] = filepath.Base(paths[i])
		}
		if got := strings.Join(paths, " "); got != c.want {
			t.Errorf("%v: %q, want %q", c.names, got, c.want)
		}
	}
	if paths, err := Select(dir, []string{filepath.Join(dir, "02_b.ipynb")}); err != nil || len(paths) != 1 {
		t.Errorf("by its path: %v, %v", paths, err)
	}
	if _, err := Select(dir, []string{filepath.Join(t.TempDir(), "02_b.ipynb")}); err == nil || !strings.Contains(err.Error(), "--folder") {
		t.Errorf("one of another folder: %v", err)
	}
	if _, err := Select(dir, []string{"03"}); err == nil || !strings.Contains(err.Error(), "there are 01_a, 02_b") {
		t.Errorf("unknown name: %v", err)
	}
	if _, err := Select(t.TempDir(), nil); err == nil {
		t.Error("an empty folder was accepted")
	}
}

func TestImports(t *testing.T) {
	n := parse(t,
		cell("%%\nx := 1", ""),
		cell("import (\n\t\"fmt\"\n\tm \"gonum.org/v1/gonum/mat\"\n)\n\n%%\nfmt.Println(m.NewDense)", ""),
		cell("!ls\nimport \"math\"", ""))
	if d := cmp.Diff([]string{"fmt", "gonum.org/v1/gonum/mat", "math"}, n.Imports()); d != "" {
		t.Error(d)
	}
}

func TestFind(t *testing.T) {
	n := parse(t, cell("x", ""), cell("%%\nfit := train(ctx)\nmore()", ""))
	if c := n.Find("preview:\n['%%', 'fit := train(ctx)', ...]"); c == nil || c.Number != 2 {
		t.Errorf("found %v, want cell 2", c)
	}
	if c := n.Find("nothing"); c != nil {
		t.Errorf("found %v, want none", c)
	}
}
