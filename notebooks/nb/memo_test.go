package nb

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

type testConfig struct {
	Trials int
	Dt     float64
	Name   string
}

type testResult struct {
	Errors  []float64
	Weights *mat.Dense
	Hint    *mat.Dense
	Inner   *testInner
	Labels  map[string]int
}

type testInner struct{ Scale float64 }

func sample() *testResult {
	return &testResult{
		Errors:  []float64{1, math.NaN(), math.Inf(-1), math.Copysign(0, -1)},
		Weights: mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, math.NaN()}),
		Inner:   &testInner{},
		Labels:  map[string]int{"a": 1},
	}
}

// memoFiles lists the memo's files; each test has a memo of its own.
func memoFiles(t *testing.T) []string {
	t.Helper()
	dir, err := MemoDir()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if filepath.Base(f) != "locks" {
			out = append(out, f)
		}
	}
	return out
}

func ownMemo(t *testing.T) { t.Setenv("SPIKEWALK_CACHE", t.TempDir()) }

func TestMemoComputesOnceAndKeepsEveryBit(t *testing.T) {
	ownMemo(t)
	builds := 0
	get := func() *testResult {
		r, err := memo("sample", testConfig{Trials: 3}, func() (*testResult, error) {
			builds++
			return sample(), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second := get(), get()
	if builds != 1 {
		t.Errorf("built %d times, want once", builds)
	}
	bits := cmp.Comparer(func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) })
	dense := cmp.Transformer("raw", func(m *mat.Dense) []float64 {
		if m == nil {
			return nil
		}
		return m.RawMatrix().Data
	})
	for name, got := range map[string]*testResult{"computed": first, "kept": second} {
		if d := cmp.Diff(sample(), got, bits, dense); d != "" {
			t.Errorf("%s result differs from what was built:\n%s", name, d)
		}
		if got.Hint != nil {
			t.Errorf("%s: a nil pointer came back as %v", name, got.Hint)
		}
	}
}

func TestMemoKeepsNilAndScalars(t *testing.T) {
	ownMemo(t)
	for range 2 {
		p, err := memo("nil", testConfig{}, func() (*testResult, error) { return nil, nil })
		if err != nil || p != nil {
			t.Errorf("got %v, %v; want nil, nil", p, err)
		}
		z, err := memo("zero", testConfig{}, func() (float64, error) { return 0, nil })
		if err != nil || z != 0 {
			t.Errorf("got %v, %v; want 0, nil", z, err)
		}
		e, err := memo("empty matrix", testConfig{}, func() (mat.Dense, error) { return mat.Dense{}, nil })
		if err != nil || !e.IsEmpty() {
			t.Errorf("got %v, %v; want an empty matrix", e, err)
		}
	}
	if n := len(memoFiles(t)); n != 3 {
		t.Errorf("%d files kept, want 3: %v", n, memoFiles(t))
	}
}

func TestMemoBuildsAnewForEachKey(t *testing.T) {
	ownMemo(t)
	builds := 0
	build := func() (int, error) { builds++; return builds, nil }
	type other testConfig
	calls := []struct {
		name   string
		config any
	}{
		{"a", testConfig{Trials: 1}},
		{"b", testConfig{Trials: 1}},
		{"a", testConfig{Trials: 2}},
		{"a", testConfig{Trials: 1, Dt: 1e-3}},
		{"a", other{Trials: 1}},
		{"a", struct{ Task any }{testConfig{}}},
		{"a", struct{ Task any }{other{}}},
		{"a", struct{ EMG *mat.Dense }{mat.NewDense(1, 4, []float64{1, 2, 3, 4})}},
		{"a", struct{ EMG *mat.Dense }{mat.NewDense(2, 2, []float64{1, 2, 3, 4})}},
		{"a", struct{ EMG *mat.Dense }{mat.NewDense(2, 2, []float64{1, 2, 3, 4 + 1e-15})}},
	}
	for i, c := range calls {
		if got, err := memo(c.name, c.config, build); err != nil || got != i+1 {
			t.Errorf("call %d (%q, %+v): got %d, %v; want a build of its own", i, c.name, c.config, got, err)
		}
	}
	// The same name and config for another type is another result.
	if _, err := memo("a", testConfig{Trials: 1}, func() (string, error) { return "text", nil }); err != nil {
		t.Error(err)
	}
	if got, _ := memo("a", testConfig{Trials: 1}, build); got != 1 {
		t.Errorf("the first result has become %d", got)
	}
}

func TestMemoRebuildsDamagedFiles(t *testing.T) {
	damage := map[string]func([]byte) []byte{
		"torn":     func(b []byte) []byte { return b[:len(b)/2] },
		"empty":    func([]byte) []byte { return nil },
		"bit flip": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"foreign":  func([]byte) []byte { return bytes.Repeat([]byte("hello "), 100) },
		"too long": func(b []byte) []byte { return append(b, 0) },
	}
	for name, harm := range damage {
		t.Run(name, func(t *testing.T) {
			ownMemo(t)
			builds := 0
			get := func() (int, error) {
				return memo("n", testConfig{}, func() (int, error) { builds++; return 7, nil })
			}
			get()
			file := memoFiles(t)[0]
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, harm(data), 0o644); err != nil {
				t.Fatal(err)
			}
			var v int
			said := stderrOf(t, func() { v, err = get() })
			if v != 7 || err != nil || builds != 2 {
				t.Errorf("got %d, %v after %d builds; want 7 after 2", v, err, builds)
			}
			if strings.Count(said, "\n") != 1 || !strings.Contains(said, "computed again") {
				t.Errorf("said %q, want one line", said)
			}
			if get(); builds != 2 {
				t.Error("the file was not mended")
			}
		})
	}
}

