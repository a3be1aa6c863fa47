package neuro

// NumericsVersion changes whenever the same seed and configuration would
// give other numbers than before. Memoised results carry it in their key.
const NumericsVersion = 4
