package nwb

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// real opens a file of the folder hdf5 that SPIKEWALK_DATA has beside the published
// recordings.
func real(t *testing.T, name string) *File {
	t.Helper()
	path := filepath.Join(os.Getenv("SPIKEWALK_DATA"), "hdf5", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("left out, for it needs %s in the folder hdf5 of SPIKEWALK_DATA", name)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// A session of three units of the postsubiculum; numbers are h5py's.
func TestRealSession(t *testing.T) {
	f := real(t, "A8604.nwb")
	rec, err := f.Recording(Trials("epochs"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Units() != 3 || len(rec.Spikes.Times) != 21354 || f.Spikes() != 21354 || len(rec.Warnings) != 0 {
		t.Errorf("%d units, %d spikes, %v", f.Units(), len(rec.Spikes.Times), rec.Warnings)
	}
	total := 0.0
	for i, n := range []int{11020, 4690, 5644} {
		times, err := f.Unit(i)
		if err != nil || len(times) != n {
			t.Errorf("unit %d has %d spikes, %v", i, len(times), err)
		}
		if d := cmp.Diff(times, rec.Spikes.Of(i)); d != "" {
			t.Errorf("unit %d alone is another than in the recording", i)
		}
		for _, x := range times {
			total += x
		}
	}
	if math.Abs(total-12284152.96519905) > 1e-5 {
		t.Errorf("times add up to %.16g", total)
	}
	if got := rec.UnitTable.Names(); !cmp.Equal(got, []string{"id", "location", "group", "electrode_group"}) {
		t.Errorf("columns of units %v", got)
	}
	group, _ := rec.UnitTable.Column("electrode_group")
	if !cmp.Equal(group.Texts, []string{groupPSB, groupPSB, groupPSB}) {
		t.Errorf("groups %v", group.Texts)
	}
	tags, _ := rec.TrialTable.Column("tags")
	if !cmp.Equal(tags.TextLists, [][]string{{"wake"}}) || rec.Trials[0].Stop != 1087.5289 || rec.Electrodes.Len() != 383 {
		t.Errorf("tags %v, stop %v, %d electrodes", tags.TextLists, rec.Trials[0].Stop, rec.Electrodes.Len())
	}
	if rec.Provenance.Session != "A8604-211122" || rec.Provenance.File != "A8604.nwb" {
		t.Errorf("%+v", rec.Provenance)
	}
}

const groupPSB = "/general/extracellular_ephys/group0_psb"

// Files of all versions of PyNWB are read.
func TestFilesOfBefore(t *testing.T) {
	for name, version := range map[string]string{
		"pynwb_1.0.2_nwbfile.nwb": "2.0b", "pynwb_1.0.3_str_experimenter.nwb": "2.0.2", "pynwb_1.1.2_str_pub.nwb": "2.1.0",
		"pynwb_1.5.1_timeseries_no_data.nwb": "2.3.0", "pynwb_2.1.0_nwbfile_with_extension.nwb": "2.5.0",
	} {
		t.Run(name, func(t *testing.T) {
			f := real(t, name)
			rec, err := f.Recording()
			if err != nil || f.About().Version != version || rec.Provenance.Identifier != "ADDME" {
				t.Fatalf("version %q, %v", f.About().Version, err)
			}
			switch version {
			case "2.3.0":
				if w := rec.Warnings[0]; w.Where != "/acquisition/test_timeseries" || !strings.Contains(w.Message, "no data") {
					t.Errorf("warnings %v", rec.Warnings)
				}
			case "2.5.0": // a type of an extension
				if s := rec.Series["test_ts"]; s.Dt != 1 || s.Unit != "ADDME" || s.At(2, 0) != 3 {
					t.Errorf("series %v", s)
				}
			}
		})
	}
}
