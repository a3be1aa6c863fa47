package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// sealMark begins the line of a JSON object that people read, as its last, which
// holds the SHA-256 of all before it.
const sealMark = ",\n \"SHA256\": \""

// Seal returns the text of a JSON object, which is not empty, with its checksum as the
// last member.
func Seal(text []byte) []byte {
	body := bytes.TrimRight(bytes.TrimSuffix(bytes.TrimSpace(text), []byte("}")), " \n")
	sum := sha256.Sum256(body)
	return fmt.Appendf(bytes.Clone(body), "%s%s\"\n}\n", sealMark, hex.EncodeToString(sum[:]))
}

// Unseal is [ErrTorn] if a text was changed since [Seal] gave it a checksum. Of older
// files that have none nothing is known; must tells that this is none of them.
func Unseal(text []byte, must bool) error {
	at := bytes.LastIndex(text, []byte(sealMark))
	switch {
	case at < 0 && must:
		return fmt.Errorf("%w: its checksum is missing", ErrTorn)
	case at >= 0 && !bytes.Equal(Seal(append(text[:at:at], '}')), text):
		return fmt.Errorf("%w: its checksum is that of another text", ErrTorn)
	}
	return nil
}
