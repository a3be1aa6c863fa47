//go:build linux

package process

import (
	"os"
	"testing"
	"time"
)

func TestProgramsWithoutTheirFolderEnd(t *testing.T) {
	folder := t.TempDir()
	gone, there := folder+"/gone", folder+"/there"
	ended := map[string]chan error{}
	for _, home := range []string{gone, there} {
		if err := os.Mkdir(home, 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := shell("exec sleep 60")
		cmd.Env = append(os.Environ(), "SPIKEWALK_TEST_HOME="+home)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer cmd.Process.Kill()
		end := make(chan error, 1)
		ended[home] = end
		go func() { end <- cmd.Wait() }()
	}
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	EndHomeless("SPIKEWALK_TEST_HOME")
	select {
	case <-ended[gone]:
	case <-time.After(10 * time.Second):
		t.Error("the program whose folder is gone runs on")
	}
	select {
	case err := <-ended[there]:
		t.Errorf("the program whose folder is there ended: %v", err)
	default:
	}
}
