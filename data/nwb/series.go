package nwb

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// SeriesInfo is what is known of a series without reading it.
type SeriesInfo struct {
	// Path is where it is; Name is its own.
	Path, Name string
	// Type is what the file calls it: "TimeSeries", "ElectricalSeries".
	Type, Description, Unit string
	// Rows × Channels. Names of the channels, nil where they have none.
	Rows, Channels int
	Names          []string
	// Rate in hertz, the mean one where the series has Timestamps.
	Rate       float64
	Timestamps bool
	// Start and Stop are the times of the first and the last row, in seconds.
	Start, Stop float64
}

// Bytes is what the values take in memory.
func (s SeriesInfo) Bytes() int64 {
	if s.Channels > 0 && int64(s.Rows) > math.MaxInt64/8/int64(s.Channels) {
		return math.MaxInt64
	}
	return 8 * int64(s.Rows) * int64(s.Channels)
}

// seriesData opens the data of a series. why says why there is nothing to read.
func seriesData(g *hdf5.Group) (d *hdf5.Dataset, why string, err error) {
	if d, err = datasetIf(g, "data"); err != nil {
		return nil, "", err
	}
	if d == nil {
		return nil, "it has no data", nil
	}
	switch dims := d.Dims(); {
	case d.Values().Len() == 0:
		if file, _ := datasetIf(g, "external_file"); file != nil {
			return nil, "its data are in other files (external_file)", nil
		}
		return nil, fmt.Sprintf("its data are empty, of dimensions %v", dims), nil
	case len(dims) > 2:
		return nil, fmt.Sprintf("its data have %d dimensions, %v: series of rows and channels are read; read %s with package hdf5", len(dims), dims, d.Path()), nil
	case len(dims) == 0:
		return nil, "its data are a single value", nil
	case d.Type().Class != hdf5.Integer && d.Type().Class != hdf5.Float && !d.Type().IsBool():
		return nil, fmt.Sprintf("its data are %s, not numbers", d.Type()), nil
	}
	return d, "", nil
}

// about reads what is known of a series without reading it.
func (f *File) aboutSeries(g *hdf5.Group) (s SeriesInfo, why string, err error) {
	d, why, err := seriesData(g)
	if d == nil || err != nil {
		return s, why, err
	}
	dims := append(d.Dims(), 1)
	s = SeriesInfo{Path: g.Path(), Name: nameOf(g), Rows: dims[0], Channels: dims[1]}
	for name, to := range map[string]*string{"neurodata_type": &s.Type, "description": &s.Description} {
		if *to, err = word(g, name); err != nil {
			return s, "", err
		}
	}
	if s.Unit, err = word(d, "unit"); err != nil {
		return s, "", err
	}
	if s.Names, err = f.channels(g, s.Channels); err != nil {
		return s, "", err
	}
	times, err := datasetIf(g, "timestamps")
	if err != nil {
		return s, "", err
	}
	if times == nil {
		if s.Start, s.Rate, err = startingTime(g); err != nil {
			return s, err.Error(), nil
		}
		s.Stop = s.Start + float64(s.Rows-1)/s.Rate
		return s, "", nil
	}
	s.Timestamps = true
	if s.Start, s.Stop, err = bounds(times); err != nil {
		return s, err.Error(), nil
	}
	if s.Stop > s.Start {
		s.Rate = float64(s.Rows-1) / (s.Stop - s.Start)
	}
	return s, "", nil
}

// bounds reads the first and the last entry.
func bounds(d *hdf5.Dataset) (first, last float64, err error) {
	n := length(d)
	if n == 0 || len(d.Dims()) != 1 {
		return 0, 0, fmt.Errorf("%s has dimensions %v: it must be a list of times", d.Path(), d.Dims())
	}
	for k, to := range map[int]*float64{0: &first, n - 1: &last} {
		v, err := d.Rows(k, k+1)
		if err != nil {
			return 0, 0, err
		}
		x, err := v.Float64s()
		if err != nil {
			return 0, 0, err
		}
		*to = x[0]
	}
	if n == 1 {
		last = first
	}
	if math.IsNaN(first+last) || math.IsInf(first+last, 0) {
		return 0, 0, fmt.Errorf("%s goes from %g to %g s: times must be finite", d.Path(), first, last)
	}
	return first, last, nil
}

var columnsIn = regexp.MustCompile(`columns\s*=\s*\[([^\]]*)\]`)

