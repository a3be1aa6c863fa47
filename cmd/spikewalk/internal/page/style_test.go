package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// colours reads the variables of a rule of the style sheet.
func colours(t *testing.T, rule string) map[string][3]float64 {
	t.Helper()
	all := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3}|[0-9a-f]{6});`).FindAllStringSubmatch(rule, -1) {
		hex := m[2]
		if len(hex) == 3 {
			hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
		}
		var c [3]float64
		for i := range c {
			v, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c[i] = float64(v) / 255
		}
		all[m[1]] = c
	}
	return all
}

// luminance is relative luminance, and contrast the ratio, as WCAG 2 defines them.
func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	black, white := [3]float64{}, [3]float64{1, 1, 1}
	if c := contrast(black, white); math.Abs(c-21) > 1e-9 {
		t.Fatalf("black on white is %g, want 21", c)
	}
}

// All words can be read on what is behind them, at day and at night, and all
// lines of the diagram be seen.
func TestContrastOfTheStyleSheet(t *testing.T) {
	rules := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(style, -1)
	if len(rules) != 2 {
		t.Fatalf("%d sets of colours, want those of day and night", len(rules))
	}
	day := colours(t, rules[0][1])
	night := colours(t, rules[1][1])
	for name, c := range day {
		if _, changed := night[name]; !changed {
			night[name] = c
		}
	}
	for theme, c := range map[string]map[string][3]float64{"day": day, "night": night} {
		for behind, words := range map[string]string{
			"paper":     "ink faint link bad",
			"code":      "ink faint link keyword string number comment",
			"mark":      "ink link",
			"bad-paper": "bad",
		} {
			for word := range strings.FieldsSeq(words) {
				if got := contrast(c[word], c[behind]); got < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want 4.5", theme, word, behind, got)
				}
			}
		}
		for _, line := range []string{"learned", "other", "perturbed"} {
			if got := contrast(c[line], c["paper"]); got < 3 {
				t.Errorf("%s: %s on paper has a contrast of %.2f, want 3", theme, line, got)
			}
		}
	}
	for _, m := range regexp.MustCompile(`var\(--([a-z-]+)\)`).FindAllStringSubmatch(style, -1) {
		if _, known := day[m[1]]; !known && m[1] != "shade" {
			t.Errorf("the style sheet has no colour %q", m[1])
		}
	}
}
