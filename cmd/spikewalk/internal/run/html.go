package run

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/here"
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
	var problems []error
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
		if err := scratch.WriteFile(filepath.Join(o.Out, n.Name+notebook.Ending), content, scratch.Public); err != nil {
			return o.unwritable(err)
		}
		if err := o.html(n, filepath.Dir(path), filepath.Join(o.Out, figuresFolder), filepath.Join(o.Out, n.Name+page.Ending)); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", n.Name, err))
		}
	}
	if err := o.index(); err != nil {
		return o.unwritable(err)
	}
	images, err := filesOf(filepath.Join(o.Out, figuresFolder), ".png")
	if len(images) == 0 {
		o.Say("There are no files of figures (SVG, PDF, data) to link to: they come when notebooks are executed into this folder.")
	}
	return errors.Join(append(problems, err)...)
}

// html makes a page of a notebook; folder is where its images are, and figures
// that of its figures' files. Where something cannot be shown as it should, the
// page is there all the same, and the error tells what.
func (o *Options) html(n *notebook.Notebook, folder, figures, path string) error {
	files, err := figureFiles(figures)
	if err != nil {
		return err
	}
	content, problems := page.Render(n, page.Surroundings{Folder: folder, Files: files, Here: o.here(n)})
	if err := scratch.WriteFile(path, content, scratch.Public); err != nil {
		return err
	}
	if problems != nil {
		return fmt.Errorf("the page is not as it should be: %w", problems)
	}
	return nil
}

// here is what runs in the notebook's page, if it has a cell for that. The page
// is complete without it.
func (o *Options) here(n *notebook.Notebook) here.Program {
	if o.Here == nil || !slices.ContainsFunc(n.Cells, func(c *notebook.Cell) bool { return c.Tagged(here.Tag) }) {
		return here.Program{}
	}
	program, err := o.Here()
	if err != nil {
		o.Say("The page of %s has nothing to run in it: %v", n.Name, err)
	}
	return program
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
// earlier runs too, and the ways from each page to the next.
func (o *Options) index() error {
	notebooks, err := filesOf(o.Out, notebook.Ending)
	if err != nil {
		return err
	}
	var all []page.About
	for _, path := range notebooks {
		if _, err := os.Stat(pageOf(path)); err != nil {
			continue
		}
		n, err := notebook.Read(path)
		if err != nil {
			return err
		}
		all = append(all, page.Describe(n))
	}
	for i := range all {
		if err := o.join(all, i); err != nil {
			return err
		}
	}
	content, problems := page.Index(all, o.home())
	if content == nil {
		return problems
	}
	if err := scratch.WriteFile(filepath.Join(o.Out, page.IndexFile), content, scratch.Public); err != nil {
		return err
	}
	return problems
}

// home is the folder of the notebooks whose home page the index is.
func (o *Options) home() string {
	if o.Home == "" && len(o.Notebooks) > 0 {
		return filepath.Dir(o.Notebooks[0])
	}
	return o.Home
}

// join puts the ways to the pages before and after into page i.
func (o *Options) join(all []page.About, i int) error {
	var before, after *page.About
	if i > 0 {
		before = &all[i-1]
	}
	if i+1 < len(all) {
		after = &all[i+1]
	}
	path := filepath.Join(o.Out, all[i].Name+page.Ending)
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	joined, err := page.Join(content, before, after)
	if err != nil || bytes.Equal(joined, content) {
		return err // a full disk still takes what changes nothing
	}
	return scratch.WriteFile(path, joined, scratch.Public)
}

// pageOf is the path of a notebook's page.
func pageOf(path string) string { return strings.TrimSuffix(path, notebook.Ending) + page.Ending }
