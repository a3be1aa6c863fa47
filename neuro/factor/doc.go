// Package factor finds the few dimensions in which a population's activity
// lives: principal components ([PCA], [CentredPCA]) and how many matter, how
// two such subspaces lie to each other ([PrincipalAngles], [Basis.Alignment]),
// how alike the time courses of two networks of any sizes are ([Compare]), and
// whether the activity rotates ([JPCA]).
//
// Activity is time-major, T × N: rows are steps, columns are units.
package factor
