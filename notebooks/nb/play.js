// Play's controls. What a test may rely on:
//   div.spikewalk-play[data-name=FIGURE]   one figure; its attributes:
//     data-ready       "true" once the controls are there
//     data-setting     where they stand: "gain = 2, neuron = LIF"
//     data-redraws     how often the figure was redrawn, 0 at first
//     data-redraw-ms   how long the last redrawing took, from the event to the painted picture
//   in it  img.spikewalk-figure  and  .spikewalk-control[data-name=CONTROL]  with one
//   input[type=range] (its value is the number of the value, from 0) or one select.
function spikewalkPlay(key, play) {
  "use strict";
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // text or image of a frame as an address that an <img> takes. Not as a blob,
  // which the security policies of some notebooks forbid.
  async function address(frame) {
    const cut = frame.indexOf(":"), kind = frame.slice(0, cut), data = frame.slice(cut + 1);
    if (kind === "png") return "data:image/png;base64," + data;
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return "data:image/svg+xml;charset=utf-8," + encodeURIComponent(await new Response(stream).text());
  }

  function element(tag, attributes, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
    e.append(...children);
    return e;
  }

  function start(root) {
    root.dataset.ready = "true";
    root.dataset.redraws = "0";
    const image = root.querySelector("img");
    const at = play.controls.map((c) => c.start);
    const known = new Map();
    let newest = 0;

    const setting = () => play.controls.map((c, k) => c.name + " = " + c.labels[at[k]]).join(", ");
    const number = () => play.controls.reduce((n, c, k) => n * c.labels.length + at[k], 0);

    async function redraw() {
      const begun = performance.now(), mine = ++newest, n = number(), label = setting();
      root.dataset.setting = label;
      if (!known.has(n)) known.set(n, await address(play.frames[n]));
      if (mine !== newest) return; // overtaken
      image.src = known.get(n);
      image.alt = play.name + " at " + label;
      await image.decode().catch(() => {});
      if (mine !== newest) return;
      // A frame later it is on the screen; a hidden page has no frames.
      await Promise.race([new Promise((done) => requestAnimationFrame(() => done())), wait(50)]);
      root.dataset.redrawMs = (performance.now() - begun).toFixed(1);
      root.dataset.redraws = String(Number(root.dataset.redraws) + 1);
    }

    const box = element("div", {
      class: "spikewalk-controls", role: "group", "aria-label": "controls of " + play.name,
      style: "display: flex; flex-wrap: wrap; gap: 0.4em 2em; margin: 0.5em 0; font: 14px/1.5 sans-serif; color: inherit",
    });
    play.controls.forEach((c, k) => {
      const control = c.kind === "slider" ? slider(c, k) : choice(c, k);
      box.append(element("label", {
        class: "spikewalk-control", "data-name": c.name, style: "display: flex; align-items: center; gap: 0.6em; font-weight: normal; margin: 0",
      }, c.name, ...control));
    });
    function slider(c, k) {
      const range = element("input", {
        type: "range", min: 0, max: c.labels.length - 1, step: 1, value: c.start,
        "aria-label": c.name, "aria-valuetext": c.labels[c.start], style: "width: 12em; margin: 0",
      });
      const longest = Math.max(...c.labels.map((l) => l.length));
      const value = element("output", { style: "display: inline-block; min-width: " + longest + "ch" }, c.labels[c.start]);
      range.addEventListener("input", () => {
        at[k] = Number(range.value);
        value.textContent = c.labels[at[k]];
        range.setAttribute("aria-valuetext", c.labels[at[k]]);
        redraw();
      });
      return [range, value];
    }
    function choice(c, k) {
      const select = element("select", { "aria-label": c.name, style: "width: auto; max-width: 20em" },
        ...c.labels.map((l, i) => element("option", { value: i }, l)));
      select.selectedIndex = c.start;
      select.addEventListener("change", () => { at[k] = select.selectedIndex; redraw(); });
      return [select];
    }
    root.append(box);
    root.dataset.setting = setting();
  }

  // Where the browser cannot unpack the figures the first stays as it is. The
  // figure may come into the page a moment after its script.
  async function begin() {
    if (typeof DecompressionStream !== "function") return;
    for (let tries = 0; tries < 20; tries++) {
      const found = document.querySelectorAll('.spikewalk-play[data-key="' + key + '"]:not([data-ready])');
      if (found.length > 0) return found.forEach(start);
      await wait(50);
    }
  }
  begin();
}
