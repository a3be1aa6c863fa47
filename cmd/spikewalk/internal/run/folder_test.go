package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What stands where results will be is found before notebooks run, and stays.
func TestInTheWay(t *testing.T) {
	for name, says := range map[string]string{
		"a.ipynb": "is a folder", "a.html": "is a folder", "index.html": "is a folder", "report.json": "is a folder",
		"figures": "is a file",
	} {
		o := Options{Out: t.TempDir(), Notebooks: []string{filepath.Join(t.TempDir(), "a.ipynb")}}
		path := filepath.Join(o.Out, name)
		var err error
		if says == "is a file" {
			err = os.WriteFile(path, nil, 0o644)
		} else {
			err = os.Mkdir(path, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.occupy(); err == nil || !strings.Contains(err.Error(), path+" "+says) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
