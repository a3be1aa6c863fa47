package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/data"
)

const (
	listHelp = `List the recordings that the notebooks use and whether they are on this machine,
and data sets of motor cortex that others have published.

With the name of a data set of the DANDI archive, list its files, and say under
which licence it is published, how to cite it and whom to ask, as its record says:

  spikewalk data list dandi:000941
  spikewalk data list dandi:000941/draft/sub-1

The parts of a name are the number, the version (without one it is the latest that
was published) and the path of a folder or a file.`

	fetchHelp = `Download recordings and verify their checksums: without a name those that the
notebooks use, and of a data set of the DANDI archive a file, a folder or all:

  spikewalk data fetch
  spikewalk data fetch dandi:000941/sub-1

What is on this machine already is verified and not downloaded again, and a download
that broke off goes on where it was. Files of data sets lie in data/dandi of the
cache (SPIKEWALK_CACHE) until you delete them. One command downloads
2000 MB at most, unless SPIKEWALK_DOWNLOAD_MB says otherwise.`
)

// isDandiset tells whether a name is one of the DANDI archive: dandi:000941, or its
// number alone.
func isDandiset(name string) bool {
	lower := strings.ToLower(name)
	number := name != "" && strings.Trim(strings.SplitN(name, "/", 2)[0], "0123456789") == ""
	return number || strings.HasPrefix(lower, "dandi:") || strings.HasPrefix(lower, "https://dandiarchive.org/")
}

// listSets lists the data sets of several files.
func listSets(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nDATA SET\tFILES\tMEGABYTES\tWHERE\tWHAT")
	for _, info := range data.List() {
		if !info.Set {
			continue
		}
		where := info.Path
		if where == "" {
			where = info.Address
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", info.Name, known(int64(info.Files)), known(info.Size/1e6), where, info.Title)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, "spikewalk data list dandi:NUMBER shows the files of one, its licence and how to cite it; spikewalk data fetch dandi:NUMBER/PATH downloads a file.")
	return err
}

// known writes a number, and a question mark for none.
func known(n int64) string {
	if n == 0 {
		return "?"
	}
	return fmt.Sprint(n)
}

// listDandiset lists the files of a data set.
func listDandiset(cmd *cobra.Command, name string) error {
	if err := notByHand(name); err != nil {
		return err
	}
	if !isDandiset(name) {
		return fmt.Errorf("%q is no data set of the DANDI archive, such as dandi:000941; without a name all that are known are listed", name)
	}
	d, err := data.DANDI(cmd.Context(), name)
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	describe(w, d)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "MEGABYTES\t  FILE")
	var sum int64
	for _, a := range d.Assets {
		fmt.Fprintf(table, "%.1f\t  %s\n", float64(a.Size)/1e6, a.Path)
		sum += a.Size
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%.1f MB in %d of its files: spikewalk data fetch dandi:%s/PATH downloads a file or a folder, without a path all of them\n",
		float64(sum)/1e6, len(d.Assets), d.ID)
	return err
}

// notByHand refuses the data sets that the program cannot fetch.
func notByHand(name string) error {
	for _, info := range data.List() {
		if info.Set && info.Name == name && !isDandiset(name) {
			return fmt.Errorf("%s is fetched by hand: download it from %s and open the file by its path", name, info.Address)
		}
	}
	return nil
}

// describe says what a data set is and on which terms.
func describe(w io.Writer, d *data.Dandiset) {
	access := d.Access
	if access == "" {
		access = "access not in its record"
	}
	fmt.Fprintf(w, "%s\ndandi:%s, version %s, %s\n", d.Name, d.ID, d.Version, access)
	terms := d.Terms()
	if len(d.Licences) == 0 {
		terms += ": ask before you use it"
	}
	fmt.Fprintln(w, "licence:", terms)
	for _, line := range []struct{ title, text string }{
		{"cite:", d.Citation}, {"doi:", d.DOI}, {"contact:", strings.Join(d.Contacts, ", ")},
	} {
		if line.text != "" {
			fmt.Fprintln(w, line.title, line.text)
		}
	}
}

// fetchDandiset downloads the files of a data set, or those at a path in it.
func fetchDandiset(cmd *cobra.Command, name string) error {
	d, err := data.DANDI(cmd.Context(), name)
	if err != nil {
		return err
	}
	if len(d.Assets) == 0 {
		return fmt.Errorf("dandi:%s has no files yet", d.ID)
	}
	paths, err := d.Fetch(cmd.Context(), data.Progress(downloadBar("dandi:"+d.ID)))
	for i, path := range paths {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", d.Assets[i], path)
	}
	if err != nil {
		return err
	}
	describe(cmd.OutOrStdout(), d)
	return nil
}
