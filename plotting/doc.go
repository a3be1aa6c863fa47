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
// A colour means the same in every figure. Panels that draw several things (lines,
// groups, channels, conditions, paths) have two methods that say what these are:
//
//   - Role: what was perturbed is vermilion, what was learned blue, what is on
//     its way there pale blue, the optimum dark grey, and a target grey and thick;
//     see [Role].
//   - Ordered: positions, directions, doses and trials have the colours of one
//     ramp, from dark to light.
//
// Without either, up to six lines have the colours of Okabe and Ito (Color
// Universal Design, 2008), in an order whose first four also differ in grey and
// without their vermilion; more lines have those of the ramp, so that no colour
// is used twice ([Colors]). Tuning curves have two hues, by the side on which a
// neuron fires more. The dots of a comparison have one colour in all columns,
// which their places tell apart.
//
// What lies over a plane ([Heat]) has the colours of one scale, from dark for little to
// light for much, even in lightness; a bar beside it says what they stand for.
//
// Panels that are compared are drawn alike by [SameScales]. A line that others
// hide is wide, so that it shows on both sides of them. Points beyond the ends that YLim sets
// are told by triangles at the edge and in the legend.
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
