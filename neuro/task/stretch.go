package task

// Stretch is a trial's place in a recording: steps From <= t < To, and its condition.
type Stretch struct{ From, To, Condition int }
