// Package here makes a lesson's training run in its page, without a kernel or a
// server: the packages that the lesson imports, compiled to WebAssembly, and a
// panel that asks them.
//
// Only the integrator is small enough. Three hundred seconds of its life take
// 3 to 4 s in a browser, and the program is 1.4 MB; a rate network of
// 300 units would train for minutes. Numbers differ from those of the lesson in their
// last bits, since WebAssembly has no fused multiply-add, and the panel says so.
package here

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Tag is what a notebook's cell carries beneath whose figures the panel stands.
const Tag = "run-here"

// Policy is what a page's content security policy must allow beside the script.
const Policy = "'wasm-unsafe-eval'"

var (
	//go:embed here.js
	panelScript string
	//go:embed here.html
	panelText string
)

// program is the package that is compiled: by its path, since root may be a module that
// requires ours.
const program = "github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here/eye"

// place is where the panel has its program.
const place = "PROGRAM"

// Program is the panel and what it runs. The zero Program is none.
type Program struct {
	// Panel is HTML to put beneath a figure.
	Panel template.HTML
	// Script brings the panel to life: the bridge that comes with Go, and ours.
	Script string
}

// Build compiles the program from the module in the folder root, which takes
// some seconds the first time and less than one after that. Nothing is downloaded:
// the packages are those that the kernel needs, too.
func Build(ctx context.Context, root string) (Program, error) {
	goRoot, err := output(ctx, root, "env", "GOROOT")
	if err != nil {
		return Program{}, err
	}
	bridge, err := os.ReadFile(filepath.Join(strings.TrimSpace(goRoot), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return Program{}, fmt.Errorf("the Go installation lacks its bridge to WebAssembly: %w", err)
	}
	folder, err := os.MkdirTemp("", "spikewalk-here-")
	if err != nil {
		return Program{}, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "eye.wasm")
	if _, err := output(ctx, root, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, program); err != nil {
		return Program{}, err
	}
	compiled, err := os.ReadFile(file)
	if err != nil {
		return Program{}, err
	}
	text := strings.Replace(panelText, place, packed(compiled), 1)
	return Program{Panel: template.HTML(text), Script: string(bridge) + "\n" + panelScript}, nil
}

// output runs a go command for the browser's architecture and returns what it prints.
func output(ctx context.Context, root string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOPROXY=off", "GOFLAGS=-mod=readonly")
	text, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
	}
	if err != nil {
		return "", fmt.Errorf("go %s: %w", args[0], err)
	}
	return string(text), nil
}

// packed is the base64 of the gzip, of as few bytes as there can be.
func packed(program []byte) string {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is one that there is
	}
	// Writing to memory does not fail.
	_, _ = w.Write(program)
	_ = w.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
