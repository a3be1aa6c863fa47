package kernel

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestUse(t *testing.T) {
	was := Level()
	defer func() { _ = Use(was) }()
	for _, l := range Levels() {
		if err := Use(l); err != nil || Level() != l {
			t.Errorf("Use(%q): %v, level %s", l, err, Level())
		}
	}
	at := Level()
	for _, bad := range []string{"", "sse", "AVX2"} {
		err := Use(bad)
		if err == nil || !strings.Contains(err.Error(), "want one of none") || Level() != at {
			t.Errorf("Use(%q): %v, level %s", bad, err, Level())
		}
	}
	for _, l := range levelNames {
		if err := Use(l); !slices.Contains(Levels(), l) && (err == nil || !strings.Contains(err.Error(), "this machine has none")) {
			t.Errorf("Use(%q): %v", l, err)
		}
	}
}

// TestEnvironment starts this test again under settings of SPIKEWALK_SIMD.
func TestEnvironment(t *testing.T) {
	if os.Getenv("SPIKEWALK_KERNEL_CHILD") != "" {
		os.Stdout.WriteString("level=" + Level() + ";")
		if err := Err(); err != nil {
			os.Stdout.WriteString("err=" + err.Error() + ";")
		}
		return
	}
	best := Levels()[len(Levels())-1]
	for wish, want := range map[string]string{
		"none":   "level=none;PASS",
		best:     "level=" + best + ";PASS",
		"":       "level=" + best + ";PASS",
		"avx999": "level=" + best + `;err=SPIKEWALK_SIMD: unknown instruction set "avx999"`,
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestEnvironment$")
		cmd.Env = append(os.Environ(), "SPIKEWALK_KERNEL_CHILD=1", Environment+"="+wish)
		out, err := cmd.CombinedOutput()
		if errors.Is(err, syscall.ENOEXEC) {
			t.Skip("under an emulator that starts no other program")
		}
		if err != nil || !strings.HasPrefix(string(out), want) {
			t.Errorf("%s=%s: %s, %v; want %s", Environment, wish, out, err, want)
		}
	}
}

// TestLengths: a wrong call panics before any memory is touched.
func TestLengths(t *testing.T) {
	x, y := make([]float64, 8), make([]float64, 7)
	for name, call := range map[string]func(){
		"Dot":                   func() { Dot(x, y) },
		"Axpy":                  func() { Axpy(x, 1, y) },
		"Add":                   func() { Add(y, x) },
		"Sum3":                  func() { Sum3(x, x, x, y) },
		"Relax":                 func() { Relax(x, y, 1) },
		"RelaxTanh":             func() { RelaxTanh(x, y, x, 1) },
		"Tanh":                  func() { Tanh(x, y) },
		"LIF":                   func() { LIF(x, y, 1, 1, 0, nil) },
		"AddRows beyond":        func() { AddRows(y, x, 7, []int{0, 1}) },
		"AddRows negative":      func() { AddRows(y, x, 7, []int{-1}) },
		"AddRows overflow":      func() { AddRows(y, x, math.MaxInt/2, []int{math.MaxInt / 2}) },
		"DecayAddRows beyond":   func() { DecayAddRows(y, 1, x, 1, []int{2}) },
		"MulRows beyond":        func() { MulRows(y[:2], y[:4], x, 3, false) },
		"MulRows stride":        func() { MulRows(y[:2], y[:4], x, -1, false) },
		"SubRows beyond":        func() { SubRows(x, x, x, 1) },
		"SyrkSub p":             func() { SyrkSub(x, y, 3, 3, 1, Alone) },
		"SyrkSub z":             func() { SyrkSub(x, y, 2, 2, 4, Alone) },
		"SyrkSub negative size": func() { SyrkSub(x, y, 1, -1, 4, Alone) },
		"GemmSub a":             func() { GemmSub(NewPanels[float64](9, 3), x, NewPanels[float64](9, 3), 9, Alone) },
		"GemmSub b":             func() { GemmSub(NewPanels[float64](2, 2), x, NewPanels[float64](3, 2), 4, Alone) },
		"Panels.Mul columns":    func() { NewPanels[float64](3, 2).Mul(x[:2], 1, y[:3]) },
		"Panels.Sub rows":       func() { NewPanels[float64](2, 3).Sub(x[:1], 0, y[:3]) },
		"SymMul no blocks":      func() { SymMul(y, y, make([]float64, 49)) },
		"SymMul p":              func() { SymMul(x, x, x) },
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "kernel.") {
					t.Errorf("%s: panic %q", name, s)
				}
			}()
			call()
		}()
	}
}
