package run

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
)

// Planned is a notebook that Run would execute.
type Planned struct {
	Name string
	// Cells counts the code cells, and Code stands for their text with the
	// parameters set.
	Cells int
	Code  string
	// Seconds are what the notebook says of how long it takes.
	Seconds notebook.Seconds
}

// Plan tells what Run would do, in its order. It finds all that is wrong with
// notebooks, parameters and folders, before anything is spent.
func (o *Options) Plan() ([]Planned, error) {
	jobs, err := o.prepare()
	if err != nil {
		return nil, err
	}
	lock, err := o.occupy()
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	if o.anew() {
		if err := o.emptyMemo(""); err != nil {
			return nil, err
		}
	}
	var plan []Planned
	for _, j := range jobs {
		h := sha256.New()
		for _, c := range j.Code() {
			_, _ = io.WriteString(h, c.Source+"\x00")
		}
		plan = append(plan, Planned{Name: j.Name, Cells: len(j.Code()), Code: hex.EncodeToString(h.Sum(nil)[:12]), Seconds: j.Seconds})
	}
	return plan, nil
}

// checkName refuses a notebook whose page would be another one.
func checkName(n *notebook.Notebook) error {
	if n.Name+page.Ending == page.IndexFile {
		return fmt.Errorf("%s would have the page that leads to all pages, %s: give the notebook another name", n.Path, page.IndexFile)
	}
	return nil
}
