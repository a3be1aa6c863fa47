package factor

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
)

func rowsOf(rows [][]float64) *mat.Dense {
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, r := range rows {
		m.SetRow(i, r)
	}
	return m
}

func apart(a, b mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(a, b)
	return mat.Norm(&d, math.Inf(1)) / math.Max(1, mat.Norm(b, math.Inf(1)))
}

// weightsOf is the regression as one matrix.
func weightsOf(r *Regression) *mat.Dense {
	var w mat.Dense
	w.Mul(r.Basis.Vectors, r.Readout)
	return &w
}

func agree(t *testing.T, content []byte, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var numpy struct {
		X, Y    [][]float64
		Answers []struct {
			Rank               int
			Ridge              float64
			Weights, Predicted [][]float64
			Explained          []float64
		}
	}
	if err := json.Unmarshal(content, &numpy); err != nil || len(numpy.Answers) < 4 {
		t.Fatal(err, len(numpy.Answers))
	}
	x, y, worst := rowsOf(numpy.X), rowsOf(numpy.Y), 0.0
	for _, a := range numpy.Answers {
		r, err := ReducedRank(x, y, a.Rank, a.Ridge)
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.Predict(x)
		if err != nil {
			t.Fatal(err)
		}
		off := max(apart(weightsOf(r), rowsOf(a.Weights)), apart(p, rowsOf(a.Predicted)),
			apart(mat.NewVecDense(len(r.Explained), r.Explained), mat.NewVecDense(len(a.Explained), a.Explained)))
		worst = max(worst, off)
		if !(off < 1e-9) || r.Basis.Dim() != a.Rank {
			t.Errorf("rank %d, ridge %g: %.2g from NumPy's", a.Rank, a.Ridge, off)
		}
	}
	t.Logf("at most %.2g apart", worst)
}

func TestReducedRankIsNumPys(t *testing.T) {
	content, err := os.ReadFile("testdata/reducedrank.json")
	agree(t, content, err)
}

func TestReducedRankOfOtherProblemsIsNumPys(t *testing.T) {
	testkit.Needs(t, "Python with numpy")
	for _, size := range [][]string{{"1", "40", "6", "4"}, {"2", "500", "60", "16"}, {"3", "900", "20", "40"}} {
		content, err := exec.Command("/usr/bin/python3", append([]string{"testdata/reducedrank.py"}, size...)...).Output()
		agree(t, content, err)
	}
}

// coupled is activity of n units, two dimensions of which drive m signals; the
// largest dimensions of the activity do not.
func coupled(samples, n, m int, noise float64) (x, y *mat.Dense, driving *mat.Dense) {
	rng := neuro.Stream(3, "coupled")
	normal := func(r, c int, scale float64) *mat.Dense {
		d := mat.NewDense(r, c, nil)
		d.Apply(func(int, int, float64) float64 { return scale * rng.NormFloat64() }, d)
		return d
	}
	x, driving = &mat.Dense{}, normal(n, 2, 1)
	x.Mul(normal(samples, 3, 5), normal(3, n, 1)) // large, and of no use
	x.Add(x, normal(samples, n, 0.7))
	y = &mat.Dense{}
	var latent mat.Dense
	latent.Mul(x, driving)
	y.Mul(&latent, normal(2, m, 1))
	y.Add(y, normal(samples, m, noise))
	return x, y, driving
}

