package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// delimiter stands before the signed parts of a message, see
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol.
var delimiter = []byte("<IDS|MSG>")

// message is one of the shell channel's: whom it is for, the signature, four parts
// in JSON, and buffers.
type message [][]byte

// head is what a message's header says, and that of the one it answers.
type head struct {
	ID   string `json:"msg_id"`
	Type string `json:"msg_type"`
}

// part returns the i-th part: header, parent, metadata, content; nil where there is
// none.
func (m message) part(i int) []byte {
	if at := m.delimiter() + 2 + i; at >= 2 && at < len(m) {
		return m[at]
	}
	return nil
}

func (m message) delimiter() int {
	for i, frame := range m {
		if bytes.Equal(frame, delimiter) {
			return i
		}
	}
	return -1 << 16
}

func (m message) header() (h head) { _ = json.Unmarshal(m.part(0), &h); return h }
func (m message) parent() (h head) { _ = json.Unmarshal(m.part(1), &h); return h }

// withContent is the message, a whole one, with another content, signed with the key.
func (m message) withContent(content, key []byte) message {
	at := m.delimiter()
	changed := append(message{}, m...)
	changed[at+5] = content
	if len(key) > 0 {
		changed[at+1] = changed.signature(key)
	}
	return changed
}

// genuine tells whether a message is whole and was signed by one who has the key,
// without which there are no signatures.
func (m message) genuine(key []byte) bool {
	return m.part(3) != nil && (len(key) == 0 || hmac.Equal(m[m.delimiter()+1], m.signature(key)))
}

// signature is that of the four parts.
func (m message) signature(key []byte) []byte {
	at, mac := m.delimiter(), hmac.New(sha256.New, key)
	for _, part := range m[at+2 : at+6] {
		mac.Write(part)
	}
	return []byte(hex.EncodeToString(mac.Sum(nil)))
}
