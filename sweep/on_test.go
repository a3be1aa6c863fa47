package sweep

import (
	"reflect"
	"testing"
)

// One word, from the program or around it, says where rows are computed.
func TestOn(t *testing.T) {
	for _, c := range []struct {
		word, around string
		want         Engine
	}{
		{"", "", Local{}}, {"local", "slurm", Local{}}, {"", "slurm", Slurm{}}, {"slurm", "", Slurm{}}, {"slrum", "", nil}, {"", "cloud", nil},
	} {
		t.Setenv(engineEnv, c.around)
		got, err := On(c.word)
		if !reflect.DeepEqual(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("On(%q) with %s=%q: %v, %v", c.word, engineEnv, c.around, got, err)
		}
	}
	_, err := On("slrum")
	if err == nil || err.Error() != `sweep: no engine is called "slrum"; did you mean slurm?` {
		t.Error(err)
	}
}
