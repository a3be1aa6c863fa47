package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/experiment/bench"
)

// Every command line that help and documentation show has commands, flags,
// names and parameters that there are.
func TestCommandLinesAreReal(t *testing.T) {
	lines := map[string]string{} // where it stands, by line
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for line := range strings.Lines(c.Example) {
			for part := range strings.SplitSeq(line, "&&") {
				lines[strings.TrimPrefix(strings.TrimSpace(part), "spikewalk ")] = "help of " + c.CommandPath()
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(command())
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?:go run \\./cmd/spikewalk|`spikewalk) ([^`\n]*)|(?:`|(?m:^ *spikewalk ))((?:notebooks|reproduce|data|bench|kernel|lab|new|sweep|cache) [^`\n]*)")
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range shown.FindAllStringSubmatch(string(text), -1) {
			lines[m[1]+m[2]] = page
		}
	}
	if len(lines) < 20 {
		t.Errorf("only %d command lines were found", len(lines))
	}
	for line, where := range lines {
		if err := checkLine(line); err != nil {
			t.Errorf("%s: spikewalk %s: %v", where, line, err)
		}
	}
}

// checkLine takes words in capitals for names that stand for others.
func checkLine(line string) error {
	line, _, _ = strings.Cut(line, "#")
	cmd, rest, err := command().Find(strings.Fields(line))
	if err != nil {
		return err
	}
	for i, word := range rest {
		if strings.Contains(word, "$") {
			rest[i] = "1" // a variable of a shell
		}
	}
	cmd.InitDefaultVersionFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	names := slices.DeleteFunc(cmd.Flags().Args(), func(name string) bool {
		return name == strings.ToUpper(name) && name != strings.ToLower(name)
	})
	switch cmd.Name() {
	case "notebooks":
		return checkNotebooksLine(cmd, names)
	case "reproduce":
		_, err = experiments(names)
	case "bench":
		err = allAmong(names, bench.Names())
	case "fetch":
		var all []string
		for _, info := range data.List() {
			all = append(all, info.Name)
		}
		err = allAmong(slices.DeleteFunc(names, isDandiset), all)
	default:
		if cmd.Flags().NArg() > 0 { // else prose that mentions a command
			err = cmd.ValidateArgs(cmd.Flags().Args())
		}
	}
	return err
}

func allAmong(names, all []string) error {
	for _, name := range names {
		if _, err := choose.One("name", name, all); err != nil {
			return err
		}
	}
	return nil
}

func checkNotebooksLine(cmd *cobra.Command, names []string) error {
	if cmd.Flags().Changed("folder") {
		return nil // of the reader's own
	}
	set, err := cmd.Flags().GetStringArray("set")
	if err != nil {
		return err
	}
	var o run.Options
	if o.Set, err = assignments(set); err != nil {
		return err
	}
	if o.Notebooks, err = notebook.Select("../../notebooks", names); err != nil {
		return err
	}
	if len(set) == 0 {
		return nil
	}
	if o.Out, err = os.MkdirTemp("", "out"); err != nil {
		return err
	}
	defer os.RemoveAll(o.Out)
	_, err = o.Plan()
	return err
}

func TestCheckLineFindsWhatIsWrong(t *testing.T) {
	for _, line := range []string{
		"nonsense", "notebooks 99_none", "notebooks 02_pca --set Trials=50", "notebooks --sett Seed=1", "reproduce nothing",
		"data fetch nothing", "bench nothing", "kernel install now", "notebooks --set Seed=x",
	} {
		if checkLine(line) == nil {
			t.Errorf("%s is taken for a command line that works", line)
		}
	}
}

// Help, README and the results as committed tell the same of reproduce.
func TestReproduceIsToldAlike(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	results, err := os.ReadFile("../../docs/results/RESULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?s)\*\*(\d+ of \d+) thresholds passed\.\*\*.*has computed this, in (\d+) min on one core`).FindStringSubmatch(string(results))
	if m == nil {
		t.Fatal("RESULTS.md does not say how many thresholds were passed, and in which time on one core")
	}
	minutes, err := strconv.Atoi(m[2])
	if err != nil || minutes >= 120 {
		t.Errorf("%s minutes on one core are not %s on two", m[2], reproduceTakes)
	}
	said := strings.Join(strings.Fields(string(readme)), " ")
	for _, want := range []string{m[1] + " thresholds are passed", fmt.Sprintf("in %d minutes on two cores", (minutes+1)/2), "to the test, in " + reproduceTakes + "."} {
		if !strings.Contains(said, want) {
			t.Errorf("README does not say %q", want)
		}
	}
	help := command()
	cmd, _, err := help.Find([]string{"reproduce"})
	if err != nil || !strings.Contains(cmd.Long, "All of them take "+reproduceTakes+"\non two cores") {
		t.Errorf("help does not say how long it takes: %v", err)
	}
	for _, id := range ids() {
		if !strings.Contains(cmd.Long, id) || !strings.Contains(string(results), "### "+id+"\n") {
			t.Errorf("%s is not in help and in RESULTS.md", id)
		}
	}
}
