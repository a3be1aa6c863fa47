package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"
)

// pageScript marks the section that is read in the list of contents, folds
// code on telephones, and offers figures for download. Without it the page
// is complete.
//
//go:embed page.js
var pageScript string

// policy forbids a page to load anything, and to run anything but the given
// scripts.
func policy(scripts ...string) string {
	p := "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src"
	if len(scripts) == 0 {
		return p + " 'none'"
	}
	for _, s := range scripts {
		hash := sha256.Sum256([]byte(s))
		p += " 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	}
	return p
}

// script puts programs into a page as they are, since the policy knows each by
// its hash.
func script(scripts ...string) template.HTML {
	var b strings.Builder
	for _, s := range scripts {
		b.WriteString("<script>" + s + "</script>\n")
	}
	return template.HTML(b.String())
}
