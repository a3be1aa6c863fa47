package nb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/sweep"
)

// Environment variables that spikewalk notebooks sets for the cells it runs.
const (
	// FiguresEnv names the folder to which Show also writes its figures.
	FiguresEnv = "SPIKEWALK_FIGURES"
	// NotebookEnv is the running notebook's name, the beginning of its
	// figures' file names.
	NotebookEnv = "SPIKEWALK_NOTEBOOK"
)

// export writes the figure's files where FiguresEnv asks for them.
func export(f figure, image []byte, name ...string) error {
	folder := os.Getenv(FiguresEnv)
	if folder == "" || sweep.IsTask() { // the notebook's own program writes them
		return nil
	}
	drawing, err := f.SVG()
	if err != nil {
		return fmt.Errorf("the figure could not be drawn as SVG: %w", err)
	}
	page, err := f.PDF()
	if err != nil {
		return fmt.Errorf("the figure could not be drawn as PDF: %w", err)
	}
	numbers, err := f.JSON()
	if err != nil {
		return fmt.Errorf("the figure's numbers could not be encoded: %w", err)
	}
	if err := scratch.Folder(folder, scratch.Public); err != nil {
		return fmt.Errorf("the folder for figures cannot be made: %w", err)
	}
	stem, err := figureStem(folder, name...)
	if err != nil {
		return err
	}
	// The PNG comes last: its presence means that the figure is complete,
	// and is what numbers the next.
	for _, file := range []struct {
		ending  string
		content []byte
	}{{".svg", drawing}, {".pdf", page}, {".json", numbers}, {".png", image}} {
		if err := scratch.WriteFile(stem+file.ending, file.content, scratch.Public); err != nil {
			return fmt.Errorf("the figure could not be written: %w", err)
		}
	}
	return nil
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// checkName refuses what cannot name a file, whether one is written now or only
// when all notebooks are run.
func checkName(name string) error {
	if !fileName.MatchString(name) {
		return fmt.Errorf("%q cannot name a figure: use up to 100 letters, digits, '-', '_' and '.'", name)
	}
	return nil
}

// figureStem is the path of the next figure, without its ending. The number
// is one more than the figures already there, because each cell is a program
// of its own and a variable would begin anew.
func figureStem(folder string, name ...string) (string, error) {
	notebook := os.Getenv(NotebookEnv)
	if notebook == "" {
		notebook = "figure"
	}
	if len(name) == 1 {
		return filepath.Join(folder, notebook+"-"+name[0]), nil
	}
	for n := 1; ; n++ {
		stem := filepath.Join(folder, fmt.Sprintf("%s-%02d", notebook, n))
		_, err := os.Stat(stem + ".png")
		if errors.Is(err, fs.ErrNotExist) {
			return stem, nil
		}
		if err != nil {
			return "", fmt.Errorf("the folder for figures cannot be read: %w", err)
		}
	}
}
