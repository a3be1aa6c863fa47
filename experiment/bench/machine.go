package bench

import (
	"os"
	"runtime"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
)

// machine is where the numbers were measured.
type machine struct {
	CPU   string `json:"cpu"`
	Cores int    `json:"cores"`
	// SIMD is what neuro.SIMD says.
	SIMD   string `json:"simd"`
	OS     string `json:"os"`
	Memory string `json:"memory"`
	Go     string `json:"go"`
	// Load is the number of processes that wanted to run, on average over
	// the minute before the start: others slow both sides of a pair, and
	// make what is measured on several cores worthless.
	Load string `json:"load_before"`
	// Limits are the measured limits.
	Limits limits `json:"limits"`
}

// here describes this machine. What a system does not tell is left out.
func here() machine {
	simd, _ := neuro.SIMD() // a wish that cannot be granted is the command's to refuse
	m := machine{
		CPU: runtime.GOARCH, Cores: runtime.NumCPU(), SIMD: simd,
		OS: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
	}
	if name := field("/proc/cpuinfo", "model name", ":"); name != "" {
		m.CPU = name
	}
	if name := strings.Trim(field("/etc/os-release", "PRETTY_NAME", "="), `"`); name != "" {
		m.OS = name + ", " + m.OS
	}
	m.Memory = field("/proc/meminfo", "MemTotal", ":")
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(load), " ")
	}
	return m
}

// field returns the value of the first line of a file that starts with a key.
func field(path, key, separator string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(text), "\n") {
		if k, v, ok := strings.Cut(line, separator); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return ""
}
