package page

import (
	"go/scanner"
	"go/token"
	"html"
	"html/template"
	"strings"
)

// code highlights Go with the scanner of its own toolchain. Lines for the
// kernel (%% and !) are no Go and stand for themselves.
func code(source string) template.HTML {
	var b, pending strings.Builder
	flush := func() {
		highlight(&b, pending.String())
		pending.Reset()
	}
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
			flush()
			span(&b, "kernel", line)
			continue
		}
		pending.WriteString(line)
	}
	flush()
	return template.HTML(b.String())
}

func highlight(b *strings.Builder, source string) {
	text := []byte(source)
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, func(token.Position, string) {}, scanner.ScanComments)
	done := 0
	for {
		pos, kind, literal := s.Scan()
		if kind == token.EOF {
			break
		}
		class := classOf(kind)
		if class == "" {
			continue
		}
		at := file.Offset(pos)
		b.WriteString(html.EscapeString(source[done:at]))
		end := min(at+len(literal), len(source))
		span(b, class, source[at:end])
		done = end
	}
	b.WriteString(html.EscapeString(source[done:]))
}

func classOf(kind token.Token) string {
	switch {
	case kind.IsKeyword():
		return "keyword"
	case kind == token.COMMENT:
		return "comment"
	case kind == token.STRING || kind == token.CHAR:
		return "string"
	case kind == token.INT || kind == token.FLOAT || kind == token.IMAG:
		return "number"
	}
	return ""
}

func span(b *strings.Builder, class, text string) {
	b.WriteString(`<span class="` + class + `">` + html.EscapeString(text) + `</span>`)
}
