package page

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// local are the files to which a notebook may refer: those in its folder,
// below it, and in the module that the folder belongs to.
type local struct {
	// folder is that of the notebook, "" where it is not known, and root the
	// folder of the module or, without one, folder itself.
	folder, root string
	// pages is the folder of the notebooks that have pages, "" for folder.
	pages string
	// module is the module's path, "" without one.
	module string
}

// filesBeside finds the files for a notebook in a folder.
func filesBeside(folder string) local {
	if folder == "" {
		return local{}
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return local{}
	}
	for at := folder; ; at = filepath.Dir(at) {
		if text, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil {
			return local{folder: folder, root: at, module: modfile.ModulePath(text)}
		}
		if at == filepath.Dir(at) {
			return local{folder: folder, root: folder}
		}
	}
}

// mostImage is how large an image in a text may be.
const mostImage = 4 << 20

// imageTypes are the images that pages show, by the endings of their files.
var imageTypes = map[string]string{
	".png": mimePNG, ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": mimeSVG,
}

// image is an image as the page holds it: one attached to the cell, or a file.
func (l local) image(source string, cell *notebook.Cell) (string, error) {
	if name, ok := strings.CutPrefix(source, "attachment:"); ok {
		return attached(name, cell)
	}
	if leadsOut(source) {
		return "", fmt.Errorf("the image %s is on another machine, and pages load nothing: put it beside the notebook, and give its path", source)
	}
	name, err := url.PathUnescape(source)
	if err != nil {
		name = source
	}
	mime := imageTypes[strings.ToLower(path.Ext(name))]
	if mime == "" {
		return "", fmt.Errorf("the image %s cannot be shown: pages show .png, .jpg, .gif, .webp and .svg", source)
	}
	content, err := l.read(name)
	if err != nil {
		return "", fmt.Errorf("the image %s cannot be shown: %w", source, err)
	}
	return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(content), nil
}

// read reads a file by its path from the notebook's folder.
func (l local) read(name string) ([]byte, error) {
	inside, err := l.inside(name)
	if err != nil {
		return nil, err
	}
	// No link leads out of a root either.
	root, err := os.OpenRoot(l.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(inside)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file beside the notebook")
	case err != nil:
		return nil, errors.New("it cannot be read there")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no file")
	case info.Size() > mostImage:
		return nil, fmt.Errorf("it has more than %d MB", mostImage>>20)
	}
	return root.ReadFile(inside)
}

// inside is the path from the root of a file named from the notebook's folder.
func (l local) inside(name string) (string, error) {
	if l.folder == "" {
		return "", errors.New("the notebook's folder is not known")
	}
	whole := filepath.Join(l.folder, filepath.FromSlash(name))
	inside, err := filepath.Rel(l.root, whole)
	if path.IsAbs(name) || err != nil || !filepath.IsLocal(inside) {
		return "", errors.New("only files in the notebook's folder, below it, or in its module are taken into a page")
	}
	return inside, nil
}

func attached(name string, cell *notebook.Cell) (string, error) {
	name, err := url.PathUnescape(name)
	if err == nil && cell != nil {
		for _, mime := range []string{mimePNG, "image/jpeg", "image/gif", "image/webp", mimeSVG} {
			switch content := cell.Attachments[name][mime]; {
			case content == "":
			case mime == mimeSVG && strings.Contains(content, "<"):
				return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString([]byte(content)), nil
			default:
				return "data:" + mime + ";base64," + bare(content), nil
			}
		}
	}
	return "", fmt.Errorf("the image %s is not attached to the cell", name)
}

// link is where a link to a file leads from a page: from notebook to notebook
// it becomes one from page to page. Other files of a module that is on GitHub
// are there; those beside notebooks of one's own stay where they are.
func (l local) link(to string) string {
	to, anchor, hasAnchor := strings.Cut(to, "#")
	if hasAnchor {
		anchor = "#" + slug(unescaped(anchor))
	}
	if to == "" {
		return anchor
	}
	if path.Base(to) == to && l.pages == "" && strings.HasSuffix(to, notebook.Ending) {
		return pageOf(to) + anchor
	}
	inside, err := l.inside(unescaped(to))
	if err != nil {
		return to + anchor
	}
	whole := filepath.Join(l.root, inside)
	if strings.HasSuffix(to, notebook.Ending) && filepath.Dir(whole) == l.pages {
		return pageOf(path.Base(to)) + anchor
	}
	if _, err := os.Stat(whole); err != nil || !strings.HasPrefix(l.module, "github.com/") {
		return to + anchor
	}
	return "https://" + l.module + "/blob/HEAD/" + Address(filepath.ToSlash(inside)) + anchor
}

// pageOf is the page of a notebook.
func pageOf(file string) string { return strings.TrimSuffix(file, notebook.Ending) + Ending }

func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}
