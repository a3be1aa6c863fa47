package data

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// randomHeader is a .npy file of six numbers whose header has its keys in any
// order, with any blanks, quotes and commas, and now and then a mistake.
func randomHeader(rng *rand.Rand) []byte {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	blank := func() string { return pick("", " ", "  ", "\t", "\n") }
	quoted := func(text string) string { q := pick("'", `"`); return pick("", "", "", "u") + q + text + q }
	shape := pick("(6,)", "(2, 3)", "(2,3,)", "(2L, 3L)", "(1, 6)", "(3 ,2)", "(6)", "(2, 4)", "(1,2,3)", "[2, 3]", "()", "( 2 , 3 )", "(0, 6)", "(-2, -3)")
	pairs := []string{
		quoted("descr") + blank() + ":" + blank() + pick(quoted(pick("<i2", ">i2", "|i2", "=i2", "i2", "<u2", ">f2", "<f4", "i2x", "O")), "[('a', '<i2')]", "('<i2', (2,))"),
		quoted("fortran_order") + blank() + ":" + blank() + pick("True", "False", "False", "0", "true"),
		quoted("shape") + blank() + ":" + blank() + shape,
	}
	rng.Shuffle(3, func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	header := blank() + "{" + blank() + strings.Join(pairs, blank()+pick(",", ",", ",", ",", ",", ";")+blank()) + pick("", ",", " , ") + pick("}", "}", "}", "}", "") + blank()
	version := byte(1 + rng.IntN(4))
	raw := []byte{0x93, 'N', 'U', 'M', 'P', 'Y', version, 0}
	if version == 1 {
		raw = binary.LittleEndian.AppendUint16(raw, uint16(len(header)))
	} else {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(len(header)))
	}
	raw = append(raw, header...)
	for i := range 12 {
		raw = append(raw, byte(7*i))
	}
	return raw
}

// What NumPy reads is read, with the same shape and values, and what it refuses is
// refused, whatever the header. NumPy alone leaves bytes behind an array unread, and
// reads no long integers of Python 2 in version 3, which Python 2 did not write.
func TestHeadersAreReadAsByThisNumPy(t *testing.T) {
	testkit.Needs(t, "python3 with NumPy")
	rng := rand.New(rand.NewPCG(1, 2))
	var files [][]byte
	var in strings.Builder
	for range 2000 {
		files = append(files, randomHeader(rng))
		fmt.Fprintln(&in, hex.EncodeToString(files[len(files)-1]))
	}
	cmd := exec.Command("/usr/bin/python3", "-W", "ignore", "-c", `
import io, json, sys
import numpy
for line in sys.stdin:
    f = io.BytesIO(bytes.fromhex(line))
    try:
        a = numpy.load(f)
        plain = a.dtype.names is None and a.dtype.shape == () and a.dtype.kind in "iuf" and not f.read()
        print(json.dumps({"shape": a.shape, "values": [repr(float(v)) for v in a.flatten(order="F")]} if plain and not len(a.dtype.descr) > 1 else {"other": True}))
    except Exception as e:
        print(json.dumps({"refused": True}))`)
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines, read := strings.Split(strings.TrimSpace(string(out)), "\n"), 0
	for i, raw := range files {
		var want struct {
			Shape          []int
			Values         []string
			Refused, Other bool
		}
		if err := json.Unmarshal([]byte(lines[i]), &want); err != nil {
			t.Fatal(err)
		}
		a, err := decodeNPY("array", raw)
		if refused := want.Refused || want.Other; refused || err != nil {
			if long := raw[6] == 3 && strings.Contains(string(raw), "L"); refused != (err != nil) && !long {
				t.Errorf("%q: error %v, NumPy has %s", raw, err, lines[i])
			}
			continue
		}
		read++
		for len(want.Shape) < 2 {
			want.Shape = append(want.Shape, 1)
		}
		got, err := a.Float64s()
		texts := make([]string, len(got))
		same := len(got) == len(want.Values)
		for k, x := range got {
			if texts[k] = fmt.Sprint(x); same {
				y, err := strconv.ParseFloat(want.Values[k], 64)
				same = err == nil && (x == y || x != x && y != y)
			}
		}
		if err != nil || !same || !slices.Equal(a.Dims(), want.Shape) {
			t.Errorf("%q: %v %v, %v; NumPy has %s", raw, a.Dims(), texts, err, lines[i])
		}
	}
	if read < 50 {
		t.Errorf("only %d of %d files were read", read, len(files))
	}
	t.Logf("%d of %d files were read", read, len(files))
}
