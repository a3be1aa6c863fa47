package rate

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func TestSavedAndLoadedRunsToTheSameBits(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	full, err := Train(ctx, FullForce{}, small(), task.SweptOscillation())
	if err != nil {
		t.Fatal(err)
	}
	readoutOnly, err := Train(ctx, Force{}, small(), task.SumOfSinusoids())
	if err != nil {
		t.Fatal(err)
	}
	biased := *full.Network
	biased.Bias = make([]float64, biased.Units())
	biased.Bias[3] = 0.5
	everything, its := every(t, Discrete, 0.002)
	everything.Restart, everything.Noise = true, 0.1
	for name, c := range map[string]struct {
		net  *Network
		task task.Task
	}{
		"full-FORCE":                {full.Network, task.SweptOscillation()},
		"FORCE, without inputs":     {readoutOnly.Network, task.SumOfSinusoids()},
		"with biases, without loop": {&biased, task.SweptOscillation()},
		"with all there is":         {everything, its},
	} {
		path := filepath.Join(dir, "net.npz")
		if err := c.net.Save(path); err != nil {
			t.Fatal(err)
		}
		loaded, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := c.net.Test(ctx, c.task, TestConfig{Trials: 2, Recorded: 2, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		got, err := loaded.Test(ctx, c.task, TestConfig{Trials: 2, Recorded: 2, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if !mat.Equal(want.Activity, got.Activity) {
			t.Errorf("%s: the loaded network runs differently", name)
		}
	}
}

// A file from before networks had an activation, noise, a restart and an output
// bias is of a network of tanh that has none of them.
func TestOldFilesLoad(t *testing.T) {
	var buf bytes.Buffer
	w := npz.NewWriter(&buf)
	w.Header(&struct {
		npz.Stamp
		Form                   Form
		Tau, Dt                float64
		Units, Inputs, Outputs int
		HasFeedback, HasBias   bool
	}{stamp(), Rate, 0.010, 0.001, 2, 0, 1, false, true})
	w.Matrix("J", mat.NewDense(2, 2, []float64{1, 2, 3, 4}))
	w.Matrix("W", mat.NewDense(1, 2, []float64{5, 6}))
	w.Vector("x0", []float64{7, 8})
	w.Vector("b", []float64{9, 10})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var got Network
	if err := got.UnmarshalBinary(buf.Bytes()); err != nil {
		t.Fatal(err)
	}
	want := Network{
		Form: Rate, Tau: 0.010, Dt: 0.001, Recurrent: mat.NewDense(2, 2, []float64{1, 2, 3, 4}),
		Readout: mat.NewDense(1, 2, []float64{5, 6}), Initial: []float64{7, 8}, Bias: []float64{9, 10},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestDamagedNetworkFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "net.npz")
	if err := (&Network{}).Save(path); err == nil {
		t.Error("an empty network was saved")
	}
	fit, err := Train(context.Background(), Force{}, small(), task.SweptOscillation())
	if err != nil {
		t.Fatal(err)
	}
	if err := fit.Network.Save(path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)/2] ^= 0xff
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/3], "flipped": flipped, "text": []byte("hello")} {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
}

// Networks that an earlier version trained and saved load and do what they did.
func TestNetworksOfBeforeLoad(t *testing.T) {
	for name, want := range map[string]struct {
		form             Form
		output, activity float64
	}{
		"before_force":     {Rate, 0x1.a78de7f3ec14ep+00, 0x1.df04fbb9af146p-03}, // sparse, with biases, noise and restarts
		"before_fullforce": {Current, -0x1.a7c149380841ap-03, -0x1.dcc8ca1f5e11ep-03},
	} {
		net, err := Load(filepath.Join("testdata", name+".npz"))
		if err != nil {
			t.Fatal(err)
		}
		rec, err := net.Test(context.Background(), task.SweptOscillation(), TestConfig{Trials: 2, Recorded: 2, Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		if z, r := rec.Outputs.At(3999, 0), rec.Activity.At(3000, 4); net.Form != want.form || z != want.output || r != want.activity {
			t.Errorf("%s: %s, output %x, activity %x, want %+v", name, net.Form, z, r, want)
		}
	}
}
