package spikewalk_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/data/nwb"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/compare"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/prepare"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// Factors and muscles of one's own are two matrices, time by channels.
func Example_ownRecording() {
	recording := data.SyntheticCycling(1) // yours: two T × channels matrices
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	check(err)
	source, err := task.NewSource(k)
	check(err)
	model, err := spiking.Transfer(context.Background(), small(), source)
	check(err)
	rec, err := model.Test(context.Background(), source, few())
	check(err)
	factors, muscles := rec.MedianErrors()
	fmt.Println(factors < 1, muscles < 1)
	// Output: true true
}

// A recording of the DANDI archive is read where it is, or downloaded.
func Example_recordingFromDANDI() {
	defer archive()() // of one session, on this machine
	ctx := context.Background()

	set, err := data.DANDI(ctx, "dandi:000941")
	check(err)
	fmt.Printf("%s, %s: cite %s\n", set.Name, set.Terms(), set.Citation)
	session, err := set.Asset("session") // the only file with that in its path
	check(err)

	remote, err := session.Open(ctx)
	check(err)
	defer remote.Close()
	f, err := nwb.NewReader(remote, remote.Size())
	check(err)
	times, err := f.Unit(0) // downloads what holds it
	check(err)

	path, err := session.Fetch(ctx) // downloads all of it, once, and verifies it
	check(err)
	file, err := data.Open(path)
	check(err)
	rec, err := file.Recording(data.Layout{}) // an NWB file says itself what is where
	check(err)

	fmt.Println(len(times) > 0, rec.Units == f.Units())
	// Output:
	// Sessions, CC-BY-4.0: cite A. Author (2024)
	// true true
}

// An NWB file says itself what it holds.
func Example_readNWB() {
	session := nwbSession()
	file, err := data.Open(session)
	check(err)
	rec, err := file.Recording(data.Layout{})
	check(err)
	fmt.Println(rec.Units, "units,", len(rec.Trials), "trials,", len(rec.Series), "series")
	// Output: 4 units, 3 trials, 12 series
}

// What an NWB file leaves open a layout says.
func Example_readNWBJoined() {
	session := nwbSession()
	file, err := data.Open(session)
	check(err)
	rec, err := file.Recording(data.Layout{NWB: data.NWBLayout{
		Joined:    []string{"preprocessed_emg"},       // a series of that name, a channel for each muscle
		TimeUnits: map[string]float64{"units": 0.001}, // spike times are milliseconds
	}})
	check(err)
	fmt.Println(rec.Series["preprocessed_emg"].Names)
	// Output: [BIC DELT TRI]
}

// Of a MAT-file a layout says what it holds: here a struct for each trial.
func Example_readStructs() {
	for _, session := range []string{"data/testdata/layouts/session.mat", "data/testdata/layouts/session73.mat"} {
		readStructs(session)
	}
	// Output:
	// 3 units, 4 trials, go 0.20 s after the start of the first
	// 3 units, 4 trials, go 0.20 s after the start of the first
}

func readStructs(session string) {
	file, err := data.Open(session)
	check(err)
	rec, err := file.Recording(data.Layout{
		TimeUnit: "s",
		Clock:    "trial", // spikes and events count from the start of each trial
		Spikes:   data.SpikeLayout{Times: "trial(k).spikes{u}"},
		Series: map[string]data.SeriesLayout{
			"emg": {Values: []string{"trial(k).emg"}, Axes: "time channel", Rate: 100, Unit: "mV"},
		},
		Trials: data.TrialLayout{
			Start:     "trial(k).start", // without it, trials are laid end to end
			Condition: "trial(k).cond",
			Events:    map[string]string{"go": "trial(k).go"},
		},
	})
	check(err)
	fmt.Printf("%d units, %d trials, go %.2f s after the start of the first\n", rec.Units, len(rec.Trials), rec.Trials[0].Events["go"])
}