func TestMemoFailedBuildLeavesNothing(t *testing.T) {
	ownMemo(t)
	want := errors.New("diverged")
	v, err := memo("n", testConfig{}, func() (int, error) { return 5, want })
	if v != 5 || err != want {
		t.Errorf("got %d, %v; want what build returned", v, err)
	}
	func() {
		defer func() { _ = recover() }()
		memo("n", testConfig{}, func() (int, error) { panic("interrupted") })
	}()
	if files := memoFiles(t); len(files) != 0 {
		t.Errorf("left %v", files)
	}
	if v, err := memo("n", testConfig{}, func() (int, error) { return 6, nil }); v != 6 || err != nil {
		t.Errorf("after the failures: %d, %v", v, err)
	}
}

func TestMemoWhereNothingCanBeKept(t *testing.T) {
	notAFolder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notAFolder, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SPIKEWALK_CACHE", notAFolder)
	said := stderrOf(t, func() {
		if v, err := memo("n", testConfig{}, func() (int, error) { return 6, nil }); v != 6 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
	})
	if strings.Count(said, "\n") != 1 || !strings.Contains(said, "not kept") {
		t.Errorf("said %q, want one line", said)
	}
}

func TestMemoRefusesKeys(t *testing.T) {
	ownMemo(t)
	loop := &struct{ Next any }{}
	loop.Next = loop
	cases := map[string]struct {
		key  any
		says string
	}{
		"nil":             {nil, "key is nil"},
		"function":        {struct{ F func() }{func() {}}, "key.F"},
		"channel":         {struct{ C []chan int }{[]chan int{make(chan int)}}, "key.C[0]"},
		"nested":          {struct{ In struct{ f func() } }{struct{ f func() }{func() {}}}, "key.In.f"},
		"loop":            {loop, "refers to itself"},
		"behind any":      {map[string]any{"a": func() {}}, "key[a]"},
		"cleared watcher": {struct{ W neuro.Watch }{}, ""},
		"NaN":             {[]any{math.NaN()}, ""},
	}
	for name, c := range cases {
		_, err := memo("n", c.key, func() (int, error) { return 1, nil })
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s: refused: %v", name, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: error %v, want one that says %q", name, err, c.says)
		}
	}
	if _, err := memo("", testConfig{}, func() (int, error) { return 1, nil }); err == nil {
		t.Error("an empty name was accepted")
	}
}

