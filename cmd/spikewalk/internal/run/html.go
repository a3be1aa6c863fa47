package run

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/page"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Pages makes the pages of the notebooks with the outputs they have, and
// executes nothing: Jupyter is not needed.
func Pages(o Options) error {
	lock, err := o.occupy()
	if err != nil {
		return err
	}
	defer lock.Close()
	for _, path := range o.Notebooks {
		n, err := notebook.Read(path)
		if err == nil {
			err = checkName(n)
		}
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := scratch.WriteFile(filepath.Join(o.Out, n.Name+notebook.Ending), content, 0o644); err != nil {
			return o.unwritable(err)
		}
		if err := html(n, filepath.Join(o.Out, figuresFolder), filepath.Join(o.Out, n.Name+page.Ending)); err != nil {
			return fmt.Errorf("%s: %w", n.Name, err)
		}
	}
	if err := o.index(); err != nil {
		return o.unwritable(err)
	}
	images, err := filesOf(filepath.Join(o.Out, figuresFolder), ".png")
	if len(images) == 0 {
		o.Say("There are no files of figures (SVG, PDF, data) to link to: they come when notebooks are executed into this folder.")
	}
	return err
}

// html makes a page of a notebook; figures is the folder of its figures' files.
// Where something cannot be shown as it should, the page is there all the
// same, and the error tells what.
func html(n *notebook.Notebook, figures, path string) error {
	files, err := figureFiles(figures)
	if err != nil {
		return err
	}
	content, problems := page.Render(n, files)
	if err := scratch.WriteFile(path, content, 0o644); err != nil {
		return err
	}
	if problems != nil {
		return fmt.Errorf("the page is not as it should be: %w", problems)
	}
	return nil
}

// filesOf lists the paths of the files in a folder that end so, none if there
// is no such folder.
func filesOf(folder, ending string) (paths []string, err error) {
	files, err := visible(folder)
	for _, file := range files {
		if filepath.Ext(file) == ending {
			paths = append(paths, filepath.Join(folder, file))
		}
	}
	return paths, err
}

// figureKinds are the kinds of files of a figure, in the order of their links.
var figureKinds = []struct{ ending, text string }{
	{".png", "PNG"}, {".svg", "SVG"}, {".pdf", "PDF"}, {".json", "data (JSON)"},
}

// figureFiles knows a figure's files by the content of its PNG, which is what
// the notebook holds.
func figureFiles(folder string) (page.Files, error) {
	images, err := filesOf(folder, ".png")
	if err != nil {
		return nil, err
	}
	known := map[[sha256.Size]byte][]page.Link{}
	for _, path := range images {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var links []page.Link
		for _, kind := range figureKinds {
			path := strings.TrimSuffix(path, ".png") + kind.ending
			if _, err := os.Stat(path); err == nil {
				links = append(links, page.Link{Text: kind.text, To: page.Address(figuresFolder + "/" + filepath.Base(path))})
			}
		}
		known[sha256.Sum256(content)] = links
	}
	return func(png []byte) []page.Link { return known[sha256.Sum256(png)] }, nil
}

// index makes the page that leads to all pages of the output folder, those of
// earlier runs too.
func (o *Options) index() error {
	pages, err := filesOf(o.Out, notebook.Ending)
	if err != nil {
		return err
	}
	var all []page.About
	for _, path := range pages {
		if _, err := os.Stat(strings.TrimSuffix(path, notebook.Ending) + page.Ending); err != nil {
			continue
		}
		n, err := notebook.Read(path)
		if err != nil {
			return err
		}
		all = append(all, page.Describe(n))
	}
	content, err := page.Index(all)
	if err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(o.Out, page.IndexFile), content, 0o644)
}
