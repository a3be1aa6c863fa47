//go:build linux

package browser

import (
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// turnAll turns the figures of nb.Turn in the page by a key and by the mouse,
// and back.
func (p *page) turnAll() {
	p.Helper()
	for _, f := range p.figures("turn") {
		canvas, err := f.root.Element("canvas.spikewalk-canvas")
		if err == nil {
			err = canvas.ScrollIntoView()
		}
		if err != nil {
			p.Fatalf("%s, %s: %v", p.name, f.name, err)
		}
		first, from := f.picture(canvas), f.view()
		for what, turn := range map[string]func() error{
			"a key":     func() error { return p.press(canvas, input.ArrowRight) },
			"the mouse": func() error { return p.drag(canvas) },
		} {
			f.turned(turn, what)
			if f.view() == from || f.picture(canvas) == first {
				p.Errorf("%s, %s: %s turns nothing: view %s", p.name, f.name, what, f.view())
			}
			f.turned(func() error { return p.press(canvas, input.Home) }, "Home")
			if f.view() != from || f.picture(canvas) != first {
				p.Errorf("%s, %s: after Home the view is %s, not %s, or looks different", p.name, f.name, f.view(), from)
			}
		}
	}
}

// turned does something, after which the figure has to be drawn again.
func (f figure) turned(do func() error, what string) {
	f.Helper()
	before := f.redraws()
	if err := do(); err != nil {
		f.Fatalf("%s, %s: %s: %v", f.page.name, f.name, what, err)
	}
	await(f.T, 10*time.Second, f.page.name+", "+f.name+": the figure after "+what, func() bool { return f.redraws() > before })
	time.Sleep(50 * time.Millisecond) // a drag may bring another frame
}

func (f figure) view() string {
	return f.of(`() => this.dataset.azimuth + ", " + this.dataset.elevation`).Text()
}

func (f figure) picture(canvas *rod.Element) string {
	return f.on(canvas, `() => this.toDataURL()`).Text()
}

func (p *page) press(e *rod.Element, k input.Key) error {
	if err := e.Timeout(startTime).Focus(); err != nil {
		return err
	}
	return p.Keyboard.Press(k)
}

// drag moves the mouse across an element with its button down.
func (p *page) drag(e *rod.Element) error {
	shape, err := e.Shape()
	if err != nil {
		return err
	}
	centre := shape.Box()
	from := proto.NewPoint(centre.X+centre.Width/2, centre.Y+centre.Height/2)
	for _, step := range []func() error{
		func() error { return p.Mouse.MoveTo(from) },
		func() error { return p.Mouse.Down(proto.InputMouseButtonLeft, 1) },
		func() error { return p.Mouse.MoveLinear(proto.NewPoint(from.X+60, from.Y+20), 5) },
		func() error { return p.Mouse.Up(proto.InputMouseButtonLeft, 1) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
