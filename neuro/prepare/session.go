package prepare

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// SessionConfig says how a session becomes trials of rates: what counts, what makes a
// condition, and how trials are cut. Texts can be a program's parameters, so that it
// need not be changed for another recording.
type SessionConfig struct {
	// Units and Trials say which count. Only trials in which the event of Align has a
	// time do.
	Units  UnitRules
	Trials TrialRules
	// Kept adds rules to Trials.Where: "result=R" keeps the trials with R in the column
	// result, "result=R, split=train|val" asks for one entry or another. Empty adds none.
	Kept string
	// Target is the column of TrialTable that makes the conditions: of positions, the
	// [Directions] in so many Sectors; with 0 sectors each of its entries ([ConditionsOf]).
	// Empty, conditions are those that trials have (Trial.Condition).
	Target  string
	Sectors int
	// Smooth makes the series [Rates] of the counts, as [Set.Rates] does.
	Smooth Kernel
	// Config is the event and the grid of bins. Its Units, Trials and Conditions are
	// left empty: the rules choose them.
	Config
}

// Session prepares a session: [ChooseUnits], [ChooseTrials], [ConditionsOf] or
// [Directions], [Cut] and [Set.Rates], one after the other. Set.Dropped lists what the
// rules drop before what Cut does, and Set.DroppedUnits the units. Errors are those of
// the steps.
func Session(rec *recording.Recording, cfg SessionConfig) (*Set, error) {
	if cfg.Config.Units != nil || cfg.Config.Trials != nil || cfg.Conditions.Of != nil || cfg.Conditions.Names != nil {
		return nil, errors.New("prepare: a session's Config has units, trials or conditions of its own: the rules beside it choose them")
	}
	units, err := ChooseUnits(rec, cfg.Units)
	if err != nil {
		return nil, err
	}
	rules := cfg.Trials
	if rules.Where, err = where(cfg.Kept, rules.Where); err != nil {
		return nil, err
	}
	if !slices.Contains(rules.Finite, cfg.Align) {
		rules.Finite = append(slices.Clone(rules.Finite), cfg.Align)
	}
	trials, err := ChooseTrials(rec, rules)
	if err != nil {
		return nil, err
	}
	cut := cfg.Config
	cut.Units, cut.Trials = units.Kept, trials.Kept
	if cut.Conditions, err = conditionsBy(rec, cfg.Target, cfg.Sectors); err != nil {
		return nil, err
	}
	set, err := Cut(rec, cut)
	if err != nil {
		return nil, err
	}
	set.Dropped, set.DroppedUnits = append(slices.Clone(trials.Dropped), set.Dropped...), units.Dropped
	return set.Rates(cfg.Smooth)
}

// conditionsBy makes the conditions of [SessionConfig.Target].
func conditionsBy(rec *recording.Recording, column string, sectors int) (Conditions, error) {
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

// where adds the rules of [SessionConfig.Kept] to others.
func where(text string, others map[string][]string) (map[string][]string, error) {
	all := maps.Clone(others)
	if all == nil {
		all = map[string][]string{}
	}
	if strings.TrimSpace(text) == "" {
		return all, nil
	}
	for rule := range strings.SplitSeq(text, ",") {
		name, entries, found := strings.Cut(rule, "=")
		if name = strings.TrimSpace(name); !found || name == "" || strings.TrimSpace(entries) == "" {
			return nil, fmt.Errorf(`prepare: %q is no rule: write COLUMN=ENTRY, or COLUMN=ENTRY|ENTRY, as in "result=R"`, strings.TrimSpace(rule))
		}
		if all[name] != nil {
			return nil, fmt.Errorf("prepare: column %s stands in two rules: write %s=ENTRY|ENTRY for one entry or another", name, name)
		}
		for entry := range strings.SplitSeq(entries, "|") {
			all[name] = append(all[name], strings.TrimSpace(entry))
		}
	}
	return all, nil
}
