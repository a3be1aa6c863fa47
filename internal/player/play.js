// Play: the figure has the frames of all settings.

kinds.play = async function (root, figure) {
  const image = element("img", { class: "spikewalk-live" }), known = new Map();
  let newest = 0;
  const panel = controls(root, figure, false, async () => {
    const begun = performance.now(), mine = ++newest;
    root.dataset.setting = panel.setting();
    await show(panel.number());
    if (mine === newest) await counted(root, begun);
  });
  const address = (n) => {
    if (!known.has(n)) known.set(n, drawing(figure, figure.frames[n]));
    return known.get(n);
  };
  async function show(n) {
    const frame = figure.frames[n];
    image.src = address(n);
    image.alt = panel.setting() + ". " + (frame.alt || figure.alt || "");
    image.style.width = frame.width + "px";
    image.style.aspectRatio = frame.width + " / " + frame.height;
    await image.decode().catch(() => {}); // overtaken
  }
  image.alt = figure.alt || figure.name;
  const frame = figure.frames[panel.number()];
  await show(panel.number());
  live(root, image, frame);
};
