package prepare

import (
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// ConditionsBy makes the conditions that two parameters choose, so that a program need
// not be changed for another recording: [Directions] of the positions in a column, in so
// many sectors; with 0 sectors those of [ConditionsOf] of the column, each of its entries
// one; without a column those that trials have (Trial.Condition).
func ConditionsBy(rec *recording.Recording, column string, sectors int) (Conditions, error) {
	switch {
	case sectors < 0 || column == "" && sectors > 0:
		return Conditions{}, fmt.Errorf("prepare: %d sectors of column %q: give the column of positions, or 0 sectors", sectors, column)
	case sectors > 0:
		return Directions(rec, column, "", sectors)
	case column == "":
		return Conditions{}, checkRecording(rec)
	}
	return ConditionsOf(rec, column)
}

// Where reads the rule [TrialRules.Where] from a text, such as a parameter:
// "result=R" keeps the rows with R in the column result, "result=R, split=train|val"
// asks for one or another. An empty text is no rule.
func Where(text string) (map[string][]string, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	where := make(map[string][]string)
	for rule := range strings.SplitSeq(text, ",") {
		name, entries, found := strings.Cut(rule, "=")
		if name = strings.TrimSpace(name); !found || name == "" || strings.TrimSpace(entries) == "" {
			return nil, fmt.Errorf(`prepare: %q is no rule: write COLUMN=ENTRY, or COLUMN=ENTRY|ENTRY, as in "result=R"`, strings.TrimSpace(rule))
		}
		if where[name] != nil {
			return nil, fmt.Errorf("prepare: column %s stands in two rules: write %s=ENTRY|ENTRY for one entry or another", name, name)
		}
		for entry := range strings.SplitSeq(entries, "|") {
			where[name] = append(where[name], strings.TrimSpace(entry))
		}
	}
	return where, nil
}
