package data

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whatever a layout says of a file, there is a recording or a sentence.
func FuzzLayout(f *testing.F) {
	for _, text := range []string{
		`{}`,
		`{"TimeUnit":"s","Clock":"trial","Spikes":{"Times":"trial(k).spikes{u}"},"Series":{"emg":{"Values":["trial(k).emg"],"Axes":"time channel","Rate":100}},"Trials":{"Start":"trial(k).start","Condition":"trial(k).cond","Events":{"go":"trial(k).go"},"Columns":{"r":"trial(k).result"}}}`,
		`{"TimeUnit":"s","Clock":"session","Spikes":{"Times":"units{u}","TimeUnit":"ms"},"Series":{"emg":{"Values":["emg"],"Axes":"condition time channel","Rate":100}},"Trials":{"Start":"start","Stop":"stop"}}`,
		`{"TimeUnit":"s","Spikes":{"Times":"padded","Axes":"unit spike"},"Trials":{"Start":"start","Stop":"stop","Condition":"condition"}}`,
		`{"TimeUnit":"samples","SampleRate":30000,"Spikes":{"Times":"samples","Units":"ids"}}`,
		`{"Spikes":{"Counts":"counts","Axes":"trial time unit","Bin":0.01,"Start":-0.1},"Trials":{"Condition":"k"}}`,
		`{"Series":{"a":{"Values":["D(1).xA","D(k).*"],"Axes":"time unit","Times":"times"}}}`,
		`{"TimeUnit":"s","Spikes":{"Times":"times","Index":"ids"},"Trials":{"Stop":"stop"}}`,
		`{"TimeUnit":"s","Clock":"trial","Spikes":{"Times":"cells{k,u}"},"Trials":{"Stop":"go"}}`,
	} {
		f.Add(text)
	}
	file, err := Open("testdata/layouts/session.mat")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var l Layout
		if json.Unmarshal([]byte(text), &l) != nil {
			return
		}
		rec, err := file.Recording(l)
		switch {
		case err != nil && (err.Error() == "" || strings.Contains(err.Error(), "%!(")):
			t.Error(err)
		case err == nil && rec.Units == 0 && len(rec.Series) == 0 && l.Spikes == (SpikeLayout{}):
			t.Error("a recording of nothing")
		case err == nil:
			for _, w := range rec.Warnings {
				if strings.Contains(w.Message, "recording:") {
					t.Error(w)
				}
			}
		}
	})
}
