package page

import (
	"regexp"
	"slices"
	"strings"
)

// A notebook may come from anywhere, and Markdown and outputs may hold any
// HTML. What a page takes of it is listed here: it shows something, and
// neither runs nor loads anything.

// set makes a set of the words of a text.
func set(text string) map[string]bool {
	s := map[string]bool{}
	for _, word := range strings.Fields(text) {
		s[word] = true
	}
	return s
}

var (
	// elements stay as they are. Of others only the content stays.
	elements = set(`p br hr h1 h2 h3 h4 h5 h6 em strong b i u s del ins sub sup small mark code pre kbd samp var
		blockquote q cite ul ol li dl dt dd table thead tbody tfoot tr th td caption colgroup col a img figure figcaption
		details summary div span section abbr time input`)
	// formulas are elements of MathML.
	formulas = set(`math semantics mrow mi mo mn ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover
		munderover mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts`)
	// dropped are elements whose content is no text for readers either.
	dropped = set(`script style template noscript iframe object embed applet frame frameset head title meta link base
		textarea select option video audio source track canvas map area dialog xmp noembed noframes plaintext annotation annotation-xml`)

	// attributes are allowed on every element, attributesOf on some.
	attributes   = set(`title lang dir`)
	attributesOf = map[string]map[string]bool{
		"a": set(`href`), "img": set(`src alt width height`), "ol": set(`start type reversed`), "details": set(`open`),
		"th": set(`colspan rowspan align scope`), "td": set(`colspan rowspan align`), "time": set(`datetime`),
		"col": set(`span`), "colgroup": set(`span`), "input": set(`type checked disabled`),
	}
	attributesOfFormulas = set(`display mathvariant stretchy fence separator lspace rspace accent accentunder linethickness
		scriptlevel displaystyle columnalign rowalign columnspacing rowspacing columnlines rowlines width height depth voffset minsize
		maxsize movablelimits symmetric form largeop notation`)
	// formulaStyles are the styles that treeblood gives to parts of formulas.
	formulaStyles = []string{"font-feature-settings: 'dtls' off;", "font-feature-settings: 'dtls' on;", "text-align:center;"}
	// classes are those that this package gives; a notebook's own mean nothing here.
	classes = set(`formula whole keyword string number comment kernel wide predict lead`)
)

// allowed tells whether an element may have an attribute.
func allowed(element, name, value string) bool {
	switch {
	case name == "class":
		return classes[value]
	case formulas[element] && name == "style":
		return slices.Contains(formulaStyles, value)
	case formulas[element]:
		return attributesOfFormulas[name]
	}
	return attributes[name] || attributesOf[element][name]
}

var (
	scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	// pictureData are the data of an image, which loads and runs nothing.
	pictureData = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|svg\+xml)[;,]`)
)

// leadsOut tells whether an address is one on the web, and safe whether a link may
// lead there.
func leadsOut(address string) bool {
	return scheme.MatchString(address) || strings.HasPrefix(address, "//")
}

func safe(address string) bool {
	// Browsers take no notice of blanks and control characters.
	address = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, address))
	name, _, _ := strings.Cut(address, ":")
	return !leadsOut(address) || strings.HasPrefix(address, "//") || slices.Contains([]string{"http", "https", "mailto"}, name)
}
