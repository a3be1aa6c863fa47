// Try: the cell is still running, and draws what it is asked for. Its figures come as pictures,
// which a page may load from anywhere; where the page may fetch as well, the bar shows how far
// the drawing is.
//
// This adds a kind to those of package player's script. Beside what that says, a test may rely on the
// attribute data-state: "ready", "drawing", or "ended"; on button.spikewalk-done; and on
// progress.spikewalk-progress while it is drawing.

// bases are the addresses at which the cell may be reached: this machine's, if the notebook is on
// this machine too, and through a Jupyter server that forwards ports (jupyter-server-proxy).
function bases(data) {
  const found = [], here = location.hostname;
  if (["localhost", "127.0.0.1", "[::1]"].includes(here) || location.protocol.startsWith("vscode") || here.endsWith(".vscode-cdn.net")) {
    found.push("http://127.0.0.1:" + data.port + "/" + data.token + "/");
  }
  const config = document.getElementById("jupyter-config-data");
  let base = document.body.dataset.baseUrl;
  try { base = base || JSON.parse(config.textContent).baseUrl; } catch { /* no Jupyter */ }
  if (base) found.push(base + "proxy/" + data.port + "/" + data.token + "/");
  return found;
}

function picture(address) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("no answer"));
    image.src = address;
  });
}

kinds.try = async function (root, data) {
  let base = null;
  for (const b of bases(data)) {
    if (base === null) base = await picture(b + "hello").then(() => b, () => null);
  }
  if (base === null) return false; // nobody there: the figure stays as it is
  const still = root.querySelector(".spikewalk-still"), image = element("img", { class: "spikewalk-live", alt: still.alt, src: still.src });
  live(root, image, data);
  const resting = "ends when you press Done or leave it alone for " + data.idle + " s";
  let busy = false, wanted = null, asked = 0;

  const panel = controls(root, data, true, () => { wanted = panel.number(); root.dataset.setting = panel.setting(); next(); });
  const done = element("button", { type: "button", class: "spikewalk-done", style: "width: auto" }, "Done");
  const bar = element("progress", { class: "spikewalk-progress", "aria-label": "drawing " + data.name, style: "width: 12em; display: none" });
  const text = element("span", { class: "spikewalk-status", role: "status", style: "opacity: 0.75" }, resting);
  panel.box.append(done, element("div", { style: "display: flex; flex-basis: 100%; align-items: center; gap: 0.6em" }, bar, text));
  done.addEventListener("click", () => { picture(base + "done").catch(() => {}); end(); });
  root.dataset.state = "ready";

  // ask tells how far the drawing is, or what went wrong; null where the page may not fetch.
  const ask = () => fetch(base + "status").then((r) => r.json()).catch(() => null);

  async function watch(mine) {
    bar.style.display = "";
    bar.removeAttribute("value");
    text.textContent = "drawing";
    while (busy && mine === asked && root.isConnected) {
      const s = await ask();
      if (busy && mine === asked && s) {
        text.textContent = s.text || "drawing";
        if (s.total > 0) { bar.max = s.total; bar.value = s.done; }
      }
      await wait(200);
    }
    bar.style.display = "none";
  }

  async function next() {
    if (busy || wanted === null || root.dataset.state === "ended") return;
    const n = wanted, label = panel.setting(), begun = performance.now();
    wanted = null;
    busy = true;
    root.dataset.state = "drawing";
    watch(++asked);
    let said = resting;
    try {
      const drawn = await picture(base + "draw?setting=" + n + "&time=" + asked);
      image.src = drawn.src;
      image.style.aspectRatio = drawn.naturalWidth + " / " + drawn.naturalHeight;
      image.alt = data.name + " at " + label;
      await image.decode().catch(() => {});
      await counted(root, begun);
    } catch {
      if (!root.isConnected) return; // the cell has ended, and left a figure alone
      const s = await ask();
      said = (s && s.error) || "no figure at " + label;
      if (!s && !(await picture(base + "hello").then(() => true, () => false))) { busy = false; return end(); }
    }
    busy = false;
    root.dataset.state = "ready";
    bar.style.display = "none";
    text.textContent = said;
    next();
  }

  function end() {
    root.dataset.state = "ended";
    text.textContent = "";
    bar.style.display = "none";
    panel.box.querySelectorAll("input, select, button").forEach((e) => { e.disabled = true; });
  }
};
