// Package factor finds the few dimensions of a population's activity: principal
// components ([PCA], [CentredPCA]) and how many matter, the angles between two
// such subspaces ([PrincipalAngles], [Basis.Alignment]), how alike the time courses
// of two networks of any sizes are ([Compare]), and whether the activity rotates
// ([JPCA]). [ReducedRank] finds the dimensions from which other signals, such as
// muscles, can be predicted.
//
// Activity is time-major, T × N: rows are steps, columns are units.
package factor
