package player

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
)

var (
	//go:embed figure.js
	figureScript string
	//go:embed controls.js
	controlsScript string
	//go:embed play.js
	playScript string
	//go:embed turn.js
	turnScript string
)

// Script makes all figures of a page live; the text of one script element.
var Script = ScriptWith("")

// ScriptWith is Script with more kinds of figures: source adds functions to
// kinds, of which figure.js tells.
func ScriptWith(source string) string {
	return "(function () {\n" + figureScript + controlsScript + playScript + turnScript + source + "begin();\n})();\n"
}

// ScriptHash is what a content security policy names to allow Script alone:
// "sha256-…".
func ScriptHash() string {
	sum := sha256.Sum256([]byte(Script))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
