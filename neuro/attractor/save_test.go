package attractor

import (
	"bytes"
	"encoding"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
)

var (
	_ encoding.BinaryMarshaler   = (*Attractor)(nil)
	_ encoding.BinaryUnmarshaler = (*Attractor)(nil)
)

func reloaded(t *testing.T, g *Attractor) *Attractor {
	t.Helper()
	loaded := new(Attractor)
	if err := loaded.UnmarshalBinary(must[[]byte](t)(g.MarshalBinary())); err != nil {
		t.Fatal(err)
	}
	return loaded
}

// What is loaded is what was saved, in each form and with controls.
func TestSaveAndLoad(t *testing.T) {
	ring := Ring()
	ring.Population.Neurons, ring.Points = 60, 300
	for name, a := range map[string]*Attractor{
		"decoders": paper(t, 1, func(c *Config) { c.Form = Decoders }), "weights": must[*Attractor](t)(paper(t, 1).Perturb(0.2, 1)),
		"plane": plane(t, Weights), "ring": must[*Attractor](t)(NewRing(ring)),
	} {
		if !reflect.DeepEqual(reloaded(t, a), a) {
			t.Errorf("%s: what was loaded is not what was saved", name)
		}
	}
}

// A file names its matrices, so that NumPy finds ω_ji as weights[j, i].
func TestFileHoldsTheMatrices(t *testing.T) {
	g := must[*Attractor](t)(paper(t, 1).Perturb(0.3, 1))
	r := must[*npz.Reader](t)(npz.NewReader(must[[]byte](t)(g.MarshalBinary())))
	if w, d := r.Matrix("weights", 40, 40), r.Matrix("decoders", 40, 1); r.Err() != nil || !mat.Equal(w, g.Weights()) || !mat.Equal(d, g.Decoders()) {
		t.Errorf("weights or decoders differ; error %v", r.Err())
	}
}

// A file that is not whole, or not ours, is refused and leaves the integrator
// it was to be read into as it was.
func TestBadFile(t *testing.T) {
	good := must[[]byte](t)(paper(t, 1).MarshalBinary())
	rewritten := func(old, new string) []byte { return tampered(t, good, old, new) }
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0x10
	for want, data := range map[string][]byte{
		"cut short":              good[:len(good)-100],
		"not an .npz archive":    []byte("x,y\n1,2\n"),
		"damaged":                flipped,
		"not a spikewalk":        rewritten(`"spikewalk attractor"`, `"spikewalk spiking network"`),
		"of the numerics":        rewritten(`"Numerics": `, `"Numerics": 99`),
		"want [41 1]":            rewritten(`"Neurons": 40`, `"Neurons": 41`),
		"40 × 1000000000":        rewritten(`"Dimensions": 1`, `"Dimensions": 1000000000`),
		`array "encoders"`:       rewritten(`"Dimensions": 1`, `"Dimensions": 2`),
		"TauSyn":                 rewritten(`"TauSyn": 0.1`, `"TauSyn": -1`),
		"refractory":             rewritten(`"Step": 0.0001`, `"Step": 0.003`),
		`"weights": missing`:     tampered(t, must[[]byte](t)(paper(t, 1, func(c *Config) { c.Form = Decoders }).MarshalBinary()), `"Form": "decoders"`, `"Form": "weights"`),
		"must be finite":         must[[]byte](t)(broken(t).MarshalBinary()),
		`"config.json": missing`: nil,
	} {
		if data == nil {
			var empty bytes.Buffer
			w := npz.NewWriter(&empty)
			w.Vector("gain", []float64{1})
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			data = empty.Bytes()
		}
		g := paper(t, 2)
		if err := g.UnmarshalBinary(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
		if !reflect.DeepEqual(g, paper(t, 2)) {
			t.Errorf("%s: a refused file changed the integrator", want)
		}
	}
	path := filepath.Join(t.TempDir(), "bad.npz")
	if err := os.WriteFile(path, good[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a bad file's error is %v", err)
	}
	if _, err := Load(path + ".missing"); !os.IsNotExist(err) {
		t.Errorf("a missing file's error is %v", err)
	}
	if err := paper(t, 1).Save(filepath.Join(path, "below a file.npz")); err == nil {
		t.Error("saving below a file: no error")
	}
}

// broken is an integrator with a weight that is no number.
func broken(t *testing.T) *Attractor {
	g := paper(t, 1)
	g.outgoing[3][4] /= 0 * g.outgoing[3][4]
	return g
}

// tampered is an integrator's file with another configuration in it.
func tampered(t *testing.T, data []byte, old, new string) []byte {
	t.Helper()
	r := must[*npz.Reader](t)(npz.NewReader(data))
	head := string(r.Bytes("config.json"))
	if !strings.Contains(head, old) {
		t.Fatalf("no %s in %s", old, head)
	}
	var buf bytes.Buffer
	w := npz.NewWriter(&buf)
	w.Bytes("config.json", []byte(strings.Replace(head, old, new, 1)))
	for _, name := range []string{"gain", "bias", "max_rates", "intercepts"} {
		w.Vector(name, r.Vector(name, -1))
	}
	w.Matrix("encoders", r.Matrix("encoders", 40, 1))
	w.Matrix("decoders", r.Matrix("decoders", 40, 1))
	if strings.Contains(head, `"weights"`) {
		w.Matrix("weights", r.Matrix("weights", 40, 40))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
