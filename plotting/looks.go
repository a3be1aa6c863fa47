package plotting

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Colors returns the colours of n things of one kind that have no [Role]: up to
// six that are told apart, and for more of them those of a ramp, in their order.
// There are a million at most.
func Colors(n int) []color.NRGBA {
	var out []color.NRGBA
	for i := range min(max(n, 0), 1_000_000) {
		if n > len(okabeIto) {
			out = append(out, onRamp(i, n))
			continue
		}
		out = append(out, okabeIto[i])
	}
	return out
}

// looks are the options of panels that draw several things: lines, groups,
// channels, conditions, paths.
type looks[Self panel] struct {
	options[Self]
	roles   []Role
	ordered bool
}

// Role says what the panel's lines stand for (its groups, channels, conditions
// or paths), one role for each in their order or one for all. Each then has the
// colour that this has in all figures; [Other] has none.
func (l *looks[Self]) Role(roles ...Role) Self {
	l.roles = append([]Role{}, roles...)
	return l.self
}

// Ordered says that the panel's lines (its groups, channels, conditions or
// paths) are in the order of something: positions, directions, doses, trials.
// Their colours go along one ramp, from dark to light.
func (l *looks[Self]) Ordered() Self {
	l.ordered = true
	return l.self
}

// styles are the lines of n things. Targets are wide.
func (l *looks[Self]) styles(n int, width vg.Length) ([]draw.LineStyle, error) {
	if err := l.checkRoles(n); err != nil {
		return nil, err
	}
	out := make([]draw.LineStyle, n)
	others := l.others()
	next := 0
	for i := range out {
		switch role := l.role(i); {
		case role == Target:
			out[i] = targetStyle
		case role != Other:
			out[i] = draw.LineStyle{Color: role.Color(), Width: width}
		case l.ordered || l.countOthers(n) > len(others):
			out[i] = draw.LineStyle{Color: onRamp(i, n), Width: width}
		default:
			out[i] = draw.LineStyle{Color: others[next], Width: width}
			if next >= 4 {
				out[i].Dashes = laterDashes[next-4]
			}
			next++
		}
	}
	return out, nil
}

// laterDashes tell the fifth and sixth colours, which repeat the lightness of
// earlier ones, from these.
var laterDashes = [][]vg.Length{{5, 1.5}, {1.5, 1.5}}

// colors are the colours of n things.
func (l *looks[Self]) colors(n int) ([]color.NRGBA, error) {
	styles, err := l.styles(n, lineWidth)
	var out []color.NRGBA
	for _, s := range styles {
		out = append(out, s.Color.(color.NRGBA))
	}
	return out, err
}

// role is that of thing i.
func (l *looks[Self]) role(i int) Role {
	switch len(l.roles) {
	case 0:
		return Other
	case 1:
		return l.roles[0]
	}
	return l.roles[i]
}

// others are the colours of what has no role: where something has one, those
// that no role has.
func (l *looks[Self]) others() []color.NRGBA {
	if !slices.ContainsFunc(l.roles, func(r Role) bool { return r != Other }) {
		return okabeIto[:]
	}
	return []color.NRGBA{okabeIto[1], okabeIto[2], okabeIto[5], okabeIto[4]}
}

// countOthers is how many of n things have no role.
func (l *looks[Self]) countOthers(n int) (others int) {
	for i := range n {
		if l.role(i) == Other {
			others++
		}
	}
	return others
}

func (l *looks[Self]) checkRoles(n int) error {
	if len(l.roles) > 1 && len(l.roles) != n {
		return fmt.Errorf("%d roles for %d lines: give one role each, or one for all", len(l.roles), n)
	}
	for i, r := range l.roles {
		if r < Other || r > Target {
			return fmt.Errorf("role %d does not exist: give Other, Learned, Recovering, Perturbed, Optimum or Target (line %d)", int(r), i+1)
		}
	}
	if l.ordered && l.roles != nil {
		return fmt.Errorf("lines in order have the ramp's colours, and lines with roles those of their roles: leave Ordered or Role out")
	}
	return nil
}

// rampStops are the colours of the ramp. Lightness (CIE L*) rises evenly from
// 17 to 62, so that their order is seen without colour, and the lightest has a
// contrast of 3 with white.
var rampStops = [...]color.NRGBA{
	{R: 0x30, G: 0x1a, B: 0x60, A: 0xff}, // indigo
	{R: 0x26, G: 0x50, B: 0x8a, A: 0xff}, // steel blue
	{R: 0x20, G: 0x80, B: 0x6e, A: 0xff}, // sea green
	{R: 0xb3, G: 0x91, B: 0x1c, A: 0xff}, // old gold
}

// onRamp is the colour of thing i of n in an order.
func onRamp(i, n int) color.NRGBA { return rampAt(float64(i) / float64(max(n-1, 1))) }

// rampAt is the ramp's colour at t of 0 … 1.
func rampAt(t float64) color.NRGBA {
	last := len(rampStops) - 1
	at := t * float64(last)
	k := min(int(at), last-1)
	return blend(rampStops[k], rampStops[k+1], at-float64(k))
}

// rampKey is the ramp in a legend.
type rampKey struct{}

// Thumbnail draws the colours.
func (rampKey) Thumbnail(c *draw.Canvas) {
	gradient(c, 16, func(t float64) draw.LineStyle { return draw.LineStyle{Color: rampAt(t), Width: 2.5} })
}