// The same content is the same key, wherever it lies; any other content is another.
func TestKeysCountByContent(t *testing.T) {
	key := func(v any) string {
		k, err := memoKey[int]("n", v)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	type deep struct{ x *mat.Dense }
	large := mat.NewDense(3, 4, []float64{1, 2, 9, 9, 3, 4, 9, 9, 5, 6, 9, 9})
	same := [][2]any{
		{large.Slice(0, 3, 0, 2).(*mat.Dense), mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})},
		{deep{mat.NewDense(1, 1, []float64{1})}, deep{mat.NewDense(1, 1, []float64{1})}},
		{map[string]int{"a": 1, "b": 2, "c": 3}, map[string]int{"c": 3, "b": 2, "a": 1}},
	}
	for _, pair := range same {
		if key(pair[0]) != key(pair[1]) {
			t.Errorf("%v and %v have keys of their own", pair[0], pair[1])
		}
	}
	different := []any{
		0, uint(0), 0.0, math.Copysign(0, -1), math.NaN(), "", false, []int(nil), []int{0}, []string{"a", "b"}, []string{"ab", ""},
		hidden{1, 2}, hidden{1, 3}, deep{}, deep{mat.NewDense(1, 1, nil)}, deep{mat.NewDense(1, 1, []float64{1})}, 0i,
		map[string]int{"a": 1}, map[string]int{"a": 2}, map[string]int{"b": 1}, []any{testConfig{}}, []any{(*testConfig)(nil)},
	}
	keys := map[string]any{}
	for _, v := range different {
		if other, twice := keys[key(v)]; twice {
			t.Errorf("%#v and %#v share a key", v, other)
		}
		keys[key(v)] = v
	}
}

type hidden struct {
	A int
	b int
}

type withFunc struct{ F func() }
type withAny struct{ X any }
type withPointer struct{ P *float64 }
type recursive struct {
	N    int
	Next *recursive
}

func TestMemoRefusesTypesItWouldLose(t *testing.T) {
	ownMemo(t)
	refused := func(name, says string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, says)
		}
	}
	_, err := memo("n", testConfig{}, func() (hidden, error) { return hidden{1, 2}, nil })
	refused("unexported", "hidden.b is unexported", err)
	_, err = memo("n", testConfig{}, func() ([]map[string]*hidden, error) { return nil, nil })
	refused("deep unexported", "b is unexported", err)
	_, err = memo("n", testConfig{}, func() (withFunc, error) { return withFunc{}, nil })
	refused("func", "withFunc.F", err)
	_, err = memo("n", testConfig{}, func() (withAny, error) { return withAny{}, nil })
	refused("interface", "withAny.X", err)
	_, err = memo("n", testConfig{}, func() (withPointer, error) { return withPointer{}, nil })
	refused("pointer to number", "withPointer.P", err)
	_, err = memo("n", testConfig{}, func() (struct{}, error) { return struct{}{}, nil })
	refused("empty", "nothing to keep", err)

	r, err := memo("n", testConfig{}, func() (*recursive, error) { return &recursive{1, &recursive{N: 2}}, nil })
	if err != nil || r.Next.N != 2 {
		t.Errorf("recursive type: %+v, %v", r, err)
	}
}

// streamed keeps an unexported field by writing itself.
type streamed struct{ text string }

func (s *streamed) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, s.text)
	return int64(n), err
}

func (s *streamed) ReadFrom(r io.Reader) (int64, error) {
	b, err := io.ReadAll(r)
	s.text = string(b)
	return int64(len(b)), err
}

