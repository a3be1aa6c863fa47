package plotting

import (
	"fmt"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/dejavu/dejavumathtexgyre"
	"codeberg.org/go-fonts/dejavu/dejavusans"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// typefaces are where a character is looked for, in this order: Liberation
// Sans, which importing gonum/plot puts into its cache of fonts; DejaVu Sans,
// which has the operators, arrows and brackets of mathematics; DejaVu Math,
// which has its letters (𝒙, ℝ). Sans serif first, because its strokes survive
// half size better. Only Liberation has a bold face here.
func typefaces(bold bool) []font.Face {
	if bold {
		return boldFaces()
	}
	return regularFaces()
}

var (
	regularFaces = sync.OnceValue(func() []font.Face { return withSymbols(xfont.WeightNormal) })
	boldFaces    = sync.OnceValue(func() []font.Face { return withSymbols(xfont.WeightBold) })
)

func withSymbols(weight xfont.Weight) []font.Face {
	sans := font.Font{Typeface: liberation, Variant: "Sans", Weight: weight}
	return []font.Face{
		font.DefaultCache.Lookup(sans, 1),
		embedded("Sans", dejavusans.TTF),
		embedded("Math", dejavumathtexgyre.TTF),
	}
}

// liberation is the typeface that text stays text in, in every format.
const liberation = "Liberation"

// embedded is a face of DejaVu, which is part of the program.
func embedded(variant font.Variant, file []byte) font.Face {
	parsed, err := opentype.Parse(file)
	if err != nil {
		panic(fmt.Errorf("plotting: reading the font DejaVu %s: %w", variant, err))
	}
	return font.Face{Font: font.Font{Typeface: "DejaVu", Variant: variant}, Face: parsed}
}

// faceFor is the first face that has a character, or Liberation and false.
func faceFor(r rune, bold bool) (font.Face, bool) {
	faces := typefaces(bold)
	if ' ' <= r && r <= '~' {
		return faces[0], true
	}
	var buf sfnt.Buffer
	for _, f := range faces {
		if index, err := f.Face.GlyphIndex(&buf, r); err == nil && index != 0 {
			return f, true
		}
	}
	return faces[0], false
}

// sized is a face at a size in points.
func sized(f font.Face, size vg.Length) font.Face {
	f.Font.Size = size
	return f
}

// invisible tells whether a character is made to leave no trace: joiners,
// directions, soft hyphens, selectors of variants.
func invisible(r rune) bool {
	return unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// combining tells whether a character belongs above, below or around the one
// before it, as the hat of x̂.
func combining(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }
