package prepare

import (
	"math"
	"math/cmplx"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// The gain of a Butterworth filter of order n is 1/√(1 + (tan πf / tan πc)^2n), after
// the bilinear transform with prewarping.
func TestButterworthGain(t *testing.T) {
	const rate, cutoff = 1000.0, 40.0
	for order := 1; order <= highestOrder; order++ {
		low, err := LowPass(order, cutoff, rate)
		if err != nil {
			t.Fatal(err)
		}
		high, _ := HighPass(order, cutoff, rate)
		for _, f := range []float64{0, 5, 20, 40, 80, 200, 499} {
			x := math.Pow(math.Tan(math.Pi*f/rate)/math.Tan(math.Pi*cutoff/rate), 2*float64(order))
			for filter, want := range map[*Butterworth]float64{low: 1 / math.Sqrt(1+x), high: math.Sqrt(x / (1 + x))} {
				z := cmplx.Rect(1, -2*math.Pi*f/rate)
				gain := complex(1, 0)
				for _, s := range filter.sections {
					gain *= (complex(s.b0, 0) + complex(s.b1, 0)*z + complex(s.b2, 0)*z*z) / (1 + complex(s.a1, 0)*z + complex(s.a2, 0)*z*z)
				}
				if got := cmplx.Abs(gain); math.Abs(got-want) > 1e-9 {
					t.Errorf("order %d, %g Hz: gain %g, want %g", order, f, got, want)
				}
			}
		}
	}
}

// A constant and a line pass through a low-pass, and through resampling; gaps stay
// gaps, and stretches know nothing of each other.
func TestLinesPassAndGapsStay(t *testing.T) {
	const rows = 200
	s := recording.Series{Values: mat.NewDense(rows, 1, nil)}
	for i := range rows {
		at := float64(i) * 0.01
		if i >= 100 {
			at += 5
		}
		s.Times = append(s.Times, at)
		s.Values.Set(i, 0, 2+3*at)
	}
	f, _ := LowPass(4, 20, 100)
	smooth, err := f.ZeroPhase(s.Values.Slice(0, 100, 0, 1).(*mat.Dense))
	if err != nil || !mat.EqualApprox(smooth, s.Values.Slice(0, 100, 0, 1), 1e-4) {
		t.Errorf("a line is bent: %v", err)
	}
	half, err := Resample(s, 50)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := half.Dims(); n != 100 || half.Times[50] != s.Times[100] {
		t.Fatalf("%d rows, the second stretch at %g s", n, half.Times[50])
	}
	for i := range 100 {
		if want := 2 + 3*half.Times[i]; math.Abs(half.At(i, 0)-want) > 1e-9 {
			t.Fatalf("row %d is %g, want %g", i, half.At(i, 0), want)
		}
	}
	s.Times[150] += 0.004
	if _, err := Resample(s, 50); err == nil {
		t.Error("uneven rows were resampled")
	}
}

// A sine below half the new rate is kept, one above it is not.
func TestResamplingHasNoAliases(t *testing.T) {
	const rows = 4000
	for frequency, kept := range map[float64]bool{10: true, 70: false, 90: false} {
		s := recording.Series{Values: mat.NewDense(rows, 1, nil), Dt: 0.001}
		for i := range rows {
			s.Values.Set(i, 0, math.Sin(2*math.Pi*frequency*float64(i)*s.Dt))
		}
		slow, err := Resample(s, 100)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := slow.Dims()
		worst := 0.0
		for i := 50; i < n-50; i++ {
			want := 0.0
			if kept {
				want = math.Sin(2 * math.Pi * frequency * float64(i) * slow.Dt)
			}
			worst = math.Max(worst, math.Abs(slow.At(i, 0)-want))
		}
		if worst > 0.01 {
			t.Errorf("%g Hz: off by %g", frequency, worst)
		}
	}
}

// Voltages of an amplitude that is modulated have it as their envelope.
func TestEnvelopeIsTheAmplitude(t *testing.T) {
	const rows = 4000
	s := recording.Series{Values: mat.NewDense(rows, 1, nil), Dt: 0.001, Unit: "mV"}
	amplitude := func(i int) float64 { return 1 + 0.5*math.Sin(2*math.Pi*float64(i)/1000) }
	for i := range rows {
		s.Values.Set(i, 0, 7+amplitude(i)*math.Sin(2*math.Pi*180*float64(i)*s.Dt)) // an offset of the amplifier
	}
	envelope, err := EMG(s, DefaultEMG())
	if err != nil {
		t.Fatal(err)
	}
	for i := 500; i < rows-500; i++ {
		// The mean of a rectified sine is 2/π of its height.
		if got := envelope.At(i, 0) * math.Pi / 2; math.Abs(got-amplitude(i)) > 0.03 {
			t.Fatalf("row %d: envelope %g, want %g", i, got, amplitude(i))
		}
	}
	unit, by, err := Normalise(envelope, 1)
	if err != nil || mat.Max(unit) != 1 || by[0] != mat.Max(envelope) || envelope.Unit != "mV" || unit.Unit != "" {
		t.Errorf("normalised by %v to %g in %q: %v", by, mat.Max(unit), unit.Unit, err)
	}
	if _, _, err := Normalise(recording.Series{Values: mat.NewDense(5, 1, nil), Dt: 1}, 1); err == nil {
		t.Error("silence was normalised")
	}
	s.Values.Set(9, 0, math.NaN())
	if _, err := EMG(s, DefaultEMG()); err == nil {
		t.Error("NaN was filtered")
	}
	left, dropped, err := WithoutNaN(s)
	if n, _ := left.Dims(); err != nil || dropped != 1 || n != rows-1 || left.Times[9] != 0.01 {
		t.Errorf("%d rows less %d: %v", n, dropped, err)
	}
}

func TestCausalKernelsLookBackOnly(t *testing.T) {
	m := mat.NewDense(50, 1, nil)
	m.Set(20, 0, 1)
	for _, k := range []Kernel{HalfGaussian(0.03), Exponential(0.02), Gaussian(0.03)} {
		k.Zeros = true
		s, err := Smooth(m, 0.01, k)
		if err != nil {
			t.Fatal(err)
		}
		before := mat.Sum(s.Slice(0, 20, 0, 1))
		if all := mat.Sum(s); math.Abs(all-1) > 1e-12 || (before != 0) == (k.Shape != Symmetric) {
			t.Errorf("%s: %g in all, %g before the spike", k.Shape, all, before)
		}
		k.Zeros = false
		ones := mat.NewDense(50, 1, nil)
		ones.Apply(func(int, int, float64) float64 { return 3 }, ones)
		if s, _ := Smooth(ones, 0.01, k); !mat.EqualApprox(s, ones, 1e-12) {
			t.Errorf("%s: a constant rate is none at the ends", k.Shape)
		}
	}
}
