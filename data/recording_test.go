package data

import (
	"encoding/binary"
	"errors"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// flat returns a matrix's values column by column, as MAT-files hold them.
func flat(m mat.Matrix) []float64 { return mat.DenseCopyOf(m.T()).RawMatrix().Data }

// fileOf is a file of doubles.
func fileOf(t *testing.T, name string, dims []int, values []float64) *File {
	t.Helper()
	raw := make([]byte, 0, 8*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(v))
	}
	a, err := matfile.NewNumbers(name, matfile.Double, dims, binary.LittleEndian, raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &File{names: []string{name}, variables: map[string]variable{name: {array: a}}}
}

// The published files' layout is read right: written from synthetic data,
// which has the same shapes, it comes back.
func TestDecodeLayouts(t *testing.T) {
	want := SyntheticCycling(1)
	both := fileOf(t, "emg", []int{2000, 3}, flat(want.EMG))
	both.variables["factors"] = fileOf(t, "factors", []int{2000, 12}, flat(want.Factors)).variables["factors"]
	cyc, err := decodeCycling(both, Source{})
	if err != nil || !mat.Equal(cyc.EMG, want.EMG) || !mat.Equal(cyc.Factors, want.Factors) || cyc.Dt != 1e-3 {
		t.Errorf("cycling: %v", err)
	}
	emg := SyntheticReaching(1).EMG
	values := make([]float64, 8*81*2)
	for c := range 8 {
		for s := range 81 {
			for m := range 2 {
				values[c+8*s+8*81*m] = emg[c].At(s, m)
			}
		}
	}
	file := func(dims ...int) *File {
		return fileOf(t, "emg", dims, values)
	}
	reach, err := decodeReaching(file(8, 81, 2), Source{})
	if err != nil || reach.Dt != 10e-3 {
		t.Fatalf("reaching: %v", err)
	}
	for c := range emg {
		if !mat.Equal(reach.EMG[c], emg[c]) {
			t.Errorf("condition %d differs", c)
		}
	}
	_, err = decodeReaching(file(81, 8, 2), Source{})
	wantError(t, err, "emg is 81x8x2, want 8x81x2")
	_, err = decodeCycling(file(8, 81, 2), Source{})
	wantError(t, err, `no variable "factors": the file has emg`)
}

// Without the file and the network there is synthetic data that says so; a
// wrong file stays an error.
func TestOrSynthetic(t *testing.T) {
	cache := homes(t)
	s := serve(t, http.NotFound)
	cyc, err := s.cyclingOrSynthetic(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if src := cyc.Source; !src.Synthetic || src.Seed != 7 || !strings.Contains(src.Reason, "404") || !strings.Contains(src.String(), "not a recording") {
		t.Errorf("source %+v", src)
	}
	recorded := s.source(cycling, "file.mat")
	if tags := cyc.Source.Tag() + "; " + recorded.Tag(); tags != "synthetic; cycling recording, DePasquale et al. 2023" {
		t.Errorf("tags %q", tags)
	}
	if !mat.Equal(cyc.Factors, SyntheticCycling(7).Factors) {
		t.Error("not the synthetic data of seed 7")
	}
	reach, err := offline(t).reachingOrSynthetic(t.Context(), 7)
	if err != nil || !reach.Source.Synthetic || reach.Source.Reason == "" {
		t.Errorf("%+v, %v", reach, err)
	}
	write(t, filepath.Join(cache, "data", cycling.file), []byte("damaged"))
	got, err := s.cyclingOrSynthetic(t.Context(), 7)
	if _, ok := errors.AsType[*ChecksumError](err); !ok || got != nil {
		t.Errorf("a damaged file: %v, %v", got, err)
	}
	page := serve(t, func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("log in")) })
	if got, err := page.reachingOrSynthetic(t.Context(), 7); err == nil || got != nil {
		t.Errorf("a wrong download: %v, %v", got, err)
	}
}