// Counts in bins have a width and axes.
func Example_readCounts() {
	counted := data.Layout{
		Spikes: data.SpikeLayout{Counts: "counts", Axes: "trial time unit", Bin: 0.01}, // s
		Series: map[string]data.SeriesLayout{"emg": {Values: []string{"emg"}, Axes: "trial time channel", Rate: 100}},
	}
	file, err := data.Open("data/testdata/layouts/session.npz")
	check(err)
	rec, err := file.Recording(counted)
	check(err)
	fmt.Println(rec.Units, "units,", len(rec.Spikes.Times), "spikes,", len(rec.Trials), "trials of", rec.Trials[0].Steps(), "steps")
	// Output: 3 units, 71 spikes, 4 trials of 60 steps
}

// Tables of text have columns with units.
func Example_readTables() {
	here := folder()
	check(os.WriteFile(filepath.Join(here, "spikes.csv"), []byte("time [ms],unit\n12,A\n15,B\n21,A\n"), 0o644))
	check(os.WriteFile(filepath.Join(here, "muscles.csv"), []byte("time [s],emg_biceps (mV),emg_triceps (mV)\n0,0.1,0.2\n0.01,0.3,0.1\n"), 0o644))
	check(os.WriteFile(filepath.Join(here, "trials.csv"), []byte("start (s),stop (s),move (s),target\n0,0.01,0.005,left\n0.01,0.03,0.02,right\n"), 0o644))

	spikes, err := data.Open(filepath.Join(here, "spikes.csv")) // time [ms],unit
	check(err)
	rec, err := spikes.Recording(data.Layout{Spikes: data.SpikeLayout{Times: "time", Units: "unit"}})
	check(err)
	muscles, err := data.Open(filepath.Join(here, "muscles.csv")) // time [s],emg_biceps (mV),emg_triceps (mV)
	check(err)
	emg, err := muscles.Recording(data.Layout{Series: map[string]data.SeriesLayout{"emg": {Values: []string{"emg_*"}, Times: "time"}}})
	check(err)
	table, err := data.Open(filepath.Join(here, "trials.csv")) // start (s),stop (s),move (s),target
	check(err)
	trials, err := table.Recording(data.Layout{Clock: "session", Trials: data.TrialLayout{
		Start: "start", Stop: "stop", Condition: "target", Events: map[string]string{"move": "move"},
	}})
	check(err)
	rec, err = recording.Combine(rec, emg, trials) // parts of one session, with one clock
	check(err)
	fmt.Println(rec.Spikes.Times, rec.Series["emg"].Names, rec.Series["emg"].Unit, rec.Conditions, len(rec.Trials))
	// Output: [0.012 0.015 0.021] [emg_biceps emg_triceps] mV [left right] 2
}

// From a recording to a network that is scored on trials that nobody has seen.
func Example_score() {
	session, err := data.SyntheticSession(data.ExampleConfig())
	check(err)
	ctx, rec := context.Background(), session.Recording

	units, err := prepare.ChooseUnits(rec, prepare.UnitRules{LeastRate: 0.5, LeastObserved: 0.9})
	check(err)
	trials, err := prepare.ChooseTrials(rec, prepare.TrialRules{Where: map[string][]string{"result": {"R"}}})
	check(err)
	targets, err := prepare.ConditionsOf(rec, "target_dir")
	check(err)
	set, err := prepare.Cut(rec, prepare.Config{
		Units: units.Kept, Trials: trials.Kept, Conditions: targets,
		Align: "move_onset_time", From: -0.3, To: 0.6, Dt: 0.02, Edges: prepare.LeftClosed, // s; bins are [a, b)
		Series: map[string]prepare.Stamps{"emg": prepare.BinEnd}, Lags: map[string]float64{"emg": 0.05},
	})
	check(err)
	fmt.Println(units, "-", trials, "-", set.Dropped) // what was left out, and why

	rated, err := set.Rates(prepare.Gaussian(0.04)) // in Hz
	check(err)
	split, err := rated.HoldOut(0.25, 1)
	check(err)
	split, err = split.WithFactors("factors", prepare.Rates, 7) // PCA of the training trials' averages
	check(err)

	reaches, err := split.Train.Task("factors", "emg") // the averages of each condition
	check(err)
	source, err := task.NewSource(reaches)
	check(err)
	model, err := spiking.Transfer(ctx, small(), source)
	check(err)
	test := spiking.DefaultTest()
	test.Trials, test.Recorded = 48, 48 // kept in full, since they are compared
	done, err := model.Test(ctx, source, test)
	check(err)

	h := compare.NewHeldOut(split, "emg")
	mean, err := h.ConditionMean() // the best that a network can do that is told the condition
	check(err)
	decoder, err := h.Decoder(compare.NLBDecoder())
	check(err)
	network, err := h.Taught("spiking network", done) // by the averages, as above
	check(err)
	table, err := h.Compare(mean, decoder, network) // nMSE, R² and their intervals, of each muscle too
	check(err)

	fmt.Println(len(table.Rows), "models,", len(table.Channels), "muscles,", table.Trials, "trials")
	// Output:
	// 59 of 61 units; dropped: 1 (observed in less than 0.9 of the trials), 1 (no spikes) - 101 of 112 trials; dropped: 11 (result is not R) - [{move_onset_time has no time [15 36 65 77]} {not all units were observed [45 46]} {emg has a gap [79 80]}]
	// 3 models, 16 muscles, 24 trials
}

