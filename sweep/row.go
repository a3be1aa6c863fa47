package sweep

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// rowMagic begins the file of a row.
const rowMagic = "spikewalk row 1\n"

// row is what is kept of a row: what its config has instead of the base's follows
// from the plan.
type row struct {
	Row      int
	Sweep    string // the sweep's identity
	Settings []cell // of the config's columns that the plan changes
	Result   []cell `json:",omitempty"` // none where there is an error
	Error    string `json:",omitempty"`
	Seconds  float64
	Started  string
	Host     string
	Program  string
}

// rawRow is a row as it is read, before its columns' kinds are known.
type rawRow struct {
	row
	Settings, Result []json.RawMessage
}

// perFolder is how many rows have their files in one folder: file systems grow
// slow where there are a hundred thousand.
const perFolder = 1000

func rowPath(folder string, i int) string {
	return filepath.Join(folder, "rows", fmt.Sprintf("%04d", i/perFolder), fmt.Sprintf("%08d.row", i))
}

func (r row) write(folder string) error {
	payload, err := json.Marshal(r)
	if err != nil {
		return err
	}
	path := rowPath(folder, r.Row)
	if err := scratch.Folder(filepath.Dir(path), scratch.Public); err != nil {
		return err
	}
	return kept.Write(path, rowMagic, scratch.Public, payload)
}

// readRow reads a row of the sweep with the given identity. [kept.ErrTorn] means
// that it has to be computed again.
func readRow(folder string, i int, identity string) (rawRow, error) {
	payload, err := kept.Read(rowPath(folder, i), rowMagic)
	if err != nil {
		return rawRow{}, err
	}
	var r rawRow
	if err := json.Unmarshal(payload, &r); err != nil || r.Row != i || r.Sweep != identity {
		return rawRow{}, kept.ErrTorn
	}
	return r, nil
}
