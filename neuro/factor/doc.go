// Package factor finds the few dimensions in which a population's activity
// lives: principal components, how many matter, and how two such subspaces
// lie to each other.
//
// Activity is time-major, T × N: rows are steps, columns are units.
package factor