// The model of neurons is a field of the configuration.
func Example_neuronModel() {
	cfg := spiking.DePasquale2023()
	cfg.Neuron = neuron.LIF{Tau: 0.02, Threshold: 0, Reset: -10, Refractory: 0.002} // s
	cfg.TauSlow, cfg.TauFast = 0.1, 0.005
	cfg.FastWeights = 0
	fmt.Println(cfg.Validate())

	units := rate.DePasquale2018()
	units.Activation = rate.RectifiedTanh
	units.RunningNoise = 0.01
	fmt.Println(units.Validate())

	biased := rate.DePasquale2018()
	biased.BiasScale = 0.5
	fmt.Println(biased.Validate())
	// Output:
	// <nil>
	// <nil>
	// <nil>
}

// A saved network goes on from its file as it would have gone on without.
func Example_saveAndContinue() {
	ctx := context.Background()
	model, err := spiking.Transfer(ctx, small(), source())
	check(err)
	path := filepath.Join(folder(), "cycling.npz")
	check(model.Save(path))

	loaded, err := spiking.Load(path)
	check(err)
	check(loaded.Train(ctx, source(), 2))
	check(model.Train(ctx, source(), 2))
	fmt.Println(mat.Equal(loaded.Decoder(), model.Decoder()))
	// Output: true
}

// A network trained elsewhere comes in by the names of its arrays.
func Example_networkFromElsewhere() {
	arrays := map[string]*mat.Dense{ // as data.ReadTree gives them
		"weight_ih_l0": mat.NewDense(3, 1, []float64{1, 0, 0}),
		"weight_hh_l0": mat.NewDense(3, 3, []float64{0, 0, 0.9, 0.9, 0, 0, 0, 0.9, 0}),
		"fc.weight":    mat.NewDense(1, 3, []float64{0, 0, 1}),
	}
	net, imported, err := rate.Import(arrays, rate.PyTorch(0.01))
	check(err)
	fmt.Print(net.Units(), " units\n", imported)
	// Output:
	// 3 units
	// recurrent weights: weight_hh_l0, 3 x 3 by rows
	// input weights: weight_ih_l0, 3 x 1
	// readout: fc.weight, 1 x 3
}

// Spike trains are cut into trials and measured.
func Example_spikeTrains() {
	source := source()
	model, err := spiking.Transfer(context.Background(), small(), source)
	check(err)
	test := few()
	test.Recorded = test.Trials
	rec, err := model.Test(context.Background(), source, test)
	check(err)

	trains, err := rec.Trains()
	check(err)
	fano, err := trains.Fano(0.1)
	check(err)
	fmt.Println(fano.Median() > 0, trains.CV2().Median() > 0)
	// Output: true true
}

