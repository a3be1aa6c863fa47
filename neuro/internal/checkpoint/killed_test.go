//go:build unix

package checkpoint_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

const (
	folderEnv = "CHECKPOINT_TEST_FOLDER" // of the child's checkpoints
	limitEnv  = "CHECKPOINT_TEST_LIMIT"  // bytes that a file of the child may have
)

// TestMain lets the test binary be the program that is killed.
func TestMain(m *testing.M) {
	folder := os.Getenv(folderEnv)
	if folder == "" {
		os.Exit(m.Run())
	}
	if limit, err := strconv.ParseUint(os.Getenv(limitEnv), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			panic(err)
		}
	}
	ctx := neuro.WithCheckpoints(context.Background(), neuro.Checkpoints{
		Folder: folder, Trials: 1, Tell: func(text string) { fmt.Println("told", text) },
	})
	sum, err := walk(ctx, func(name string, done int) { fmt.Println("done", name, done) })
	if err != nil {
		panic(err)
	}
	fmt.Println("sum", sum)
}

// walk is a program that trains a rate network, then spiking ones, and lets
// an integrator live. The sum is of all that comes out, to the bit.
func walk(ctx context.Context, tell func(name string, done int)) (sum string, err error) {
	watched := func(name string) context.Context {
		return neuro.WithWatch(ctx, func(p neuro.Progress) error {
			if p.Stage != "test" { // which is not kept, and run from its beginning
				tell(name, p.Done)
			}
			return nil
		})
	}
	sweep := task.SweptOscillation()
	rates := rate.DePasquale2018()
	rates.Units, rates.WarmUpTrials, rates.TrainingTrials, rates.TestTrials = 60, 5, 25, 1
	fit, err := rate.Train(watched("rates"), rate.FullForce{}, rates, sweep)
	if err != nil {
		return "", err
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(6))
	if err != nil {
		return "", err
	}
	source, err := rate.NewSource(fit.Network, basis, sweep)
	if err != nil {
		return "", err
	}
	spikes := spiking.DePasquale2023()
	spikes.Neurons, spikes.Gain, spikes.WarmUpTrials, spikes.DemeaningTrials, spikes.TrainingTrials = 100, 6, 3, 5, 20
	model, err := spiking.Transfer(watched("spikes"), spikes, source)
	if err != nil {
		return "", err
	}
	signs := dale.Sparse()
	signs.Neurons, signs.Rounds, signs.TrialsPerRound, signs.ValidationTrials = 60, 5, 2, 1
	constrained, err := dale.Transfer(watched("signs"), signs, source)
	if err != nil {
		return "", err
	}
	eye, err := perturbed()
	if err != nil {
		return "", err
	}
	lived, err := integrator.Live(watched("eye"), eye, integrator.Light(30))
	if err != nil {
		return "", err
	}
	return kept.Key("what comes out", fit, model, constrained, constrained.Training, eye, lived)
}

// alone is what comes out without checkpoints.
var alone = sync.OnceValues(func() (string, error) { return walk(context.Background(), func(string, int) {}) })

func perturbed() (*attractor.Attractor, error) {
	pop, err := nef.NewPopulation(nef.MacNeil2011())
	if err != nil {
		return nil, err
	}
	eye, err := integrator.New(pop, integrator.MacNeil2011())
	if err != nil {
		return nil, err
	}
	return eye.PerturbDecoders(0.15, 1)
}

// end is when and how a program is ended: some time after it has said of so many
// trials that they are done. The zero value lets it be.
type end struct {
	trials int
	after  time.Duration
	by     os.Signal
}

// child is the program, until it ends or is ended.
type child struct {
	sum  string
	told []string
	last map[string]int // the trials that each part said were done
	from map[string]int // where it went on
	err  error
}

func run(t *testing.T, folder string, how end, env ...string) (c child) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), folderEnv+"="+folder), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := 0
	say := func() {
		if said++; said == how.trials+1 && how.by != nil {
			time.AfterFunc(how.after, func() { _ = cmd.Process.Signal(how.by) })
		}
	}
	say()
	c.last, c.from = map[string]int{}, map[string]int{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, rest, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "sum":
			c.sum = rest
		case "told":
			c.told = append(c.told, rest)
		case "done":
			var name string
			var done int
			if _, err := fmt.Sscan(rest, &name, &done); err != nil {
				continue // cut short by the kill
			}
			if c.from[name] == 0 {
				c.from[name] = done
			}
			c.last[name] = done
			say()
		}
	}
	if c.err = cmd.Wait(); c.err != nil && how.by == nil {
		t.Fatalf("%v\n%s", c.err, stderr.String())
	}
	return c
}

// signals end a program that does not expect them.
var signals = []os.Signal{syscall.SIGKILL, syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT}

// A program that is killed again and again, at whatever instant, loses no trial that
// it has said was done, and ends with the bits of one that nobody has killed.
func TestKilled(t *testing.T) {
	kills := 20
	if testkit.All() {
		kills = 200
	}
	if testing.Short() {
		t.Skip("a few seconds")
	}
	begun := time.Now()
	want, err := alone()
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(begun)
	random, folder, ended := rand.New(rand.NewPCG(1, 2)), t.TempDir(), 0
	reached := map[string]int{}
	for killed := 0; killed < kills; {
		c := run(t, folder, end{random.IntN(9), time.Duration(random.IntN(40)) * time.Millisecond, signals[random.IntN(len(signals))]})
		for name, from := range c.from {
			if from < reached[name] {
				t.Errorf("%d trials of the %s were done, and it went on after %d", reached[name], name, from-1)
			}
		}
		for name, last := range c.last {
			reached[name] = max(reached[name], last)
		}
		if len(c.told) > 0 {
			t.Errorf("told %q", c.told)
		}
		if c.err != nil {
			killed++
			continue
		}
		ended++
		if c.sum != want {
			t.Fatalf("after %d kills another result", killed)
		}
		clear(reached)
		if err := (neuro.Checkpoints{Folder: folder}).Remove(); err != nil {
			t.Fatal(err)
		}
	}
	if c := run(t, folder, end{}); c.sum != want {
		t.Error("at the end another result")
	}
	left, err := filepath.Glob(filepath.Join(folder, ".*"))
	if err != nil || len(left) > 1 {
		t.Errorf("what killed programs were writing is still there: %q, %v", left, err)
	}
	t.Logf("%d kills in %.1f s of a program that takes %.1f s: it ended %d times with the same bits, and no trial that was done was lost",
		kills, time.Since(begun).Seconds(), took.Seconds(), ended+1)
}

// Where a file may have so many bytes and no more, as on a full disk, the program
// says once of each part that it cannot be kept, and ends with the same bits. What is kept is
// whole.
func TestNoRoom(t *testing.T) {
	want, err := alone()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	c := run(t, folder, end{}, limitEnv+"=20000")
	if c.sum != want || len(c.told) != 4 || !strings.Contains(c.told[0], "file too large") {
		t.Errorf("told %q, the same result: %t", c.told, c.sum == want)
	}
	if again := run(t, folder, end{}); again.sum != want || len(again.told) > 0 {
		t.Errorf("with room: told %q, the same result: %t", again.told, again.sum == want)
	}
}
