package run

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// htmlTime is how long turning a notebook into HTML may take.
const htmlTime = 5 * time.Minute

// html turns an executed notebook into one page that holds all its images.
// Only the typesetting of formulas comes from the network; without it they
// read as TeX. The addresses are nbconvert's own: distributions replace them
// by files of the machine, which no other machine has.
func (o *Options) html(ctx context.Context, executed, scratch, stage string) error {
	cmd := o.nbconvert("", scratch, scratch,
		"--to", "html",
		"--HTMLExporter.mathjax_url=https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/latest.js?config=TeX-AMS_CHTML-full,Safe",
		"--HTMLExporter.require_js_url=https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js",
		"--HTMLExporter.jquery_url=https://cdnjs.cloudflare.com/ajax/libs/jquery/2.0.3/jquery.min.js",
		"--HTMLExporter.embed_images=True",
		// The PNG before the SVG: drawings put side by side into one page
		// share their identifiers, and some versions of nbconvert take
		// parts of them for harmful.
		"--NbConvertBase.display_data_priority="+
			"['text/html','text/markdown','image/png','image/svg+xml','text/latex','image/jpeg','text/plain']",
		"--output-dir", stage, executed)
	said, err := runFor(ctx, htmlTime, cmd)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return fmt.Errorf("the notebook could not be turned into HTML (%w):\n%s", err, process.LastLines(said, 6))
	case err != nil:
		return fmt.Errorf("the notebook could not be turned into HTML: %w", err)
	}
	return nil
}
