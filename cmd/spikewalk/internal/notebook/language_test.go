package notebook

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDescribeGo(t *testing.T) {
	n := parse(t, cell("x", ""))
	n.rest["metadata"] = json.RawMessage(`{"more":[1],"language_info":{"name":"go","pygments_lexer":"","version":"go1.26.8","mimetype":"text/x-go"}}`)
	if err := n.DescribeGo(); err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(n.rest["metadata"], &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"more":          []any{1.0},
		"language_info": map[string]any{"name": "go", "pygments_lexer": "go", "version": "go1.26", "mimetype": "text/x-go"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	n.rest["metadata"] = json.RawMessage(`[]`)
	if err := n.DescribeGo(); err == nil {
		t.Error("metadata that is no object was taken")
	}
}
