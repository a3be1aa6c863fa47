//go:build !unix

package main

// become runs the real go: here no program can replace itself by another.
func become(goPath string, args []string) error { return run(goPath, args) }
