package page

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mathExtension teaches goldmark $formulas$ and $$formulas$$ as Jupyter has
// them. (goldmark-treeblood would, but cuts formulas of more than two lines.)
type mathExtension struct {
	// problem is called with what cannot be typeset, which is shown as TeX.
	problem func(error)
}

// Extend puts formulas before emphasis and escapes, since TeX is full of
// underscores and backslashes, but after code.
func (m mathExtension) Extend(md goldmark.Markdown) {
	md.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(inlineMath{}, 150)),
		parser.WithBlockParsers(util.Prioritized(blockMath{}, 750)),
	)
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(mathRenderer(m), 100)))
}

var (
	kindInlineMath = ast.NewNodeKind("InlineMath")
	kindBlockMath  = ast.NewNodeKind("BlockMath")
)

// inlineMathNode is a formula within a paragraph; one between $$ is displayed.
type inlineMathNode struct {
	ast.BaseInline
	tex     string
	display bool
}

func (n *inlineMathNode) Kind() ast.NodeKind            { return kindInlineMath }
func (n *inlineMathNode) Dump(source []byte, depth int) { ast.DumpHelper(n, source, depth, nil, nil) }

// blockMathNode is a displayed formula whose lines are its own.
type blockMathNode struct {
	ast.BaseBlock
	closed bool
}

func (n *blockMathNode) Kind() ast.NodeKind            { return kindBlockMath }
func (n *blockMathNode) IsRaw() bool                   { return true }
func (n *blockMathNode) Dump(source []byte, depth int) { ast.DumpHelper(n, source, depth, nil, nil) }

type inlineMath struct{}

func (inlineMath) Trigger() []byte { return []byte{'$'} }

// Parse takes a formula up to its closing sign, over lines if need be. As in
// Pandoc, a dollar before a blank opens no formula, and one after a blank or
// before a digit closes none, so that amounts of money stay what they are.
func (inlineMath) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	mark := []byte("$")
	if bytes.HasPrefix(line, []byte("$$")) {
		mark = []byte("$$")
	}
	at, segment := block.Position()
	block.Advance(len(mark))
	var tex strings.Builder
	for {
		line, _ := block.PeekLine()
		if line == nil {
			block.SetPosition(at, segment)
			return nil
		}
		if end := closing(line, mark); end >= 0 {
			tex.Write(line[:end])
			block.Advance(end + len(mark))
			break
		}
		tex.Write(line)
		block.AdvanceLine()
	}
	s := tex.String()
	if strings.TrimSpace(s) == "" || len(mark) == 1 && strings.TrimLeft(s, " \t\n") != s {
		block.SetPosition(at, segment)
		return nil
	}
	return &inlineMathNode{tex: s, display: len(mark) == 2}
}

// closing is the place of the sign that ends a formula, or -1.
func closing(line, mark []byte) int {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case !bytes.HasPrefix(line[i:], mark):
		case len(mark) == 2:
			return i
		case i > 0 && util.IsSpace(line[i-1]):
		case i+1 < len(line) && '0' <= line[i+1] && line[i+1] <= '9':
		default:
			return i
		}
	}
	return -1
}

// blockMath takes $$ at the beginning of a line to $$ at the end of one, so
// that a line that begins with a minus sign is no list.
type blockMath struct{}

var fence = []byte("$$")

func (blockMath) Trigger() []byte { return []byte{'$'} }

func (blockMath) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := bytes.Index(line, fence)
	if start != len(line)-len(bytes.TrimLeft(line, " ")) {
		return nil, parser.NoChildren
	}
	rest := line[start+len(fence):]
	node := &blockMathNode{}
	if bytes.Contains(rest, fence) {
		if !endsFormula(rest) || bytes.Count(rest, fence) > 1 {
			return nil, parser.NoChildren // of a paragraph that goes on
		}
		node.closed = true
	}
	segment.Start += start + len(fence)
	node.Lines().Append(segment)
	return node, parser.NoChildren
}

func (blockMath) Continue(n ast.Node, reader text.Reader, _ parser.Context) parser.State {
	node := n.(*blockMathNode)
	line, segment := reader.PeekLine()
	if node.closed || line == nil {
		return parser.Close
	}
	node.Lines().Append(segment)
	node.closed = endsFormula(line)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func endsFormula(line []byte) bool { return bytes.HasSuffix(bytes.TrimSpace(line), fence) }

func (blockMath) Close(ast.Node, text.Reader, parser.Context) {}
func (blockMath) CanInterruptParagraph() bool                 { return true }
func (blockMath) CanAcceptIndentedLine() bool                 { return false }

type mathRenderer mathExtension

func (r mathRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindInlineMath, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			node := n.(*inlineMathNode)
			r.write(w, node.tex, node.display)
		}
		return ast.WalkSkipChildren, nil
	})
	reg.Register(kindBlockMath, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			tex := strings.TrimSpace(string(n.Lines().Value(source)))
			r.write(w, strings.TrimSuffix(tex, string(fence)), true)
		}
		return ast.WalkSkipChildren, nil
	})
}

// write writes a formula; a displayed one scrolls within itself where the
// window is too narrow for it.
func (r mathRenderer) write(w util.BufWriter, tex string, display bool) {
	mathml, err := formula(tex, display)
	if err != nil {
		r.problem(err)
		_, _ = w.WriteString("<code>" + string(util.EscapeHTML([]byte(tex))) + "</code>")
		return
	}
	if display {
		mathml = `<span class="formula">` + mathml + "</span>\n"
	}
	_, _ = w.WriteString(mathml)
}
