package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// CheckModule refuses the module that a folder is in, if it is in any, where GoNB
// could not use it: the folders of modules are given to it with commas between.
func CheckModule(folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	for at := folder; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return checkComma(at)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

func checkComma(module string) error {
	if strings.Contains(module, ",") {
		return fmt.Errorf("cells cannot use the module in %s: GoNB takes no folder with a comma; rename it", module)
	}
	return nil
}
