package main

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/contents"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/plotting"
)

// show is what data show is told.
type show struct {
	json   bool
	out    string
	layout string
}

func showCommand() *cobra.Command {
	var s show
	cmd := &cobra.Command{
		Use:   "show FILE",
		Short: "Say what is in a file: NWB, HDF5, MAT, NumPy or a table of text, here, at a web address or in DANDI",
		Long: `Say what is in a file: NWB, HDF5, MAT, NumPy or a table of text, on this machine, at a web address, or
in the DANDI archive (dandi:NUMBER/PATH). Of NWB and HDF5 files little is read.

A figure shows ten seconds of it: spikes, series and starts of trials. It goes to out/show/NAME.png in the folder that
you are in, or to --out; of a file on a server there is one with --out only, since it reads all spikes.

What the variables of other files than NWB are, a layout says: --layout names a JSON file with the fields of
data.Layout, or is itself JSON, for instance
  {"TimeUnit": "ms", "Spikes": {"Times": "units{u}"}, "Series": {"emg": {"Values": ["emg"], "Axes": "time channel", "Rate": 1000}}}
and of NWB, where each muscle is a series and spikes have milliseconds,
  {"NWB": {"Joined": ["preprocessed_emg"], "TimeUnits": {"units": 0.001}}}

--json prints every array with its path, class, shape, unit and sum, and reads all of the file. Integers and truths
are added exactly; floats as float64, one after the other as they are stored (MAT-files and NumPy's: the first dimension
fastest), without NaN, which are counted: in Python numpy.nancumsum(x.ravel().astype("float64"))[-1].`,
		Example: "spikewalk data show session.nwb\nspikewalk data show session.mat --layout session.json --out session.png",
		Args:    oneName,
		RunE:    func(cmd *cobra.Command, args []string) error { return s.run(cmd, args[0]) },
	}
	cmd.Flags().BoolVar(&s.json, "json", false, "print all arrays with their sums, and draw nothing unless --out says where")
	cmd.Flags().StringVar(&s.out, "out", "", "file for the figure: .png, .svg or .pdf (default out/show/NAME.png)")
	cmd.Flags().StringVar(&s.layout, "layout", "", "JSON, or a file of it, that says which variable holds what")
	return cmd
}

func (s show) run(cmd *cobra.Command, name string) error {
	layout, err := data.ReadLayout(s.layout)
	if err != nil {
		return err
	}
	if ext := strings.ToLower(filepath.Ext(s.out)); s.out != "" && ext != ".png" && ext != ".svg" && ext != ".pdf" {
		return fmt.Errorf("--out is %q: name a file that ends with .png, .svg or .pdf", s.out)
	}
	file, err := contents.Open(cmd.Context(), name)
	if err != nil {
		return err
	}
	defer file.Close()
	if s.json {
		if err := file.JSON(cmd.OutOrStdout()); err != nil || s.out == "" {
			return err
		}
	} else {
		lines, err := file.Lines()
		if err != nil {
			return err
		}
		for _, line := range lines {
			fmt.Fprintln(cmd.OutOrStdout(), line)
		}
	}
	return s.draw(cmd, file, layout)
}

// draw draws the figure, if there is anything to draw, and says where it is.
func (s show) draw(cmd *cobra.Command, file *contents.Source, layout data.Layout) error {
	if s.out == "" && file.Remote && s.layout == "" {
		return nil
	}
	var figure *plotting.Drawing
	if file.HasRecording() || s.layout != "" {
		rec, err := file.Recording(layout)
		if err != nil {
			return err
		}
		about := contents.Doubts(rec)
		if s.layout != "" {
			about = contents.LinesOf(rec)
		}
		for _, line := range about {
			if !s.json {
				fmt.Fprintln(cmd.OutOrStdout(), line)
			}
		}
		figure = contents.Figure(rec, path.Base(filepath.ToSlash(file.Name)))
	} else if file.HasArrays() {
		var err error
		if figure, err = file.FigureOfArrays(); err != nil {
			return err
		}
	}
	if figure == nil {
		if s.out != "" {
			return errors.New("there is nothing to draw without a layout: --layout says which variable holds what")
		}
		return nil
	}
	out := s.out
	if out == "" {
		base := path.Base(filepath.ToSlash(file.Name))
		out = filepath.Join("out", "show", strings.TrimSuffix(base, filepath.Ext(base))+".png")
		if err := scratch.Folder(filepath.Dir(out), scratch.Public); err != nil {
			return err
		}
	}
	if err := figure.Save(out); err != nil {
		return err
	}
	if !s.json {
		fmt.Fprintln(cmd.OutOrStdout(), "figure:", out)
	}
	return nil
}
