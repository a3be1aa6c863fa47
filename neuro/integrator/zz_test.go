package integrator
import ("testing";"context";"math";"github.com/spikewalk/spikewalk/neuro/nef")
func TestZI(t *testing.T){
 for _,rc:=range []float64{0.1,0.05,0.02,0.01,.005} {
  var ms []float64
  for seed := range uint64(10) {
  pc:=nef.MacNeil2011(); pc.TauRC=rc; pc.Seed=seed
  pop,_:=nef.NewPopulation(pc); g,_:=New(pop,MacNeil2011())
  s:=simulate(t,g); s.Hold([]float64{-.2},1)
		mean := func(v float64) (m float64) {
			for range 2000 { s.Step([]float64{v}); m += s.X()[0] / 2000 }
			return m
		}
		before := mean(0)
		for range 5 { mean(0.4) }
  ms=append(ms,mean(0)-before)
  }
  t.Log(rc,ms)
 }
 for _,k:=range []float64{4e-9,4e-8,4e-7,4e-6}{
  g:=paper(t,1); lc:=Light(100); lc.Kappa=k
  _,err:=g.Learn(context.Background(),lc,nil)
  mx:=0.; for _,w:=range g.Decoders().RawMatrix().Data {mx=math.Max(mx,math.Abs(w))}
  t.Log(k,err, drift(t,g).MeanSpeed, mx)
 }
}
