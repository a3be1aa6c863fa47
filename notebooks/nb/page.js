// What all scripts of this package share: function (key, data) { this; one of the others }.
//
// What a test may rely on is an attribute of each figure, div.spikewalk-play, -try or -turn
// [data-name=FIGURE]:
//   data-ready       "true" once it can be used
//   data-redraws     how often the figure was redrawn, 0 at first
// and those named in controls.js, try.js and turn.js.
"use strict";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// each calls start for the figures of this script. One may come into the page a moment after
// its script, and there are two where a notebook shows an output twice.
async function each(kind, start) {
  for (let tries = 0; tries < 20; tries++) {
    const found = document.querySelectorAll(".spikewalk-" + kind + '[data-key="' + key + '"]:not([data-ready])');
    if (found.length > 0) return found.forEach((root) => { root.dataset.ready = ""; start(root); });
    await wait(50);
  }
}
