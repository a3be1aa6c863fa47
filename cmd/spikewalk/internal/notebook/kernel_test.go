package notebook

import (
	"strings"
	"testing"
)

func TestCheckGo(t *testing.T) {
	for metadata, says := range map[string]string{
		`{"kernelspec":{"name":"gonb","language":"go"},"language_info":{"name":"go"}}`: "",
		`{"kernelspec":{"name":"spikewalk","language":"Go"}}`:                          "",
		`{"kernelspec":{"name":"of another name"}}`:                                    "",
		`{}`:                   "",
		`{"kernelspec":"odd"}`: "",
		`{"kernelspec":{"name":"python3","language":"python"}}`:                                  `a.ipynb is a notebook in python (kernel "python3")`,
		`{"kernelspec":{"name":"julia-1.11"},"language_info":{"name":"julia","version":"1.11"}}`: `in julia (kernel "julia-1.11")`,
	} {
		n := &Notebook{Path: "a.ipynb"}
		if err := n.parse([]byte(`{"nbformat":4,"cells":[],"metadata":` + metadata + `}`)); err != nil {
			t.Fatal(err)
		}
		err := n.CheckGo()
		switch {
		case says == "" && err != nil:
			t.Errorf("%s: refused: %v", metadata, err)
		case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
			t.Errorf("%s: error %v, want one that says %q", metadata, err, says)
		}
	}
}
