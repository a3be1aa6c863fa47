//go:build !linux

package nonsense

func limitMemory(uint64) {}
