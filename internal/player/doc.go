// Package player is the format of a figure that a reader can play with, and the
// script that brings it to life.
//
// A notebook's output holds such a figure under [MIME], beside its PNG: one
// string, the base64 of the gzip of the JSON of a [Figure]. A page shows it so:
//
//	<div class="spikewalk-figure">
//	<div class="spikewalk-view">
//	<img class="spikewalk-still" src="data:image/png;base64,…" alt="…" width="642" height="300">
//	</div>
//	<script type="application/vnd.spikewalk.figure">H4sI…</script>
//	</div>
//
// and once, below all figures, <script>[Script]</script>, the very text, of
// which [ScriptHash] is what a content security policy asks for:
//
//	default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-…'
//
// Without scripts, and on paper, the PNG is all there is. With them what the
// reader turns or plays takes its place in the view; controls stand between the
// view and the data, so that a page may let the view alone scroll. Nothing moves
// before the reader asks for it.
//
// What a test may rely on are attributes of the figure:
//
//	data-ready       "true" once it can be used (a still figure never can)
//	data-kind        "play" or "turn"
//	data-name        the figure's name
//	data-redraws     how often it was redrawn, 0 at first
//	data-redraw-ms   how long that took the last time, from the event to the picture
//	data-setting     of a figure to play: where its controls stand, "gain = 2, neuron = LIF"
//	data-azimuth, data-elevation   of a figure to turn, in degrees
//
// and in it img.spikewalk-live or canvas.spikewalk-canvas,
// .spikewalk-control[data-name=CONTROL] with an input[type=range] (its value is
// the number of the value, from 0) or a select, button.spikewalk-play, and
// .spikewalk-hint.
package player
