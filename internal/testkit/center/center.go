//go:build linux

// Package center starts a Slurm of one node for tests, and ends it with them.
package center

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

// Center is a Slurm of one node on the loopback, started for a test and ended by it.
type Center struct {
	*testing.T
	folder, conf string
	ports        []int
	controller   *exec.Cmd
}

// New starts munged, slurmctld and slurmd, with folders, ports and a key of
// their own.
func New(t *testing.T) *Center { return NewBy(t, `exec "$@"`) }

// NewBy lets a line of shell start the node.
func NewBy(t *testing.T, by string) *Center {
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
	c := &Center{T: t, folder: folder, conf: filepath.Join(folder, "slurm.conf"), ports: []int{freePort(t), freePort(t)}}
	t.Cleanup(func() { os.RemoveAll(folder) })
	c.munge()
	c.configure()
	t.Setenv("SLURM_CONF", c.conf)
	c.controller = c.start("slurmctld", "-D", "-f", c.conf)
	c.node(by)
	return c
}

// node starts the daemon of the node by a line of shell, and waits for it.
func (c *Center) node(by string) {
	c.Helper()
	c.start("unshare", "--mount", "sh", "-ec", by, "slurmd", "slurmd", "-D", "-f", c.conf, "-N", "localhost")
	c.Await("a node that is idle", func() bool {
		out, _ := exec.Command("sinfo", "-h", "-o", "%T").Output()
		return strings.TrimSpace(string(out)) == "idle"
	})
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

func (c *Center) munge() {
	key := filepath.Join(c.folder, "munge.key")
	if err := os.WriteFile(key, []byte(strings.Repeat("a key of no secrecy at all, for a test ", 8)), 0o400); err != nil {
		c.Fatal(err)
	}
	socket := filepath.Join(c.folder, "munge.socket")
	c.start("munged", "--foreground", "--force", "--socket="+socket, "--key-file="+key,
		"--pid-file="+filepath.Join(c.folder, "munged.pid"), "--log-file="+filepath.Join(c.folder, "munged.log"), "--seed-file="+filepath.Join(c.folder, "munged.seed"))
	c.Await("munged", func() bool { _, err := os.Stat(socket); return err == nil })
}

func (c *Center) configure() {
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
func (c *Center) start(name string, args ...string) *exec.Cmd {
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

// Restart ends the controller as an operator does, and starts another one.
// (A controller that is killed outright forgets what it has done in its last
// seconds, and takes the node out of service when it finds its own task there.)
func (c *Center) Restart() {
	c.Helper()
	_ = c.controller.Process.Signal(syscall.SIGTERM)
	if _, err := c.controller.Process.Wait(); err != nil {
		c.Errorf("the controller does not end: %v", err)
	}
	c.controller = c.start("slurmctld", "-D", "-f", c.conf)
}

// Bounded is a context that ends, with what Slurm says then, before a test is
// thought to hang.
func (c *Center) Bounded() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	c.Cleanup(func() {
		if ctx.Err() != nil {
			for _, args := range [][]string{{"squeue", "--array", "--format=%F_%K %T %r"}, {"sinfo", "-R"}} {
				out, _ := exec.Command(args[0], args[1:]...).CombinedOutput()
				c.Logf("not done in two minutes; %s: %s", args[0], out)
			}
		}
		cancel()
	})
	return ctx
}

// Await waits for a minute at most.
func (c *Center) Await(what string, so func() bool) {
	c.Helper()
	for begun := time.Now(); !so(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			c.Fatalf("%s: not within a minute", what)
		}
	}
}
