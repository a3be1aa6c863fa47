package nb

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestMain lets the test binary stand for the programs that cells are.
func TestMain(m *testing.M) {
	switch os.Getenv("NB_TEST_HELPER") {
	case "":
		testkit.Main(m)
	case "memo":
		v := Get(memo("shared", testConfig{}, func() (int, error) {
			fmt.Println("built")
			time.Sleep(300 * time.Millisecond)
			return 42, nil
		}))
		fmt.Println("got", v)
	case "hang":
		_, _ = memo("shared", testConfig{}, func() (int, error) {
			fmt.Println("building")
			select {}
		})
	case "check":
		Check(nil)
		fmt.Println(Get(1, nil))
		Get(0, errors.New("emg: 81 samples, want 810"))
		fmt.Println("not reached")
	default:
		cells[os.Getenv("NB_TEST_HELPER")]()
	}
}

func helper(what string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "NB_TEST_HELPER="+what), env...)
	return cmd
}

// stderrOf returns what f writes to standard error.
func stderrOf(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	noPlace = sync.Once{}
	old := os.Stderr
	os.Stderr = w
	said := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		said <- string(b)
	}()
	defer func() { os.Stderr = old }()
	f()
	w.Close()
	return <-said
}

func TestCheckEndsTheCellInOneSentence(t *testing.T) {
	cmd := helper("check")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("ended with %v, want exit status 1", err)
	}
	if string(out) != "1\n" {
		t.Errorf("printed %q", out)
	}
	if got := string(exit.Stderr); got != "emg: 81 samples, want 810\n" {
		t.Errorf("said %q", got)
	}
}
