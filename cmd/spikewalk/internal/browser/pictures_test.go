//go:build linux

package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

const (
	// picturesEnv names a folder for pictures of the notebooks, for people to
	// look at.
	picturesEnv = "SPIKEWALK_PICTURES"
	// pictureHeight is that of one picture; a notebook takes several.
	pictureHeight = 2400
)

// pictures takes pictures of the whole notebook, as wide as a screen and as a
// telephone: NAME-1280-01.png, NAME-1280-02.png, …, NAME-600-01.png, …
func (p *page) pictures() {
	p.Helper()
	folder := os.Getenv(picturesEnv)
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.Fatal(err)
	}
	p.evaluate(`() => document.activeElement.blur()`)
	for _, width := range []int{1280, 600} {
		p.window(width, 900)
		height := p.evaluate(`() => document.querySelector("#notebook-container").scrollHeight + 250`).Int()
		p.window(width, height)
		time.Sleep(300 * time.Millisecond) // Notebook adapts its layout
		for n, top := 1, 0; top < height; n, top = n+1, top+pictureHeight {
			image, err := p.Screenshot(false, &proto.PageCaptureScreenshot{Clip: &proto.PageViewport{
				Y: float64(top), Width: float64(width), Height: float64(min(pictureHeight, height-top)), Scale: 1,
			}})
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%02d.png", p.name, width, n)), image, 0o644)
			}
			if err != nil {
				p.Fatal(err)
			}
		}
	}
	p.window(1280, 900)
}
