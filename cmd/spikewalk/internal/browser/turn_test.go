//go:build linux

package browser

import (
	"math"
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
		f.projects()
		for what, turn := range map[string]func() error{
			"a key":     func() error { return p.press(canvas, input.ArrowRight) },
			"the mouse": func() error { return p.drag(canvas) },
		} {
			f.turned(turn, what)
			if f.view() == from || f.picture(canvas) == first {
				p.Errorf("%s, %s: %s turns nothing: view %s", p.name, f.name, what, f.view())
			}
			f.projects()
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

// projects compares where the script draws a corner of the box with a rotation
// about the upright axis and then one about the axis to the right, as package
// plotting's own test does with its drawing: both look from the same place.
func (f figure) projects() {
	f.Helper()
	numbers := func(js string) (x [3]float64) {
		for i, v := range f.of(js).Value.Arr() {
			x[i] = v.Num()
		}
		return x
	}
	box := numbers(`() => this.dataset.box.split(" ").map(Number)`)
	got := numbers(`() => this.dataset.corner.split(" ").map(Number)`)
	angles := numbers(`() => [Number(this.dataset.azimuth), Number(this.dataset.elevation), 0]`)
	a, e := angles[0]*math.Pi/180, angles[1]*math.Pi/180
	ahead, right := box[0]*math.Cos(a)+box[1]*math.Sin(a), box[1]*math.Cos(a)-box[0]*math.Sin(a)
	want := [3]float64{right, box[2]*math.Cos(e) - ahead*math.Sin(e), ahead*math.Cos(e) + box[2]*math.Sin(e)}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) < 5e-3) { // the angles are known to 0.05 degrees
			f.Errorf("%s, %s: from %s the corner %v of the box is at %v, want %v", f.page.name, f.name, f.view(), box, got, want)
			return
		}
	}
}
