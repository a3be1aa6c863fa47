// What Play and Try share.
//
// What a test may rely on, beside what page.js says:
//   data-setting     where the controls stand: "gain = 2, neuron = LIF"
//   data-redraw-ms   how long the last redrawing took, from the event to the painted picture
//   img.spikewalk-figure  and, in .spikewalk-controls,  .spikewalk-control[data-name=CONTROL] with
//   one input[type=range] (its value is the number of the value, from 0) or one select.

function element(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

// controls puts the controls beneath the figure. moved is called when one has another value.
// With patient controls a slider that is dragged counts when it is let go.
function controls(root, patient, moved) {
  const at = data.controls.map((c) => c.start);
  const box = element("div", {
    class: "spikewalk-controls", role: "group", "aria-label": "controls of " + data.name,
    style: "display: flex; flex-wrap: wrap; align-items: center; gap: 0.4em 2em; margin: 0.5em 0; font: 14px/1.5 sans-serif; color: inherit",
  });
  data.controls.forEach((c, k) => {
    box.append(element("label", {
      class: "spikewalk-control", "data-name": c.name, style: "display: flex; align-items: center; gap: 0.6em; font-weight: normal; margin: 0",
    }, c.name, ...(c.kind === "slider" ? slider(c, k) : choice(c, k))));
  });
  function slider(c, k) {
    const range = element("input", {
      type: "range", min: 0, max: c.labels.length - 1, step: 1, value: c.start,
      "aria-label": c.name, "aria-valuetext": c.labels[c.start], style: "width: 12em; margin: 0",
    });
    const longest = Math.max(...c.labels.map((l) => l.length));
    const value = element("output", { style: "display: inline-block; padding: 0; font: inherit; color: inherit; min-width: " + longest + "ch" }, c.labels[c.start]);
    range.addEventListener("input", () => {
      at[k] = Number(range.value);
      value.textContent = c.labels[at[k]];
      range.setAttribute("aria-valuetext", c.labels[at[k]]);
      if (!patient) moved();
    });
    if (patient) range.addEventListener("change", moved);
    return [range, value];
  }
  function choice(c, k) {
    const select = element("select", { "aria-label": c.name, style: "width: auto; max-width: 20em" },
      ...c.labels.map((l, i) => element("option", { value: i }, l)));
    select.selectedIndex = c.start;
    select.addEventListener("change", () => { at[k] = select.selectedIndex; moved(); });
    return [select];
  }
  root.append(box);
  const setting = () => data.controls.map((c, k) => c.name + " = " + c.labels[at[k]]).join(", ");
  root.dataset.setting = setting();
  root.dataset.redraws = "0";
  root.dataset.ready = "true";
  return { box, setting, number: () => data.controls.reduce((n, c, k) => n * c.labels.length + at[k], 0) };
}

// shown counts a redrawing once it is on the screen: the picture has been set and is decoded, and
// a frame has passed (a hidden page has no frames).
async function shown(root, begun) {
  await Promise.race([new Promise((done) => requestAnimationFrame(() => done())), wait(50)]);
  root.dataset.redrawMs = (performance.now() - begun).toFixed(1);
  root.dataset.redraws = String(Number(root.dataset.redraws) + 1);
}
