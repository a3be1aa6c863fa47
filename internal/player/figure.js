// What all figures share; doc.go tells the markup and what a test may rely on.
"use strict";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// kinds says how a figure of each kind is begun: kind(root, figure), which may say false if it
// cannot be.
const kinds = {};

function element(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

// decode unpacks a figure's data: base64, gzip, JSON.
async function decode(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// drawing makes a frame something that an <img> takes. Not a blob's address, which the security
// policies of some notebooks forbid.
function drawing(figure, frame) {
  if (frame.png) return "data:image/png;base64," + frame.png;
  const parts = [];
  for (let i = 0; i < frame.runs.length; i += 2) {
    for (let k = 0; k < frame.runs[i + 1]; k++) parts.push(figure.pieces[frame.runs[i] + k]);
  }
  return "data:image/svg+xml," + encodeURIComponent(parts.join("\n"));
}

// live is the picture that takes the still one's place.
function live(root, e, frame) {
  e.style.cssText = "width: " + frame.width + "px; aspect-ratio: " + frame.width + " / " + frame.height + "; height: auto; background: #fff";
  const still = root.querySelector(".spikewalk-still");
  still.before(e);
  still.classList.add("spikewalk-paper");
}

// counted notes a redrawing once it is on the screen: a frame has passed (a hidden page has none).
async function counted(root, begun) {
  await Promise.race([new Promise((done) => requestAnimationFrame(() => done())), wait(50)]);
  root.dataset.redrawMs = (performance.now() - begun).toFixed(1);
  root.dataset.redraws = String(Number(root.dataset.redraws) + 1);
}

const paper = `
.spikewalk-paper { display: none !important }
.spikewalk-live { max-width: none }
.spikewalk-turned { max-width: 100% } /* a finger turns it, and cannot scroll it sideways */
.spikewalk-controls button, .spikewalk-controls select, .spikewalk-controls input { min-height: 2.2em; cursor: pointer }
.spikewalk-canvas:focus-visible, .spikewalk-controls :focus-visible { outline: 2px solid #3b8fcb; outline-offset: 2px }
.spikewalk-canvas:focus-visible { outline-offset: -2px } /* within the view, which clips */
@media print {
  .spikewalk-paper { display: block !important }
  .spikewalk-live, .spikewalk-canvas, .spikewalk-controls, .spikewalk-hint { display: none !important }
}`;

// start brings one figure to life.
async function start(root) {
  root.dataset.ready = "";
  const figure = await decode(root.querySelector('script[type="application/vnd.spikewalk.figure"]').textContent);
  if (!kinds[figure.kind]) return;
  root.dataset.kind = figure.kind;
  root.dataset.name = figure.name;
  root.dataset.redraws = "0";
  if (await kinds[figure.kind](root, figure) !== false) root.dataset.ready = "true";
}

// begin starts all figures. In a notebook one may come a moment after its script, and there are two
// where an output is shown twice. Where a browser cannot unpack the data the pictures stay.
async function begin() {
  if (typeof DecompressionStream !== "function") return;
  if (!document.querySelector("style.spikewalk-style")) document.head.append(element("style", { class: "spikewalk-style" }, paper));
  for (let tries = 0; tries < 20; tries++) {
    const found = document.querySelectorAll(".spikewalk-figure:not([data-ready])");
    for (const root of found) start(root).catch((wrong) => console.warn(wrong));
    if (found.length > 0 && document.readyState === "complete") return;
    await wait(50);
  }
}
