// Package plotting turns results into figures: panels, composed into one
// drawing, encoded as PNG, SVG, PDF and, for the numbers, JSON.
//
//	fig := plotting.Figure(
//		plotting.Outputs(rec.Outputs).Title("network output"),
//		plotting.Raster(rec.Spikes).Rows(300),
//	)
//	err := fig.Save("figure.png", "figure.svg", "figure.pdf", "figure.json")
//
// # Data
//
// Panels take what was recorded, a [recording.Series] or [recording.Spikes], or
// computed, such as a [spiketrain.Response]. All of these are structs that plain
// numbers go into. Matrices are T × N: rows are time, columns are channels;
// times are in seconds. What a series says of itself (names, unit, time step)
// labels the panel, unless the caller labels it.
//
// A panel keeps references to what it was given and reads it when the figure is
// encoded, so the numbers should not change in between. Constructors never
// fail: whatever is wrong with the data (a NaN, lengths that disagree, a column
// that does not exist) comes back as an error from PNG, SVG, PDF, JSON or Save,
// and that error names the panel and the place.
//
// # Composition
//
// [Figure] stacks panels in one column, or in several with [Drawing.Columns].
// The left and right edges of the data areas line up within a column, the top
// and bottom edges within a row. Neighbours in a column whose x axes carry the
// same label and nearly the same range share that axis: it is labelled once,
// below the lowest of them. Panels are lettered when there are several.
// Legends stand between the title and the data, never on the data.
//
// # Own panels
//
// [Panel] has one method. A panel of your own returns a [Content] made of
// marks, gonum plotters with their names and numbers, and takes part in
// composition like those of this package.
//
// # Looks
//
// Colours are those of Okabe and Ito (Color Universal Design, 2008), in an
// order whose first four also differ in grey; see [Color]. What has a [Role], as
// what was learned or perturbed, has the same colour in all figures.
//
// Text is set in Liberation Sans, of 8 pt and larger but for raised and lowered
// characters, and what that lacks in DejaVu: Latin, Greek and Cyrillic letters,
// mathematical symbols and letters (∇, ∈, ⟨, 𝒙), accents over any letter (x̂),
// raised and lowered characters ("s⁻¹", "xₙ"). A character that none of the fonts has, one of a script that
// is written from right to left, a control character or a byte that is not
// UTF-8 is an error that names it and its place. Titles, legends, y labels and
// names on axes keep their line breaks; elsewhere a line break is a blank, and
// several blanks are one.
//
// The same drawing encodes to the same bytes, always.
package plotting
