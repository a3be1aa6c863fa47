// Turn: the figure's scene is projected, as scene.go says, and drawn in front of its one frame.

function view(azimuth, elevation) {
  const a = azimuth * Math.PI / 180, e = elevation * Math.PI / 180;
  const sa = Math.sin(a), ca = Math.cos(a), se = Math.sin(e), ce = Math.cos(e);
  return { right: [-sa, ca, 0], up: [-se * ca, -se * sa, ce], eye: [ce * ca, ce * sa, se] };
}
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const below = (x) => x < 0 || Object.is(x, -0);

// shapes lists what is drawn of a scene, from back to front: lines, filled areas, discs and words,
// which are larger by a factor.
function shapes(scene, azimuth, elevation, larger = 1) {
  const v = view(azimuth, elevation), style = scene.style, list = [];
  const at = (p) => [scene.middle[0] + scene.scale * dot(p, v.right), scene.middle[1] - scene.scale * dot(p, v.up)];
  const line = (points, color, width) => list.push({ line: points, color, width });

  const walls = v.eye.map((x, k) => scene.walls[2 * k + (below(x) ? 1 : 0)].map(at));
  for (const w of walls) list.push({ area: w, color: style.wall });
  for (const w of walls) line([...w, w[0]], style.wallEdge, style.axisWidth);

  const edges = scene.edges[v.eye.reduce((o, x, k) => o + (below(x) ? 1 << k : 0), 0)].slice();
  if (dot(edges[3], v.right) < dot(edges[2], v.right)) edges[2] = edges[3];
  const words = [0, 1, 2].flatMap((k) => axis(k, edges[k]));

  for (const path of scene.paths) {
    if (path.shadow) line(path.points.map((p) => at([p[0], p[1], -scene.half[2]])), style.shadow, style.shadowWidth);
  }
  for (const p of scene.paths.flatMap(pieces).sort((a, b) => a.depth - b.depth)) line(p.points.map(at), p.color, p.width);
  for (const path of scene.paths) ends(path, path.points.map(at));
  list.push(...words);
  return list;

  // axis draws an axis along an edge, and returns its words.
  function axis(k, edge) {
    const point = (t) => { const p = edge.slice(); p[k] = t; return at(p); };
    line([point(-scene.half[k]), point(scene.half[k])], style.ink, style.axisWidth);
    const x = v.right[k], y = v.up[k], r = Math.hypot(x, y), words = [];
    if (r < 0.1) return words; // seen end-on, all would be in one place
    // out leads away from the box, at right angles to the axis; y points up.
    let out = [-y / r, x / r];
    if (dot(edge, v.right) * out[0] + dot(edge, v.up) * out[1] < 0) out = [-out[0], -out[1]];
    const write = (text, left, base) => {
      for (const r of text.runs) {
        words.push({ text: r.text, size: larger * r.size, larger, path: r.path, color: style.ink, x: left + larger * r.x, y: base - larger * (r.y || 0) });
      }
    };
    const beside = (t, far, text, size) => {
      const p = point(t);
      write(text, p[0] + far * out[0] - larger * text.width * (1 - out[0]) / 2, p[1] - far * out[1] - size * (out[1] / 2 - 0.37));
    };
    const a = scene.axes[k], gap = style.tickLength + style.tickGap;
    let widest = 0;
    for (const t of a.ticks || []) {
      const p = point(t.at);
      line([p, [p[0] + style.tickLength * out[0], p[1] - style.tickLength * out[1]]], style.ink, style.axisWidth);
      beside(t.at, gap, t.label, larger * style.tickSize);
      widest = Math.max(widest, larger * t.label.width);
    }
    if (k === 2) { // left of its upper end, where no wall is behind it
      const p = point(scene.half[2]);
      write(a.label, Math.max(p[0] - larger * a.label.width, 0), p[1] - 0.7 * larger * style.labelSize);
    } else {
      beside(0, gap + Math.abs(out[0]) * widest + Math.abs(out[1]) * larger * style.tickSize + style.labelGap, a.label, larger * style.labelSize);
    }
    return words;
  }

  // pieces cuts a path where it passes from one step of depth to the next.
  function pieces(path) {
    const steps = style.widths.length, n = path.points.length, out = [];
    const reach = v.eye.reduce((sum, x, k) => sum + Math.abs(x) * scene.half[k], 0);
    const step = (p) => Math.min(Math.max(Math.trunc((dot(p, v.eye) / reach + 1) / 2 * steps), 0), steps - 1);
    for (let begin = 0; begin < n - 1;) {
      const s = step(path.points[begin]);
      let end = begin + 1;
      while (end < n - 1 && end - begin < 200 && step(path.points[end]) === s) end++;
      // One sample more than its share, so that no seam shows between pieces.
      const points = path.points.slice(begin, Math.min(end + 1, n - 1) + 1);
      out.push({ depth: dot(path.points[(begin + end) >> 1], v.eye), points, color: path.shades[s], width: style.widths[s] });
      begin = end;
    }
    return out;
  }

  // ends draws a ring at the start and an arrow at the end.
  function ends(path, points) {
    const tip = points[points.length - 1], [length, half, forward] = style.arrow;
    const far = (p) => Math.hypot(tip[0] - p[0], tip[1] - p[1]);
    let from = points.findLast((p) => far(p) > style.heading);
    if (!from && far(points[0]) > 0) from = points[0];
    if (from) {
      const r = far(from), x = (tip[0] - from[0]) / r, y = (tip[1] - from[1]) / r;
      const head = [tip[0] + forward * x, tip[1] + forward * y], base = [head[0] - length * x, head[1] - length * y];
      list.push({ area: [head, [base[0] - half * y, base[1] + half * x], [base[0] + half * y, base[1] - half * x]], color: path.ends });
    }
    list.push({ disc: points[0], radius: style.ring[0], color: path.ends }, { disc: points[0], radius: style.ring[1], color: "#fff" });
  }
}

