package compare

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// asked is a problem of testdata/scores.py with NumPy's answer.
type asked struct{ Problem, Answer map[string]any }

func read(t *testing.T, content []byte, err error) (all []asked) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestScoresAreNumPys(t *testing.T) {
	content, err := os.ReadFile("testdata/scores.json")
	apart := answered(t, read(t, content, err), 1e-9)
	t.Logf("at most %.2g apart", apart)
}

// The answers in testdata are those of the script, and so are those of other
// problems, larger ones.
func TestScoresOfOtherProblemsAreNumPys(t *testing.T) {
	testkit.Needs(t, "Python with numpy")
	worst := 0.0
	for seed := 1; seed <= 6; seed++ {
		size := 1 + 4*(seed-1)
		content, err := exec.Command("/usr/bin/python3", "testdata/scores.py", fmt.Sprint(seed), fmt.Sprint(size)).Output()
		worst = math.Max(worst, answered(t, read(t, content, err), 1e-9))
	}
	t.Logf("at most %.2g apart", worst)
}

// answered compares our answers with NumPy's, and returns how far apart they are at
// most, relative to the larger of 1 and NumPy's.
func answered(t *testing.T, problems []asked, tolerance float64) (worst float64) {
	t.Helper()
	if len(problems) < 12 {
		t.Fatalf("%d problems", len(problems))
	}
	for i, p := range problems {
		ours, err := solved(p.Problem)
		if err != nil {
			t.Errorf("problem %d, %v: %v", i, p.Problem["score"], err)
			continue
		}
		// Through JSON, as NumPy's answer came.
		ours = plain(ours).(map[string]any)
		if len(ours) != len(p.Answer) {
			t.Errorf("problem %d, %v: %d answers, want %d", i, p.Problem["score"], len(ours), len(p.Answer))
		}
		for what, want := range p.Answer {
			apart := distance(ours[what], want)
			worst = math.Max(worst, apart)
			if !(apart <= tolerance) {
				t.Errorf("problem %d, %v: %s is %v, NumPy's %v", i, p.Problem["score"], what, ours[what], want)
			}
		}
	}
	return worst
}

// plain turns numbers, slices and matrices into what JSON would give.
func plain(x any) any {
	switch x := x.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, v := range x {
			out[k] = plain(v)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = plain(v)
		}
		return out
	case []float64:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = plain(v)
		}
		return out
	case *mat.Dense:
		out := make([]any, x.RawMatrix().Rows)
		for i := range out {
			out[i] = plain(x.RawRowView(i))
		}
		return out
	case []*mat.Dense:
		out := make([]any, len(x))
		for i, m := range x {
			out[i] = plain(m)
		}
		return out
	case int:
		return float64(x)
	case float64:
		if math.IsNaN(x) {
			return nil
		}
	}
	return x
}

// distance is the largest between two trees of numbers, infinite where their form
// differs.
func distance(a, b any) float64 {
	worst := 0.0
	switch b := b.(type) {
	case nil:
		if a == nil {
			return 0
		}
	case float64:
		if a, ok := a.(float64); ok {
			return math.Abs(a-b) / math.Max(1, math.Abs(b))
		}
	case []any:
		if a, ok := a.([]any); ok && len(a) == len(b) {
			for i := range b {
				worst = math.Max(worst, distance(a[i], b[i]))
			}
			return worst
		}
	case map[string]any:
		if a, ok := a.(map[string]any); ok && len(a) == len(b) {
			for k := range b {
				worst = math.Max(worst, distance(a[k], b[k]))
			}
			return worst
		}
	}
	return math.Inf(1)
}
