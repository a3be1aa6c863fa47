//go:build linux

package sweep

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// center is a Slurm of one node on the loopback, started for a test and ended by it.
type center struct {
	*testing.T
	folder, conf string
	ports        []int
	controller   *exec.Cmd
}

// newCenter starts munged, slurmctld and slurmd, with folders, ports and a key of
// their own.
func newCenter(t *testing.T) *center {
	t.Helper()
	testkit.Needs(t, "slurm-wlm", "munge", "root")
	for _, name := range []string{"sbatch", "slurmctld", "slurmd", "munged"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("there is no %s on this machine (on Debian: apt-get install slurm-wlm munge)", name)
		}
	}
	folder, err := os.MkdirTemp("", "slurm-") // short: sockets have short paths
	if err != nil {
		t.Fatal(err)
	}
	c := &center{T: t, folder: folder, conf: filepath.Join(folder, "slurm.conf"), ports: []int{freePort(t), freePort(t)}}
	t.Cleanup(func() { os.RemoveAll(folder) })
	c.munge()
	c.configure()
	t.Setenv("SLURM_CONF", c.conf)
	c.controller = c.start("slurmctld", "-D", "-f", c.conf)
	c.start("slurmd", "-D", "-f", c.conf, "-N", "localhost")
	c.await("a node that is idle", func() bool {
		out, _ := exec.Command("sinfo", "-h", "-o", "%T").Output()
		return strings.TrimSpace(string(out)) == "idle"
	})
	return c
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (c *center) munge() {
	key := filepath.Join(c.folder, "munge.key")
	if err := os.WriteFile(key, []byte(strings.Repeat("a key of no secrecy at all, for a test ", 8)), 0o400); err != nil {
		c.Fatal(err)
	}
	socket := filepath.Join(c.folder, "munge.socket")
	c.start("munged", "--foreground", "--force", "--socket="+socket, "--key-file="+key,
		"--pid-file="+filepath.Join(c.folder, "munged.pid"), "--log-file="+filepath.Join(c.folder, "munged.log"), "--seed-file="+filepath.Join(c.folder, "munged.seed"))
	c.await("munged", func() bool { _, err := os.Stat(socket); return err == nil })
}

func (c *center) configure() {
	text := fmt.Sprintf(`ClusterName=test
SlurmctldHost=localhost
SlurmctldPort=%d
SlurmdPort=%d
AuthType=auth/munge
AuthInfo=socket=%s
CredType=cred/munge
SlurmUser=root
StateSaveLocation=%[4]s/state
SlurmdSpoolDir=%[4]s/spool
SlurmctldPidFile=%[4]s/slurmctld.pid
SlurmdPidFile=%[4]s/slurmd.pid
SlurmctldLogFile=%[4]s/slurmctld.log
SlurmdLogFile=%[4]s/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
KillWait=5
MaxArraySize=41
NodeName=localhost CPUs=4 RealMemory=4000 State=UNKNOWN
PartitionName=test Nodes=localhost Default=YES MaxTime=60 State=UP OverSubscribe=NO
`, c.ports[0], c.ports[1], filepath.Join(c.folder, "munge.socket"), c.folder)
	for _, name := range []string{"state", "spool"} {
		if err := os.Mkdir(filepath.Join(c.folder, name), 0o755); err != nil {
			c.Fatal(err)
		}
	}
	if err := os.WriteFile(c.conf, []byte(text), 0o644); err != nil {
		c.Fatal(err)
	}
}

// start starts a daemon in the foreground, which ends with the test.
func (c *center) start(name string, args ...string) *exec.Cmd {
	c.Helper()
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	log, err := os.Create(filepath.Join(c.folder, name+".out"))
	if err != nil {
		c.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		done := make(chan struct{})
		go func() { _ = cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = cmd.Process.Kill()
		}
		if c.Failed() {
			text, _ := os.ReadFile(filepath.Join(c.folder, name+".log"))
			c.Logf("%s said last: %s", name, text[max(0, len(text)-1500):])
		}
	})
	return cmd
}

// restart kills the controller and starts another one.
func (c *center) restart() {
	c.Helper()
	_ = c.controller.Process.Kill()
	_, _ = c.controller.Process.Wait()
	c.controller = c.start("slurmctld", "-D", "-f", c.conf)
}

func (c *center) await(what string, so func() bool) {
	c.Helper()
	for begun := time.Now(); !so(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			c.Fatalf("%s: not within 30 s", what)
		}
	}
}

// TestMain is the program of a task, where it is started for one.
func TestMain(m *testing.M) {
	if os.Getenv(taskEnv) != "" {
		_, err := Run(context.Background(), hard(os.Getenv(taskFolderEnv)), Local{Folder: os.Getenv(taskFolderEnv)})
		fmt.Fprintln(os.Stderr, "the task went on:", err)
		os.Exit(3)
	}
	os.Exit(m.Run())
}

// trouble is a config whose row meets with something the first time.
type trouble struct {
	X        float64
	Trouble  string
	Folder   string // where it is noted that it was met
	Duration time.Duration
	Seed     uint64
}

type answer struct{ Y float64 }

// hard is a sweep of 200 rows, of which some kill their task, wait for its end, or fail.
func hard(folder string) Sweep[trouble, answer] {
	x := make([]float64, 40)
	for i := range x {
		x[i] = float64(i)
	}
	return Sweep[trouble, answer]{
		Name: "hard", Version: "test", Base: trouble{Folder: filepath.Dir(folder), Duration: 5 * time.Millisecond},
		Plan: Grid(Values("X", x...)).Seeds(5), Run: meet,
		Needs: func(trouble) Needs { return Needs{Memory: 1 << 20, Cores: 1} },
	}
}

// first tells whether something is met for the first time.
func (c trouble) first(what string) bool {
	f, err := os.OpenFile(filepath.Join(c.Folder, what), os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

func meet(ctx context.Context, c trouble) (answer, error) {
	time.Sleep(c.Duration)
	switch {
	case os.Getenv(taskEnv) == "": // here nothing happens
	case c.X == 7 && c.Seed == 3 && c.first("killed"):
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case c.X == 21 && c.Seed == 2 && c.first("late"):
		<-ctx.Done() // until the task is told that its time is up
		return answer{}, ctx.Err()
	}
	if c.X == 30 {
		return answer{}, fmt.Errorf("seed %d diverged", c.Seed)
	}
	return answer{c.X * c.X / float64(c.Seed)}, nil
}
