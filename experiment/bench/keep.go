package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// keepMagic begins the files of what has been measured.
const keepMagic = "spikewalk bench 1\n"

// keeper keeps what has been measured until all of it is saved, so that a
// measurement that was interrupted goes on. A row is kept whole: ours and the
// peer's times in it are of the same run. With an empty folder it keeps nothing.
type keeper struct {
	folder string
	key    string // of machine, program, peers and options
	names  []string
}

// keptValue is the content of a file. JSON, unlike gob, tells a nil pointer from one
// to false.
type keptValue struct {
	Key   string
	Value json.RawMessage
}

// keeper keeps what this program measures on this machine, with these peers.
func (o Options) keeper(ctx context.Context, m machine) (keeper, error) {
	if o.Kept == "" || kept.Program() == "" {
		return keeper{}, nil
	}
	host, err := os.Hostname()
	if err != nil {
		return keeper{}, err
	}
	m.Load, m.Limits = "", limits{} // which differ from run to run
	peers := []string{fmt.Sprint(onPath("g++"))}
	for _, modules := range [][]string{{"numpy"}, {"numpy", "brian2"}, {"h5py", "numpy"}} {
		path, err := python(ctx, modules...)
		peers = append(peers, path, fmt.Sprint(err))
	}
	key, err := kept.Key("bench", m, host, runtime.GOMAXPROCS(0), kept.Program(), peers, o.Quick, o.Profile)
	return keeper{folder: o.Kept, key: key}, err
}

func (k *keeper) path(name string) string { return filepath.Join(k.folder, name+".row") }

// read tells whether something of that name is kept, and reads it into v.
func (k *keeper) read(name string, v any) bool {
	if k.folder == "" {
		return false
	}
	k.names = append(k.names, name)
	payload, err := kept.Read(k.path(name), keepMagic)
	if err != nil {
		return false
	}
	var there keptValue
	return json.Unmarshal(payload, &there) == nil && there.Key == k.key && json.Unmarshal(there.Value, v) == nil
}

func (k *keeper) write(name string, v any) error {
	if k.folder == "" {
		return nil
	}
	value, err := json.Marshal(v)
	if err != nil {
		return err
	}
	payload, err := json.Marshal(keptValue{k.key, value})
	if err != nil {
		return err
	}
	if err := scratch.Folder(k.folder, scratch.Public); err != nil {
		return err
	}
	return kept.Write(k.path(name), keepMagic, scratch.Public, payload)
}

// forget removes what was asked for: it is saved, and the next call measures anew.
// What cannot be removed is read again by it.
func (k *keeper) forget() {
	for _, name := range k.names {
		_ = os.Remove(k.path(name))
	}
	if k.folder != "" {
		_ = os.Remove(k.folder) // if it is empty
	}
}
