//go:build unix

package sweep

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostile are texts that a shell, or Slurm, would make something of: each would leave
// a file "ran" where the script runs.
var hostile = []string{
	"$(touch ran)", "`touch ran`", "'; touch ran; '", "\"; touch ran; \"", "a\ntouch ran\nb", "a\r\ntouch ran", "; touch ran", "& touch ran &",
	"| touch ran", "> ran", "${IFS}touch${IFS}ran", "\\'; touch ran; \\'", "a b\tc  d", "*", "~", "!!", "-n", "--wrap=touch ran", "#SBATCH --wrap=touch", "%j%u", "ü\u2028", "",
}

// What a name, an argument or a setting holds reaches the program as it is, and
// nothing else runs.
func TestNamesInScriptsAreHarmless(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "it's $(touch ran) `touch ran`\n\"touch ran\"; #")
	if err := os.MkdirAll(filepath.Join(folder, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	c := &cluster{folder: folder, Program: filepath.Join("bin", "pro'gram $(touch ran)"), Arguments: hostile}
	tell := "#!/bin/sh\nprintf '%s\\0' \"$@\" >told\nprintf '%s\\0' \"$SPIKEWALK_DATA\" \"$SPIKEWALK_SWEEP\" \"$SPIKEWALK_SWEEP_FOLDER\" \"$SPIKEWALK_SWEEP_LINES\" >set\n"
	if err := os.WriteFile(filepath.Join(folder, c.Program), []byte(tell), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, text := range hostile {
		c.Environment = settingsOf([]string{"SPIKEWALK_DATA=" + text, "SPIKEWALK_$(touch ran)=1", "SPIKEWALK_A;touch ran=2", "SPIKEWALK_\ntouch ran=3"})
		script := filepath.Join(t.TempDir(), "script.sh")
		if err := os.WriteFile(script, []byte(c.script(text, array{List: "jobs/000.rows", Rows: 10, PerTask: 3})), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("/bin/sh", script)
		cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), "SLURM_ARRAY_TASK_ID=2")
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Fatalf("%q: %v\n%s", text, err, out)
		}
		read := func(name string) []string {
			content, err := os.ReadFile(filepath.Join(cmd.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			return strings.Split(strings.TrimSuffix(string(content), "\x00"), "\x00")
		}
		if d := cmp.Diff(hostile, read("told")); d != "" {
			t.Errorf("the program is told other arguments: %s", d)
		}
		if d := cmp.Diff([]string{text, text, folder, "6-8"}, read("set")); d != "" {
			t.Errorf("the program has other settings: %s", d)
		}
		if _, err := os.Stat(filepath.Join(cmd.Dir, "ran")); err == nil {
			t.Fatalf("%q ran a command", text)
		}
	}
}

// A folder from elsewhere names no program outside of it, and no setting that is none.
func TestClusterFilesOfOthers(t *testing.T) {
	for _, c := range []cluster{
		{Program: "../../bin/sh"}, {Program: "/bin/sh"},
		{Environment: []string{"SPIKEWALK_$(touch ran)=1"}}, {Environment: []string{"LD_PRELOAD=x.so"}}, {Environment: []string{"SPIKEWALK_A\nB=1"}},
	} {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, clusterFile), text, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readCluster(folder); err == nil || !strings.Contains(err.Error(), "remove it") {
			t.Errorf("%s: error %v", text, err)
		}
	}
}
