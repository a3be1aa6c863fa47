// Package task makes the trials that networks are trained on: what they are
// shown (inputs), what they are asked for (targets), what may help them
// (hints), and the window in which they are judged.
//
// A [Task] has two methods, so one of your own is two functions. Times are in
// seconds, matrices are time-major (rows are steps, columns are channels).
package task