func TestMemoLetsTypesWriteThemselves(t *testing.T) {
	ownMemo(t)
	for range 2 {
		s, err := memo("s", testConfig{}, func() (*streamed, error) { return &streamed{"hello"}, nil })
		if err != nil || s.text != "hello" {
			t.Errorf("got %+v, %v", s, err)
		}
	}
}

func watched(t *testing.T, name string, done int) int {
	v, err := memo(name, testConfig{}, func() (int, error) {
		return done, neuro.WatchOf(Progress(name))(neuro.Progress{Done: done, Total: 4, Error: math.NaN()})
	})
	if err != nil {
		t.Error(err)
	}
	return v
}

// TestMemoShowsProgressOncePerSession runs the cells of a notebook again and
// again, each time in a new kernel: they must show the same lines, whatever
// the memo holds.
func TestMemoShowsProgressOncePerSession(t *testing.T) {
	outer := func() {
		_, err := memo("outer", testConfig{}, func() (int, error) {
			watched(t, "first", 4)
			watched(t, "second", 3)
			return 1, neuro.WatchOf(Progress("outer"))(neuro.Progress{Done: 4, Total: 4, Error: 0.25})
		})
		if err != nil {
			t.Error(err)
		}
	}
	cells := []func(){
		func() { watched(t, "first", 4) }, outer, outer, func() { watched(t, "second", 3) },
	}
	want := []string{
		"first: 4 of 4, done\n",
		"second: stopped after 3 of 4\nouter: 4 of 4, done; error 0.25\n",
		"", "",
	}
	run := func(when string) {
		t.Setenv("GONB_TMP_DIR", t.TempDir())
		for i, cell := range cells {
			if got := stderrOf(t, cell); got != want[i] {
				t.Errorf("%s: cell %d shows %q, want %q", when, i+1, got, want[i])
			}
		}
	}
	ownMemo(t)
	run("computed")
	run("kept")
	// The outer result computed by a notebook that has not shown the inner
	// one before.
	ownMemo(t)
	t.Setenv("GONB_TMP_DIR", t.TempDir())
	outer()
	run("kept by another notebook")
}

func TestForgetMemo(t *testing.T) {
	ownMemo(t)
	// A name that would be a pattern is a name.
	t.Setenv(MemoEnv, filepath.Join(t.TempDir(), "memo [c]*?"))
	if n, err := ForgetMemo(); n != 0 || err != nil {
		t.Errorf("forgot %d, %v, where there is no folder", n, err)
	}
	builds := 0
	get := func() { memo("n", testConfig{}, func() (int, error) { builds++; return 1, nil }) }
	get()
	if n, err := ForgetMemo(); n != 1 || err != nil {
		t.Errorf("forgot %d, %v; want 1", n, err)
	}
	get()
	if builds != 2 {
		t.Errorf("built %d times, want 2", builds)
	}
}

// TestMemoAcrossProcesses starts programs that want the same result at the
// same time: one of them builds it.
func TestMemoAcrossProcesses(t *testing.T) {
	cache := t.TempDir()
	var runs []*exec.Cmd
	var outs []*bytes.Buffer
	for range 3 {
		cmd := helper("memo", "SPIKEWALK_CACHE="+cache)
		out := new(bytes.Buffer)
		cmd.Stdout = out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		runs, outs = append(runs, cmd), append(outs, out)
	}
	var all string
	for i, cmd := range runs {
		if err := cmd.Wait(); err != nil {
			t.Errorf("program %d: %v", i, err)
		}
		all += outs[i].String()
	}
	if built, got := strings.Count(all, "built"), strings.Count(all, "got 42"); built != 1 || got != 3 {
		t.Errorf("%d built and %d got the result, want 1 and 3:\n%s", built, got, all)
	}
}