// What drives signals is found, though it is a small part of the activity.
func TestReducedRankFindsWhatDrives(t *testing.T) {
	x, y, driving := coupled(4000, 12, 5, 0.1)
	r, err := ReducedRank(x, y, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	angles, err := PrincipalAngles(r.Basis.Vectors, driving)
	if err != nil {
		t.Fatal(err)
	}
	if angles[1] > 0.01 {
		t.Errorf("the driving dimensions are %.2g rad off", angles[1])
	}
	if r.Explained[1] < 0.9999 || len(r.Explained) != 5 || math.Abs(r.Explained[4]-1) > 1e-12 {
		t.Errorf("explained: %v", r.Explained)
	}
	best, scores, err := ChooseRank(x, y, DefaultRankChoice(5))
	if err != nil {
		t.Fatal(err)
	}
	if best.Basis.Dim() != 2 {
		t.Errorf("a rank of %d is chosen, 2 drive; scores\n%.5v", best.Basis.Dim(), mat.Formatted(scores))
	}
}

// Factors are orthonormal, uncorrelated, the largest first; the readout reads what
// Predict says.
func TestReducedRankGivesABasis(t *testing.T) {
	x, y, _ := coupled(300, 8, 6, 2)
	r, err := ReducedRank(x, y, 3, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	var gram, moment, read mat.Dense
	gram.Mul(r.Basis.Vectors.T(), r.Basis.Vectors)
	if apart(&gram, mat.NewDiagDense(3, []float64{1, 1, 1})) > 1e-12 {
		t.Errorf("not orthonormal:\n%v", mat.Formatted(&gram))
	}
	y1, err := r.Basis.Project(x)
	if err != nil {
		t.Fatal(err)
	}
	moment.Mul(y1.T(), y1)
	for i := range 3 {
		for j := range i {
			if math.Abs(moment.At(i, j)) > 1e-9*moment.At(0, 0) || moment.At(i, i) > moment.At(j, j) {
				t.Errorf("factors are correlated, or out of order:\n%v", mat.Formatted(&moment))
			}
		}
	}
	p, err := r.Predict(x)
	if err != nil {
		t.Fatal(err)
	}
	read.Mul(y1, r.Readout)
	read.Apply(func(_, j int, v float64) float64 { return v + r.Offset[j] }, &read)
	if apart(&read, p) > 1e-12 {
		t.Error("the readout of the factors is not the prediction")
	}
}

// The closed form: with all dimensions, least squares; with fewer, least squares
// projected on the leading right singular vectors of what it fits. No other matrix
// of that rank, near or far, does better.
func TestReducedRankIsTheBestOfItsRank(t *testing.T) {
	x, y, _ := coupled(200, 5, 4, 3)
	centre := func(m *mat.Dense) *mat.Dense {
		out, _ := CentredPCA(m, Components(1))
		return mat.DenseCopyOf(centred(m, out.Mean))
	}
	cx, cy := centre(x), centre(y)
	var ols, fitted, cut mat.Dense
	if err := ols.Solve(cx, cy); err != nil {
		t.Fatal(err)
	}
	full, err := ReducedRank(x, y, 4, 0)
	if err != nil {
		t.Fatal(err)
	}
	if off := apart(weightsOf(full), &ols); off > 1e-10 {
		t.Errorf("full rank is %.2g from least squares", off)
	}
	fitted.Mul(cx, &ols)
	var svd mat.SVD
	svd.Factorize(&fitted, mat.SVDThin)
	var v, vv mat.Dense
	svd.VTo(&v)
	vv.Mul(v.Slice(0, 4, 0, 2), v.Slice(0, 4, 0, 2).T())
	cut.Mul(&ols, &vv)
	r, err := ReducedRank(x, y, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	if off := apart(weightsOf(r), &cut); off > 1e-10 {
		t.Errorf("rank 2 is %.2g from the closed form", off)
	}
	loss := func(a, b mat.Matrix) float64 {
		var w, p mat.Dense
		w.Mul(a, b)
		p.Mul(cx, &w)
		p.Sub(&p, cy)
		return mat.Norm(&p, 2)
	}
	best, rng := loss(r.Basis.Vectors, r.Readout), neuro.Stream(1, "others")
	for k := range 300 {
		a, b := mat.DenseCopyOf(r.Basis.Vectors), mat.DenseCopyOf(r.Readout)
		scale := []float64{1e-3, 1e-2, 1}[k%3]
		move := func(_, _ int, v float64) float64 { return v + scale*rng.NormFloat64() }
		a.Apply(move, a)
		b.Apply(move, b)
		if other := loss(a, b); other < best {
			t.Errorf("another matrix of rank 2 has an error of %g, less than %g", other, best)
		}
	}
}

func TestReducedRankSaysWhatIsWrong(t *testing.T) {
	x, y, _ := coupled(50, 4, 3, 1)
	twice := mat.NewDense(50, 4, nil)
	twice.Apply(func(i, j int, _ float64) float64 { return x.At(i, j%2) }, twice)
	constant := mat.NewDense(50, 1, nil)
	one := mat.NewDense(50, 3, nil)
	one.Apply(func(i, _ int, _ float64) float64 { return x.At(i, 0) }, one)
	holes := mat.DenseCopyOf(y)
	holes.Set(7, 1, math.NaN())
	second := func(_ any, err error) error { return err }
	chosen := func(c RankChoice) error {
		_, _, err := ChooseRank(x, y, c)
		return err
	}
	for want, err := range map[string]error{
		"no signals":              second(ReducedRank(x, nil, 1, 0)),
		"no activity":             second(ReducedRank(nil, y, 1, 0)),
		"must have the same step": second(ReducedRank(x, y.Slice(0, 40, 0, 3), 1, 0)),
		"one sample":              second(ReducedRank(x.Slice(0, 1, 0, 4), y.Slice(0, 1, 0, 3), 1, 0)),
		"a rank of 4":             second(ReducedRank(x, y, 4, 0)),
		"a rank of 0":             second(ReducedRank(x, y, 0, 0)),
		"along 1 dimensions only": second(ReducedRank(x, one, 2, 0)),
		"a ridge of -1":           second(ReducedRank(x, y, 1, -1)),
		"depend on each other":    second(ReducedRank(twice, y, 1, 0)),
		"predicts nothing":        second(ReducedRank(x, constant, 1, 0)),
		"NaN at step 7":           second(ReducedRank(x, holes, 1, 0)),
		"26 folds of 50 steps":    chosen(RankChoice{Ranks: []int{1}, Ridges: []float64{0}, Folds: 26}),
		"0 ranks":                 chosen(RankChoice{Ridges: []float64{0}, Folds: 2}),
		"ranks [2 1]":             chosen(RankChoice{Ranks: []int{2, 1}, Ridges: []float64{0}, Folds: 2}),
		"a ridge of NaN":          chosen(RankChoice{Ranks: []int{1}, Ridges: []float64{math.NaN()}, Folds: 2}),
	} {
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want a sentence with %q", err, want)
		}
	}
	if _, err := ReducedRank(twice, y, 1, 1e-3); err != nil {
		t.Errorf("a ridge does not help dependent units: %v", err)
	}
}
