package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Window returns the response from one time up to another, in seconds from the event
// and rounded to samples. It shares the numbers with r. It is an error if the response
// does not cover that time.
func (r *Response) Window(from, to float64) (*Response, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	first, last := math.Round((from-r.Start)/r.Dt), math.Round((to-r.Start)/r.Dt)
	w := *r
	w.Start, w.Mean, w.SEM = r.Start+first*r.Dt, nil, nil
	for c, m := range r.Mean {
		steps, n := m.Dims()
		if !(0 <= first && first < last && last <= float64(steps)) {
			return nil, fmt.Errorf("spiketrain: condition %d is from %g to %g s, which has no window from %g to %g s",
				c, r.Start, r.Start+float64(steps)*r.Dt, from, to)
		}
		cut := func(m *mat.Dense) *mat.Dense { return m.Slice(int(first), int(last), 0, n).(*mat.Dense) }
		w.Mean = append(w.Mean, cut(m))
		if len(r.SEM) != len(r.Mean) || r.SEM[c] == nil {
			w.SEM = append(w.SEM, nil)
			continue
		}
		if t, k := r.SEM[c].Dims(); t != steps || k != n {
			return nil, fmt.Errorf("spiketrain: the standard errors of condition %d are %d x %d, its mean is %d x %d", c, t, k, steps, n)
		}
		w.SEM = append(w.SEM, cut(r.SEM[c]))
	}
	return &w, nil
}

// Between returns the means over time from one time up to another, as [Response.Window]
// takes them, conditions × N: rates of which tuning curves are made (see [FitCosine]).
func (r *Response) Between(from, to float64) (*mat.Dense, error) {
	w, err := r.Window(from, to)
	if err != nil {
		return nil, err
	}
	means := mat.NewDense(len(w.Mean), w.Neurons(), nil)
	for c, m := range w.Mean {
		steps, n := m.Dims()
		for i := range n {
			means.Set(c, i, mat.Sum(m.Slice(0, steps, i, i+1))/float64(steps))
		}
	}
	return means, nil
}
