package notebook

import (
	"encoding/json"
	"fmt"
	"strings"
)

// CheckGo refuses a notebook that says it is in another language than Go; one
// that says nothing may be in Go. Which kernel it names does not matter: ours
// runs it.
func (n *Notebook) CheckGo() error {
	var m struct {
		Kernelspec struct {
			Name     string `json:"name"`
			Language string `json:"language"`
		} `json:"kernelspec"`
		Info struct {
			Name string `json:"name"`
		} `json:"language_info"`
	}
	// Metadata of another form say nothing of a language.
	_ = json.Unmarshal(n.rest["metadata"], &m)
	language := m.Kernelspec.Language
	if language == "" {
		language = m.Info.Name
	}
	if language == "" || strings.EqualFold(language, "go") {
		return nil
	}
	return fmt.Errorf("%s is a notebook in %s (kernel %q), and only those in Go are run here: name the ones to run, or change its kernel to \"Go (spikewalk)\"", n.Path, language, m.Kernelspec.Name)
}
