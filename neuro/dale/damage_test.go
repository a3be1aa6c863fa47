package dale

import (
	"context"
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro/internal/golden"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// The file was saved in November 2026, and compressed.
const oldFile = "testdata/network.npz"

func TestOldFilesLoadAndDamagedOnesDoNot(t *testing.T) {
	testkit.Saved(t, oldFile, testkit.Again[Network])
	old, err := os.ReadFile(oldFile)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Missing(t, old, testkit.Again[Network])
}

func FuzzLoad(f *testing.F) { testkit.FuzzSaved(f, oldFile, testkit.Again[Network]) }

// A network that was saved when all neurons were leaky integrate-and-fire ones
// does what it did.
func TestOldFilesDoWhatTheyDid(t *testing.T) {
	m := must[*Network](t)(Load(oldFile))
	if m.Config.Neuron != (neuron.LIF{Tau: 0.010, Reset: -10}) {
		t.Errorf("loaded %+v", m.Config.Neuron)
	}
	golden.Check(t, golden.Hash{Bits: "dd9770acec80b214", Numerics: 4}, func() [][]float64 {
		cfg := spiking.TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 2, Entrain: 1, Seed: 8}
		rec := must[*recording.Recording](t)(m.Test(context.Background(), wave.Source(60), cfg))
		return [][]float64{rec.Spikes.Times, rec.Factors.Values.RawMatrix().Data, rec.Outputs.Values.RawMatrix().Data, rec.FactorErrors, rec.Rates}
	})
}
