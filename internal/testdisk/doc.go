// Package testdisk gives a test a disk that is soon full (on Linux).
package testdisk
