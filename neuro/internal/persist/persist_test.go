package persist

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"reflect"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/stream"
)

type part struct{ x []float64 }

func (p *part) state(s *State)                      { s.Vector(&p.x) }
func (p *part) WriteTo(w io.Writer) (int64, error)  { return WriterTo(w, p.state) }
func (p *part) ReadFrom(r io.Reader) (int64, error) { return ReaderFrom(r, p.state) }

// all has one of everything.
type all struct {
	N           int
	Yes         bool
	X, Y        float64
	Fixed       []float64
	Single      []float32
	Square      []float64
	None, Empty []float64
	List        []int
	Text        []byte
	Name        struct{ Deep []string }
	Part        part
	Draws       stream.Stream
}

func (a *all) state(s *State) {
	s.Same(len(a.Fixed))
	s.Int(&a.N)
	s.Bool(&a.Yes)
	s.Float(&a.X, &a.Y)
	s.Floats(a.Fixed)
	s.Singles(a.Single)
	Symmetric(s, a.Square, 2)
	s.Vector(&a.None)
	s.Vector(&a.Empty)
	s.Ints(&a.List)
	s.Bytes(&a.Text)
	s.Gob(&a.Name)
	s.Part(&a.Part)
	s.Binary(a.Draws)
}

func blank() *all {
	return &all{Fixed: make([]float64, 3000), Single: make([]float32, 5000), Square: make([]float64, 4), Draws: stream.New(1, "test")}
}

func full() *all {
	a := blank()
	a.N, a.Yes, a.X, a.Y = -7, true, math.Inf(-1), math.Copysign(0, -1)
	for i := range a.Fixed {
		a.Fixed[i] = 1 / float64(i+1)
	}
	for i := range a.Single {
		a.Single[i] = 1 / float32(i+1)
	}
	a.Square = []float64{1, 2, 2, 3}
	a.Empty, a.List, a.Text, a.Name.Deep = []float64{}, []int{3, -1}, []byte("text"), []string{"a", "b"}
	a.Part.x = make([]float64, 100_000)
	a.Part.x[99_999] = math.Pi
	a.Draws.Float64()
	return a
}

// What is written comes back to the bit, and random numbers go on where they were.
func TestThereAndBack(t *testing.T) {
	a, b := full(), blank()
	var file bytes.Buffer
	if err := Write(&file, a.state); err != nil {
		t.Fatal(err)
	}
	if err := Read(bytes.NewReader(file.Bytes()), b.state); err != nil {
		t.Fatal(err)
	}
	if x, y := a.Draws.NormFloat64(), b.Draws.NormFloat64(); x != y {
		t.Errorf("the next random number is %g, want %g", y, x)
	}
	if Sum(a.state) != Sum(b.state) || Sum(a.state) == Sum(full().state) {
		t.Error("the sum of a state is not that of its numbers")
	}
	a.Draws, b.Draws = stream.Stream{}, stream.Stream{}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%+v came back as %+v", a, b)
	}
}

// What is cut short, wherever, is an error, and so is a state of another size.
func TestCutShort(t *testing.T) {
	var file bytes.Buffer
	if err := Write(&file, full().state); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	for n := 0; n < len(whole); n += 1 + n/50 {
		if Read(bytes.NewReader(whole[:n]), blank().state) == nil {
			t.Errorf("%d of %d bytes were enough", n, len(whole))
		}
	}
	other := blank()
	other.Fixed = other.Fixed[1:]
	if err := Read(bytes.NewReader(whole), other.state); !errors.Is(err, ErrOther) {
		t.Errorf("a state of another size: %v", err)
	}
}

// A length that is not true takes no memory.
func TestLengthThatIsNotTrue(t *testing.T) {
	huge := binary.LittleEndian.AppendUint64(nil, most)
	var x []float64
	if err := Read(bytes.NewReader(huge), func(s *State) { s.Vector(&x) }); err == nil || cap(x) > 1<<17 {
		t.Errorf("error %v, room for %d", err, cap(x))
	}
	over := binary.LittleEndian.AppendUint64(nil, most+1)
	if err := Read(bytes.NewReader(over), func(s *State) { s.Vector(&x) }); err == nil {
		t.Error("a length beyond all bounds was taken")
	}
}

// What cannot be written is an error.
func TestNowhereToWrite(t *testing.T) {
	boom := errors.New("boom")
	if err := Write(failing{boom}, full().state); !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
	if _, err := WriterTo(nil, full().state); err == nil {
		t.Error("written to nil")
	}
	if _, err := ReaderFrom(nil, full().state); err == nil {
		t.Error("read from nil")
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
