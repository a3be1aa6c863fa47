package attractor

import "github.com/spikewalk/spikewalk/neuro/nef"

// PlanarConfig is an integrator in D dimensions. It marshals to JSON; start
// from [Planar].
type PlanarConfig struct {
	Population nef.Config
	// Points is the number of random points in the ball of the population's
	// radius on which decoders are fitted.
	Points int
	Config Config
}

// Planar is a planar integrator of 200 neurons that are otherwise
// those of MacNeil & Eliasmith (2011).
func Planar() PlanarConfig {
	pop := nef.MacNeil2011()
	pop.Neurons, pop.Dimensions = 200, 2
	return PlanarConfig{Population: pop, Points: 4000, Config: DefaultConfig()}
}

// NewPlanar builds the integrator, f = 0: what it is told to hold, it should
// hold.
func NewPlanar(cfg PlanarConfig) (*Attractor, error) {
	pop, err := nef.NewPopulation(cfg.Population)
	if err != nil {
		return nil, err
	}
	points, err := nef.Ball(cfg.Population.Radius, cfg.Population.Dimensions, cfg.Points, cfg.Population.Seed)
	if err != nil {
		return nil, err
	}
	return New(pop, Definition{Points: points, Config: cfg.Config})
}