func TestMemoKilledBuildLeavesNothing(t *testing.T) {
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	cmd := helper("hang")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out.Read(make([]byte, 1)) // the build has begun
	cmd.Process.Kill()
	cmd.Wait()
	if files := memoFiles(t); len(files) != 0 {
		t.Errorf("left %v", files)
	}
	// Its lock is gone with it.
	v, err := memo("shared", testConfig{}, func() (int, error) { return 1, nil })
	if v != 1 || err != nil {
		t.Errorf("afterwards: %d, %v", v, err)
	}
}

func TestResultTypeIsPartOfTheKey(t *testing.T) {
	key := func(k string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	var before, after string
	{
		type R struct{ A int }
		before = key(memoKey[R]("n", testConfig{}))
	}
	{
		type R struct{ A, B int }
		after = key(memoKey[R]("n", testConfig{}))
	}
	if before == after {
		t.Error("a field was added to the result's type and the key stayed the same")
	}
}

// Each byte of a kept result is under its checksum.
func TestMemoFilesWithAFlippedBitAreNotRead(t *testing.T) {
	ownMemo(t)
	if _, err := memo("n", testConfig{}, func() (int, error) { return 7, nil }); err != nil {
		t.Fatal(err)
	}
	file := memoFiles(t)[0]
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range 8 * len(data) {
		data[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := (&entry{path: file}).read(); err == nil {
			t.Errorf("read with bit %d flipped", bit)
		}
		data[bit/8] ^= 1 << (bit % 8)
	}
}

// A folder that vanishes while a result is computed is made again; one that becomes
// unusable is told of once, and work goes on.
func TestMemoFolderThatVanishes(t *testing.T) {
	ownMemo(t)
	folder := Get(MemoDir())
	vanish := func() (int, error) { return 6, os.RemoveAll(folder) }
	said := stderrOf(t, func() {
		if v, err := memo("vanishes", testConfig{}, vanish); v != 6 || err != nil {
			t.Error(v, err)
		}
	})
	if said != "" || len(memoFiles(t)) != 1 {
		t.Errorf("said %q, kept %v", said, memoFiles(t))
	}
	said = stderrOf(t, func() {
		for i := range 3 {
			v, err := memo("blocked", testConfig{Trials: i}, func() (int, error) {
				_ = os.RemoveAll(folder)
				return i, os.WriteFile(folder, nil, 0o600)
			})
			if v != i || err != nil {
				t.Error(v, err)
			}
			_ = os.Remove(folder)
		}
	})
	if strings.Count(said, "\n") != 1 || !strings.Contains(said, "computed but not kept") {
		t.Errorf("said %q", said)
	}
}

// The cache keeps to its size: what was used least recently goes.
func TestMemoGivesWay(t *testing.T) {
	t.Setenv(MemoEnv, "")
	t.Setenv("SPIKEWALK_CACHE", filepath.Join(t.TempDir(), "cache"))
	t.Setenv("SPIKEWALK_CACHE_MB", "1")
	large := strings.Repeat("x", 300_000)
	for i := range 4 {
		Get(memo("large", testConfig{Trials: i}, func() (string, error) { return large, nil }))
		time.Sleep(20 * time.Millisecond)
		Get(memo("large", testConfig{}, func() (string, error) { t.Error("what is used goes"); return large, nil }))
	}
	if now := memoFiles(t); len(now) != 3 {
		t.Errorf("1 MB holds %d results of 0.3 MB", len(now))
	}
	for _, folder := range []string{Get(MemoDir()), filepath.Dir(Get(MemoDir()))} {
		if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", folder, info.Mode(), err)
		}
	}
	info, err := os.Stat(memoFiles(t)[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a kept result is %v, %v", info.Mode(), err)
	}
	t.Setenv("SPIKEWALK_CACHE_MB", "much")
	said := stderrOf(t, func() { Get(memo("large", testConfig{Trials: 9}, func() (string, error) { return large, nil })) })
	if !strings.Contains(said, `SPIKEWALK_CACHE_MB="much" is no number of megabytes`) {
		t.Errorf("said %q", said)
	}
}
