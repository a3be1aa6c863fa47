package kernel

// fma is x*y + z, rounded twice. WebAssembly has no instruction that rounds once,
// and math.FMA, which is exact everywhere, takes twenty-five times as long there
// as everything else together. So results differ from those of other architectures in their last
// bits, on web pages only.
func fma(x, y, z float64) float64 { return float64(x*y) + z }