// A figure for a column of a journal, in vectors, with its numbers beside it.
func Example_figureForAPaper() {
	source := source()
	model, err := spiking.Transfer(context.Background(), small(), source)
	check(err)
	rec, err := model.Test(context.Background(), source, few())
	check(err)
	here := folder()

	fig := plotting.Figure(
		plotting.Outputs(rec.Outputs).Names("biceps", "triceps", "deltoid"),
		plotting.Raster(rec.Spikes).Rows(rec.Units),
	).Width(plotting.ColumnWidth)
	check(fig.Save(filepath.Join(here, "muscles.pdf"), filepath.Join(here, "muscles.svg"), filepath.Join(here, "muscles.json")))
	files, err := filepath.Glob(filepath.Join(here, "muscles.*"))
	check(err)
	fmt.Println(len(files), "files")
	// Output: 3 files
}

// Weights that follow a changing world forget the past.
func Example_forgetting() {
	drifting := rate.DePasquale2018()
	drifting.RLS.Forgetting = 1e-4 // the last 10,000 updates count
	fmt.Println(drifting.Validate())
	// Output: <nil>
}

// A watcher sees every trial and may end the training.
func Example_stopEarly() {
	goodEnough := func(p neuro.Progress) error {
		if p.Stage == "train" && p.Error < 0.5 {
			return neuro.ErrStop
		}
		return nil
	}
	model, err := spiking.Transfer(neuro.WithWatch(context.Background(), goodEnough), small(), source())
	check(err)
	fmt.Println(len(model.Training().FactorErrors) < small().TrainingTrials)
	// Output: true
}

// A training that was killed goes on when the program is run again.
func Example_goOn() {
	here := folder()
	states := neuro.DefaultCheckpoints(filepath.Join(here, "states"))
	ctx := neuro.WithCheckpoints(context.Background(), states)
	model, err := spiking.Transfer(ctx, small(), source())
	check(err)
	check(model.Save(filepath.Join(here, "kept.npz")))
	check(states.Remove())
	_, err = os.Stat(states.Folder)
	fmt.Println(errors.Is(err, os.ErrNotExist))
	// Output: true
}

// TestMain takes away what examples write.
func TestMain(m *testing.M) {
	temporary, err := os.MkdirTemp("", "howto")
	check(err)
	check(os.Setenv("TMPDIR", temporary))
	code := m.Run()
	check(os.RemoveAll(temporary))
	os.Exit(code)
}

// TestHowToPage keeps the page of recipes to code that the examples run.
func TestHowToPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("docs", "howto.md"))
	check(err)
	source, err := os.ReadFile("howto_test.go")
	check(err)
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 5 {
		t.Fatalf("only %d blocks of Go were found on the page", len(blocks))
	}
	for _, block := range blocks {
		indented := "\n\t" + strings.ReplaceAll(strings.TrimSpace(block[1]), "\n", "\n\t") + "\n"
		indented = strings.ReplaceAll(indented, "\n\t\n", "\n\n")
		if !strings.Contains(string(source), indented) {
			t.Errorf("no example has these lines:\n%s", block[1])
		}
	}
}

// small is a network for examples.
func small() spiking.Config {
	cfg := spiking.HighGain()
	cfg.Neurons, cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 100, 2, 5, 10
	return cfg
}

// few trials, for examples.
func few() spiking.TestConfig {
	test := spiking.DefaultTest()
	test.WarmUpTrials, test.Trials = 2, 5
	return test
}

func source() task.Source {
	recording := data.SyntheticCycling(1)
	k, err := task.NewCycling(recording.Factors, recording.EMG, recording.Dt)
	check(err)
	source, err := task.NewSource(k)
	check(err)
	return source
}

// nwbSession is the path of a small NWB file.
func nwbSession() string {
	archive, err := zip.OpenReader("data/nwb/testdata/files.zip")
	check(err)
	defer archive.Close()
	in, err := archive.Open("session.nwb")
	check(err)
	content, err := io.ReadAll(in)
	check(err)
	path := filepath.Join(folder(), "session.nwb")
	check(os.WriteFile(path, content, 0o644))
	return path
}

func folder() string {
	folder, err := os.MkdirTemp("", "howto")
	check(err)
	return folder
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}
