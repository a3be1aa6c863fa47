// Package remote is the one way to the network: it reads files over HTTP, a range
// at a time with blocks kept on the disk ([Open]) or whole into a place
// ([Client.Download]), and short answers ([Client.Bytes]).
//
// All three stand on one loop, stream, which asks for a range of bytes and hands
// on what comes. Where an answer breaks off it asks for the rest. What may pass
// by itself is tried again: a connection that is lost, a body that is cut or
// stands still, and the answers 408, 425, 429, 500, 502, 503 and 504. What does
// not pass is not: 403 and 404, an answer that contradicts itself, a file that is
// another one than before.
//
// The standard library has no retries, golang.org/x none for HTTP, and those of
// others repeat whole requests. Here a repetition asks for less than the one before
// it, a redirection may have to be followed anew, and an answer that made progress
// sets the count back; the pause alone, six lines in pause, is what all of them
// have in common.
package remote