// letters are the words' paths by their text.
const letters = new Map();

// paint draws shapes.
function paint(pen, list) {
  const trace = (points) => {
    pen.beginPath();
    points.forEach((p, i) => (i === 0 ? pen.moveTo(p[0], p[1]) : pen.lineTo(p[0], p[1])));
  };
  pen.lineJoin = "round";
  for (const s of list) {
    pen.fillStyle = pen.strokeStyle = s.color;
    if (s.line) {
      trace(s.line);
      pen.lineWidth = s.width;
      pen.stroke();
    } else if (s.area) {
      trace(s.area);
      pen.fill();
    } else if (s.disc) {
      pen.beginPath();
      pen.arc(s.disc[0], s.disc[1], s.radius, 0, 2 * Math.PI);
      pen.fill();
    } else {
      if (!letters.has(s.path)) letters.set(s.path, new Path2D(s.path));
      pen.save();
      pen.translate(s.x, s.y);
      pen.scale(s.larger, s.larger);
      pen.fill(letters.get(s.path));
      pen.restore();
    }
  }
}

kinds.turn = async function (root, figure) {
  const scene = figure.scene, frame = figure.frames[0], { width, height } = frame;
  const back = element("img", { src: drawing(figure, frame), alt: "", style: "display: block; width: 100%; height: 100%; max-width: none" });
  const canvas = element("canvas", {
    class: "spikewalk-canvas", tabindex: 0, role: "img", title: "Drag or use the arrow keys to turn; Home or a double click turns back",
    // Fingers that move up or down scroll the page; those that begin sideways turn.
    style: "position: absolute; left: 0; top: 0; width: 100%; height: 100%; cursor: grab; touch-action: pan-y",
  });
  const hint = element("span", {
    class: "spikewalk-hint", "aria-hidden": "true",
    style: "position: absolute; right: 4px; bottom: 2px; padding: 0 0.6em; border-radius: 1em; background: #222; color: #fff; opacity: 0.8; font: 12px/1.6 sans-serif; pointer-events: none",
  }, "drag to turn");
  const box = element("div", { class: "spikewalk-live spikewalk-turned" }, back, canvas, hint);
  await back.decode().catch(() => {});
  live(root, box, frame);
  box.style.position = "relative";
  box.style.userSelect = box.style.webkitUserSelect = "none";

  const pen = canvas.getContext("2d");
  let azimuth = scene.azimuth, elevation = scene.elevation, asked = 0;
  function draw() {
    // As many pixels as the screen has for it.
    const ratio = Math.max((window.devicePixelRatio || 1) * (canvas.clientWidth || width) / width, 1);
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    // On a telephone letters do not become as small as the figure does.
    const small = scene.style.tickSize * (canvas.clientWidth || width) / width;
    paint(pen, shapes(scene, azimuth, elevation, Math.min(Math.max(10 / small, 1), 1.6)));
    root.dataset.azimuth = azimuth.toFixed(1);
    root.dataset.elevation = elevation.toFixed(1);
    canvas.setAttribute("aria-label", (figure.alt || figure.name) + " Seen from azimuth " + azimuth.toFixed(0) + ", elevation " + elevation.toFixed(0) + " degrees.");
  }
  function look(a, e) {
    azimuth = ((a + 180) % 360 + 360) % 360 - 180;
    elevation = Math.min(Math.max(e, -90), 90);
    if (asked) return;
    asked = performance.now();
    requestAnimationFrame(() => {
      draw();
      root.dataset.redrawMs = (performance.now() - asked).toFixed(1);
      root.dataset.redraws = String(Number(root.dataset.redraws) + 1);
      asked = 0;
    });
  }

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    held = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
    canvas.style.cursor = "grabbing";
  });
  canvas.addEventListener("pointermove", (event) => {
    if (held === null) return;
    look(azimuth - 0.5 * (event.clientX - held[0]), elevation + 0.5 * (event.clientY - held[1]));
    held = [event.clientX, event.clientY];
    hint.remove();
  });
  for (const what of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(what, () => { held = null; canvas.style.cursor = "grab"; });
  }
  canvas.addEventListener("dblclick", () => look(scene.azimuth, scene.elevation));
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [5, 0], ArrowRight: [-5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }[event.key];
    if (by) look(azimuth + by[0], elevation + by[1]);
    else if (event.key === "Home") look(scene.azimuth, scene.elevation);
    else return;
    hint.remove();
    event.preventDefault(); // the page's and the notebook's own keys
    event.stopPropagation();
  });
  // shapes is for tests: what is drawn from somewhere.
  root.shapes = (a, e) => shapes(scene, a, e);
  draw();
};
