// Play: data holds the figures of all settings.

// address makes a figure something that an <img> takes. Not a blob's address, which the security
// policies of some notebooks forbid.
async function address(frame) {
  const cut = frame.indexOf(":"), kind = frame.slice(0, cut), text = frame.slice(cut + 1);
  if (kind === "png") return "data:image/png;base64," + text;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const drawing = new Blob([await new Response(stream).arrayBuffer()], { type: "image/svg+xml" });
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(drawing);
  });
}

function play(root) {
  const image = root.querySelector("img"), known = new Map();
  let newest = 0;
  const panel = controls(root, false, async () => {
    const begun = performance.now(), mine = ++newest, n = panel.number();
    root.dataset.setting = panel.setting();
    if (!known.has(n)) known.set(n, await address(data.frames[n]));
    if (mine !== newest) return; // overtaken
    image.src = known.get(n);
    image.alt = data.name + " at " + root.dataset.setting;
    await image.decode().catch(() => {});
    if (mine === newest) await shown(root, begun);
  });
}

// Where the browser cannot unpack the figures, the first one stays.
if (typeof DecompressionStream === "function") each("play", play);
