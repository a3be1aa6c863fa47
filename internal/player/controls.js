// The controls of a figure to play.

// controls puts them beneath the view. moved is called when one has another value. Patient ones
// count when they are let go.
function controls(root, figure, patient, moved) {
  const at = figure.controls.map((c) => c.start);
  const box = element("div", {
    class: "spikewalk-controls", role: "group", "aria-label": "controls of " + figure.name,
    style: "display: flex; flex-wrap: wrap; align-items: center; gap: 0.4em 2em; margin: 0.5em 0; font: 14px/1.5 sans-serif; color: inherit",
  });
  const sets = figure.controls.map((c, k) => {
    const [set, ...parts] = c.slider ? slider(c, k) : choice(c, k);
    box.append(element("label", {
      class: "spikewalk-control", "data-name": c.name, style: "display: flex; align-items: center; gap: 0.6em; font-weight: normal; margin: 0; min-width: 0",
    }, c.name, ...parts));
    return set;
  });
  function slider(c, k) {
    const range = element("input", {
      type: "range", min: 0, max: c.labels.length - 1, step: 1, value: c.start,
      "aria-label": c.name, "aria-valuetext": c.labels[c.start], style: "flex: 0 1 12em; min-width: 5em; width: 12em; margin: 0",
    });
    const longest = Math.max(...c.labels.map((l) => l.length));
    const value = element("output", { style: "display: inline-block; padding: 0; font: inherit; color: inherit; min-width: " + longest + "ch" }, c.labels[c.start]);
    const note = () => {
      at[k] = Number(range.value);
      value.textContent = c.labels[at[k]];
      range.setAttribute("aria-valuetext", c.labels[at[k]]);
    };
    range.addEventListener("input", () => { note(); stop(); if (!patient) moved(); });
    if (patient) range.addEventListener("change", moved);
    return [(v) => { range.value = v; note(); moved(); }, range, value];
  }
  function choice(c, k) {
    const select = element("select", { "aria-label": c.name, style: "width: auto; max-width: 20em; font: inherit" },
      ...c.labels.map((l, i) => element("option", { value: i }, l)));
    select.selectedIndex = c.start;
    select.addEventListener("change", () => { at[k] = select.selectedIndex; stop(); moved(); });
    return [(v) => { select.selectedIndex = v; at[k] = v; moved(); }, select];
  }

  // The button plays through the first slider's values, once; from the last it begins anew.
  let playing = 0;
  const first = figure.controls.findIndex((c) => c.slider), button = element("button", { type: "button", class: "spikewalk-play" });
  // Drawn: not every font has the signs.
  const icon = element("span", { style: "display: inline-block; width: 0.75em; height: 0.75em; background: currentColor" });
  button.append(icon);
  function label() {
    const c = figure.controls[first];
    icon.style.clipPath = playing ? "polygon(0 0, 35% 0, 35% 100%, 65% 100%, 65% 0, 100% 0, 100% 100%, 0 100%)" : "polygon(10% 0, 100% 50%, 10% 100%)";
    button.setAttribute("aria-label", playing ? "pause" : "play through " + c.name);
    button.title = button.getAttribute("aria-label");
  }
  function stop() {
    clearInterval(playing);
    playing = 0;
    if (first >= 0) label();
  }
  if (first >= 0 && !patient) {
    const last = figure.controls[first].labels.length - 1;
    button.style.cssText = "flex: none; width: 2.6em; padding: 0; font: inherit; line-height: 1";
    button.addEventListener("click", () => {
      if (playing) return stop();
      if (at[first] === last) sets[first](0);
      playing = setInterval(() => {
        sets[first](at[first] + 1);
        if (at[first] === last) stop();
      }, Math.min(Math.max(6000 / last, 200), 900));
      label();
    });
    label();
    if (last > 0) {
      // The button stays beside its slider.
      const control = box.querySelectorAll(".spikewalk-control")[first];
      const both = element("div", { style: "display: flex; align-items: center; gap: 0.9em; min-width: 0" });
      control.before(both);
      both.append(button, control);
    }
  }

  root.querySelector(".spikewalk-view").after(box);
  const setting = () => figure.controls.map((c, k) => c.name + " = " + c.labels[at[k]]).join(", ");
  root.dataset.setting = setting();
  return { box, setting, number: () => figure.controls.reduce((n, c, k) => n * c.labels.length + at[k], 0) };
}
