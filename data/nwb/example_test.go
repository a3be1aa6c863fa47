package nwb_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"github.com/spikewalk/spikewalk/data/nwb"
)

// A session that nobody recorded: what is in it, one unit, and a recording with the
// muscles as one series.
func Example() {
	content := session()
	f, err := nwb.NewReader(bytes.NewReader(content), int64(len(content))) // nwb.Open("session.nwb")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Units(), "units,", f.Spikes(), "spikes,", f.Trials(), "trials")

	times, _ := f.Unit(2)
	fmt.Println(times)

	rec, err := f.Recording(nwb.Only("cursor_vel"), nwb.Joined("preprocessed_emg"))
	if err != nil {
		fmt.Println(err)
		return
	}
	emg := rec.Series["preprocessed_emg"]
	fmt.Println(emg.Names, "in", emg.Unit, "every", emg.Dt, "s")
	split, _ := rec.TrialTable.Column("split")
	fmt.Println(split.Texts, rec.Trials[0].Events)
	fmt.Println(rec.Warnings[len(rec.Warnings)-1])
	// Output:
	// 4 units, 8 spikes, 3 trials
	// [0.05 1.75 2.5]
	// [BIC DELT TRI] in mV every 0.02 s
	// [train val none] map[go_cue_time:0.25]
	// /intervals/trials/go_cue_time: 1 of 3 trials have no go_cue_time; leave these trials out, or align to another event (docs/my-network-does-not-learn.md)
}

func session() []byte {
	z, err := zip.OpenReader("testdata/files.zip")
	if err != nil {
		panic(err)
	}
	defer z.Close()
	file, err := z.Open("session.nwb")
	if err != nil {
		panic(err)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		panic(err)
	}
	return content
}
