package notebook

import (
	"encoding/json"
	"go/version"
)

// DescribeGo completes what the kernel says of its language: without the name
// of a lexer a page of HTML is coloured as if it were Python, and the patch
// release of Go would make the files of two machines differ.
func (n *Notebook) DescribeGo() error {
	metadata, info := map[string]json.RawMessage{}, map[string]any{}
	if raw, ok := n.rest["metadata"]; ok {
		if err := json.Unmarshal(raw, &metadata); err != nil {
			return err
		}
	}
	if raw, ok := metadata["language_info"]; ok {
		if err := json.Unmarshal(raw, &info); err != nil {
			return err
		}
	}
	info["name"], info["pygments_lexer"] = "go", "go"
	if v, ok := info["version"].(string); ok && version.IsValid(v) {
		info["version"] = version.Lang(v)
	}
	raw, err := json.Marshal(info)
	if err != nil {
		return err
	}
	metadata["language_info"] = raw
	n.rest["metadata"], err = json.Marshal(metadata)
	return err
}