// channels returns the names of the channels: those that the comments or the
// description list as columns=[x,y], else those of the electrodes, else that of the
// series if it is its only channel.
func (f *File) channels(g *hdf5.Group, n int) ([]string, error) {
	for _, where := range []string{"comments", "description"} {
		text, err := word(g, where)
		if err != nil {
			return nil, err
		}
		if m := columnsIn.FindStringSubmatch(text); m != nil {
			names := strings.Split(m[1], ",")
			for i := range names {
				names[i] = strings.Trim(strings.TrimSpace(names[i]), `'"`)
			}
			if len(names) == n {
				return names, nil
			}
		}
	}
	if names, err := f.electrodeNames(g, n); names != nil || err != nil {
		return names, err
	}
	if n == 1 {
		return []string{nameOf(g)}, nil
	}
	return nil, nil
}

// electrodeNames returns the ids of the electrodes that channels belong to.
func (f *File) electrodeNames(g *hdf5.Group, n int) ([]string, error) {
	d, err := datasetIf(g, "electrodes")
	if d == nil || err != nil {
		return nil, err
	}
	rows, err := d.Values().Int64s()
	if err != nil || len(rows) != n {
		return nil, err
	}
	target, err := f.attributeTarget(d, "table")
	if err != nil {
		return nil, err
	}
	var ids []int64
	if target != "" {
		if id, err := f.datasetIf(target, "id"); err != nil {
			return nil, err
		} else if id != nil {
			if ids, err = id.Values().Int64s(); err != nil {
				return nil, err
			}
		}
	}
	names := make([]string, n)
	for i, r := range rows {
		if ids == nil {
			ids = []int64{}
		}
		if r < 0 || int(r) >= len(ids) {
			return nil, fmt.Errorf("%s: channel %d is of row %d of the electrodes, which have %d", d.Path(), i, r, len(ids))
		}
		names[i] = "electrode " + strconv.FormatInt(ids[r], 10)
	}
	return names, nil
}

// readSeries reads a series.
func (f *File) readSeries(g *hdf5.Group, scale, origin float64) (s recording.Series, when clock, err error) {
	d, why, err := seriesData(g)
	if err != nil {
		return s, when, err
	}
	if d == nil {
		return s, when, fmt.Errorf("%s cannot be read: %s", g.Path(), why)
	}
	dims := append(d.Dims(), 1)
	rows, channels := dims[0], dims[1]
	if when, err = readClock(g, rows, scale, origin); err != nil {
		if times, _ := datasetIf(g, "timestamps"); times != nil && length(times) == channels && rows != channels {
			err = fmt.Errorf("%w; it may be channels × time: the first dimension is time", err)
		}
		return s, when, err
	}
	if s.Names, err = f.channels(g, channels); err != nil {
		return s, when, err
	}
	if s.Unit, err = word(d, "unit"); err != nil {
		return s, when, err
	}
	values, err := numbers(d)
	if err != nil {
		return s, when, err
	}
	if err := convert(g, d, values, channels); err != nil {
		return s, when, err
	}
	s.Values = mat.NewDense(rows, channels, values)
	s.Dt, s.Start, s.Times = when.dt, when.start, when.times
	return s, when, nil
}

// numbers reads numbers, and booleans as 0 and 1.
func numbers(d *hdf5.Dataset) ([]float64, error) {
	if !d.Type().IsBool() {
		return d.Values().Float64s()
	}
	flags, err := d.Values().Bools()
	return truths(cells{flags: flags}), err
}

// convert turns stored numbers into the unit of the series.
func convert(g *hdf5.Group, d *hdf5.Dataset, values []float64, channels int) error {
	factor, there, err := hdf5.Number(d, "conversion")
	if err != nil {
		return err
	}
	if !there {
		factor = 1
	}
	offset, _, err := hdf5.Number(d, "offset")
	if err != nil {
		return err
	}
	if math.IsNaN(factor+offset) || math.IsInf(factor+offset, 0) || factor == 0 {
		return fmt.Errorf("%s: its conversion is %g and its offset %g: they must be finite, and the first not 0", d.Path(), factor, offset)
	}
	each, err := datasetIf(g, "channel_conversion")
	if err != nil {
		return err
	}
	if each == nil {
		if factor != 1 || offset != 0 {
			for i, x := range values {
				values[i] = float64(x*factor) + offset
			}
		}
		return nil
	}
	factors, err := each.Values().Float64s()
	if err != nil {
		return err
	}
	if len(factors) != channels {
		return fmt.Errorf("%s has %d entries, and the data have %d channels", each.Path(), len(factors), channels)
	}
	for i, x := range values {
		values[i] = float64(float64(x*factor)*factors[i%channels]) + offset
	}
	return nil
}
