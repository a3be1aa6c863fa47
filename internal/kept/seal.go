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

// Seal returns the text of a JSON object with its checksum as the last member. An
// empty one has nothing to guard.
func Seal(text []byte) []byte {
	body := bytes.TrimRight(bytes.TrimSuffix(bytes.TrimSpace(text), []byte("}")), " \n")
	if len(body) <= 1 {
		return text
	}
	sum := sha256.Sum256(body)
	return fmt.Appendf(bytes.Clone(body), "%s%s\"\n}\n", sealMark, hex.EncodeToString(sum[:]))
}

// Unseal returns the text of a JSON object without the checksum that [Seal] gave it,
// and [ErrTorn] if it was changed since. Of older files that have none nothing is known;
// must tells that this is none of them.
func Unseal(text []byte, must bool) ([]byte, error) {
	at := bytes.LastIndex(text, []byte(sealMark))
	if at < 0 && must {
		return nil, fmt.Errorf("%w: its checksum is missing", ErrTorn)
	}
	if at < 0 {
		return text, nil
	}
	body := append(text[:at:at], '}')
	if !bytes.Equal(Seal(body), text) {
		return nil, fmt.Errorf("%w: its checksum is that of another text", ErrTorn)
	}
	return body, nil
}
