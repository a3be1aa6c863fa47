package page

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

func rendered(t *testing.T, source string) string {
	t.Helper()
	problem := func(err error) { t.Error(err) }
	c := &cleaner{anchors: anchors{}, files: filesBeside("../../../../notebooks"), problem: problem}
	out, err := c.prose(newMarkdown(problem), source)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestMathInMarkdown(t *testing.T) {
	for source, want := range map[string][]string{
		"$x_1$ and $y_2$":              {"<msub><mi>x</mi><mn>1</mn></msub>", "<msub><mi>y</mi><mn>2</mn></msub>"},
		"($x$, $y$) or $z$, or $w$":    {`<span class="whole">(<math`, `</math>,</span> <span class="whole"><math`, `</math>)</span> or <span class="whole"><math`, `</math>,</span> or <math`},
		"*so $a*b$ is*":                {"<em>so <math", "</math> is</em>"},
		"It costs $5 and $10.":         {"<p>It costs $5 and $10.</p>"},
		"`$x$` is code":                {"<code>$x$</code>"},
		"\\$x\\$":                      {"<p>$x$</p>"},
		"$a$-th":                       {"</math>-th"},
		"$a\n= b$ goes on":             {"<mi>a</mi><mo>=</mo><mi>b</mi>", "goes on</p>"},
		"no end $a":                    {"<p>no end $a</p>"},
		"$$ x $$":                      {`<span class="formula"><math display="block"`},
		"so\n$$\nx\n- y\n= z\n$$\nand": {"<p>so</p>\n<span", "<mi>x</mi><mo>−</mo><mi>y</mi><mo>=</mo><mi>z</mi>", "<p>and</p>"},
		"so $$x$$ and":                 {"<p>so <span", "and</p>"},
		"$$x$$ and $$y$$":              {"<p><span", "</span>\n and <span"},
		"* $\\hat x$: a\n* b":          {`<li><span class="whole"><math`, "</math>:</span> a", "<li>b</li>"},
		"$\\tau$ = 10 ms, $N$ = 300.":  {"</math> = 10\u00a0ms,</span>", `</math> = 300.</span>`},
		"80 % of `80 %` in 5 s, 3 st.": {"<p>80\u00a0% of <code>80 %</code> in 5\u00a0s, 3 st.</p>"},
		"`go run --set a=1`":           {`<code>go run <span class="whole">--set</span> a=1</code>`},
		"|a|b|\n|-|-|\n|$x$|$y$|":      {"<td><math"},
		"$200°/\\text{s, else}$":       {"200", "<mtext>s,", "else</mtext>"},
	} {
		got := rendered(t, source)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%q gives %q, want it to contain %q", source, got, w)
			}
		}
	}
}

// The library writes attributes in any order; pages must not.
func TestFormulaIsTheSameEachTime(t *testing.T) {
	const tex = `\tau\dot x = -x + \sum_{i=1}^N \left(\frac{a_i}{\sqrt{2}}\right)`
	first, err := formula(tex, true)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if again, _ := formula(tex, true); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
	if strings.Contains(first, "annotation") || strings.Contains(first, "xmlns") || strings.Contains(first, "\n") {
		t.Errorf("there is what nobody sees: %s", first)
	}
}

// All formulas of our notebooks can be typeset, and no TeX is left over.
func TestFormulasOfTheNotebooks(t *testing.T) {
	paths, err := filepath.Glob("../../../../notebooks/*.ipynb")
	if err != nil || len(paths) < 5 {
		t.Fatalf("the notebooks are %v (%v), want five or more", paths, err)
	}
	formulas := 0
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range n.Cells {
			if c.Type != "markdown" {
				continue
			}
			got := rendered(t, c.Source)
			formulas += strings.Count(got, "<math")
			for _, left := range []string{"$", `\frac`, `\begin`, `\tau`} {
				if strings.Contains(got, left) {
					t.Errorf("%s, cell %d of all: %q is left", n.Name, i+1, left)
				}
			}
		}
	}
	if formulas < 50 {
		t.Errorf("only %d formulas found", formulas)
	}
}

// Bars are operators of their own height, and stretch where TeX's do.
func TestBars(t *testing.T) {
	for _, tex := range []string{`|W|^2`, `\lvert W \rvert^2`} {
		plain, err := formula(tex, true)
		if err != nil || strings.Count(plain, `<mo lspace="0" rspace="0" stretchy="false">|</mo>`) != 2 {
			t.Errorf("%s, %v", plain, err)
		}
	}
	tall, err := formula(`\left|\frac{a}{b}\right|`, true)
	if err != nil || strings.Count(tall, `stretchy="true"`) != 2 {
		t.Errorf("%s, %v", tall, err)
	}
}