// The published recordings themselves, where the machine has them: in the
// folder SPIKEWALK_DATA names, or fetched into the cache.
func TestPublishedRecordings(t *testing.T) {
	testkit.Needs(t, "the published recordings")
	if os.Getenv(dataVariable) == "none" {
		t.Skip("left out, for it needs the published recordings, which SPIKEWALK_DATA=none denies")
	}
	s := offline(t)
	cyc, err := s.cycling(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if cyc.Source.Synthetic || cyc.Source.Path == "" || cyc.Source.SHA256 != cycling.sha256 {
		t.Errorf("source %+v", cyc.Source)
	}
	checkFactors(t, cyc, 14.4, 0.105)
	reach, err := s.reaching(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	checkReaches(t, reach)
	// What SciPy reads from the same places.
	for _, c := range []struct{ got, want float64 }{
		{cyc.EMG.At(0, 0), 0.36967703317665745},
		{cyc.EMG.At(1234, 2), 0.5775945660755009},
		{cyc.Factors.At(1999, 11), 0.08272190253856809},
		{reach.EMG[3].At(45, 1), 0.15667280909243983},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
}

// checkFactors checks what recorded and synthetic factors have in common.
func checkFactors(t *testing.T, c *CyclingRecording, first, last float64) {
	t.Helper()
	if rows, columns := c.Factors.Dims(); rows != 2000 || columns != 12 {
		t.Fatalf("factors %d x %d", rows, columns)
	}
	if rows, columns := c.EMG.Dims(); rows != 2000 || columns != 3 {
		t.Fatalf("EMG %d x %d", rows, columns)
	}
	var gram mat.Dense
	gram.Mul(c.Factors.T(), c.Factors)
	before := math.Inf(1)
	for j := range 12 {
		rms := math.Sqrt(gram.At(j, j) / 2000)
		if rms >= before {
			t.Errorf("factor %d has rms %g, the one before %g", j, rms, before)
		}
		before = rms
		if mean := mat.Sum(c.Factors.ColView(j)) / 2000; math.Abs(mean) > 1e-3*rms {
			t.Errorf("factor %d has mean %g", j, mean)
		}
		for k := range j {
			if cosine := gram.At(j, k) / math.Sqrt(gram.At(j, j)*gram.At(k, k)); math.Abs(cosine) > 1e-6 {
				t.Errorf("factors %d and %d have cosine %g", j, k, cosine)
			}
		}
	}
	if got := math.Sqrt(gram.At(0, 0) / 2000); math.Abs(got/first-1) > 0.005 {
		t.Errorf("the first factor's rms is %g, want %g", got, first)
	}
	if got := math.Sqrt(gram.At(11, 11) / 2000); math.Abs(got/last-1) > 0.005 {
		t.Errorf("the last factor's rms is %g, want %g", got, last)
	}
}

// checkReaches checks what recorded and synthetic reaches have in common:
// silence, a burst between 0.4 and 0.7 s, and less afterwards.
func checkReaches(t *testing.T, r *ReachingRecording) {
	t.Helper()
	if len(r.EMG) != 8 || r.Dt != 10e-3 {
		t.Fatalf("%d conditions, dt %g", len(r.EMG), r.Dt)
	}
	for c, emg := range r.EMG {
		if rows, columns := emg.Dims(); rows != 81 || columns != 2 {
			t.Fatalf("condition %d: %d x %d", c, rows, columns)
		}
		for m := range 2 {
			activity := mat.Col(nil, m, emg)
			peak := 0
			for s, v := range activity {
				if v > activity[peak] {
					peak = s
				}
				if s < 25 && math.Abs(v) > 0.02 {
					t.Errorf("condition %d, muscle %d is at %g before the reach", c, m, v)
				}
			}
			if peak < 40 || peak > 70 || activity[peak] > 1.2 || activity[80] > 0.7*activity[peak] && activity[80] > 0.4 {
				t.Errorf("condition %d, muscle %d: peak %g at sample %d, end %g", c, m, activity[peak], peak, activity[80])
			}
		}
	}
}
