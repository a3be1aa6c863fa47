package module

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree writes files below a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestAround(t *testing.T) {
	root := tree(t, map[string]string{
		"clone/go.mod":           "module " + Path + "\n",
		"clone/notebooks/a":      "",
		"other/go.mod":           "module " + Path + "\n",
		"mine/go.mod":            "module example.org/mine\n",
		"mine/deep/notebooks/a":  "",
		"work/go.work":           "go 1.26.0\nuse ./a\nuse (\n\t./b\n\t./gone\n)\n",
		"work/a/go.mod":          "module example.org/a\n",
		"work/b/go.mod":          "module example.org/b\n",
		"broken/go.mod":          "nonsense\n",
		"unnamed/go.mod":         "go 1.26.0\n",
		"work/broken/go.work":    "nonsense\n",
		"work/broken/sub/go.mod": "module example.org/sub\n",
		"none/a":                 "",
		"asks/go.mod":            "module example.org/asks\nrequire " + Path + " v0.2.0\n",
		"asks/deep/a":            "",
		"both/go.work":           "go 1.26.0\nuse ../asks\nuse ./more\n",
		"both/more/go.mod":       "module example.org/more\nrequire " + Path + " v0.10.0\n",
		"gone/go.mod":            "module example.org/gone\nrequire " + Path + " v0.3.0\n",
		"replaces/go.mod":        "module example.org/replaces\nrequire " + Path + " v0.0.0\nreplace " + Path + " => ../other\n",
		"lost/go.mod":            "module example.org/lost\nrequire " + Path + " v0.0.0\nreplace " + Path + " => ../nowhere\n",
		"fork/go.mod":            "module example.org/fork\nrequire " + Path + " v0.2.0\nreplace " + Path + " => example.org/f v1.0.0\n",
		"v0.2.0/go.mod":          "module x\n",
		"v0.10.0/go.mod":         "module x\n",
		"a, b/go.mod":            "module example.org/ab\n",
	})
	for _, c := range []struct{ notebook, want, says string }{
		{"none", "clone", ""},
		{"a, b", "clone", "no folder with a comma"},
		{"clone/notebooks", "clone", ""},
		{"mine", "clone mine", ""},
		{"mine/deep/notebooks", "clone mine", ""},
		{"other", "other", ""}, // another working copy: its own packages, not the kernel's
		{"work", "clone work/a work/b", "work/gone"},
		{"work/b", "clone work/b work/a", "work/gone"},
		{"broken", "clone", "broken/go.mod:1"},
		{"unnamed", "clone", "unnamed/go.mod names none"},
		{"asks", "v0.2.0 asks", ""}, // the version that the reader's go.mod requires
		{"asks/deep", "v0.2.0 asks", ""},
		{"both", "v0.10.0 asks both/more", ""},
		{"gone", "clone gone", "v0.3.0 cannot be had"},
		{"replaces", "other replaces", ""},
		{"lost", "clone lost", "nowhere"},
		{"fork", "clone fork", ""},
		{"work/broken/sub", "clone work/broken/sub", "work/broken/go.work:1"},
	} {
		folders, err := Around(filepath.Join(root, c.notebook), filepath.Join(root, "clone"), func(version string) (string, error) {
			if version == "v0.3.0" {
				return "", errors.New("v0.3.0 cannot be had")
			}
			return filepath.Join(root, version), nil
		})
		var got []string
		for _, f := range folders {
			rel, _ := filepath.Rel(root, f)
			got = append(got, filepath.ToSlash(rel))
		}
		if d := cmp.Diff(strings.Fields(c.want), got); d != "" {
			t.Errorf("%s: %s", c.notebook, d)
		}
		if (err != nil) != (c.says != "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", c.notebook, err, c.says)
		}
	}
}
