// Turn: data.scene is a plotting.SpaceScene, drawn here as package plotting draws it. That is done twice
// because a still figure is drawn without a browser, and a turning one without a kernel; the tests of both
// compare the projection with the same two rotations.
//
// What a test may rely on, beside what page.js says: data-azimuth and data-elevation (degrees),
// data-box (its corner with the largest coordinates) and data-corner (where that is: right, up and towards the eye),
// and canvas.spikewalk-canvas, which takes the focus, the arrow keys, Home and the mouse.

// The view: see view, edges and nearness in package plotting.
function turned(azimuth, elevation) {
  const sa = Math.sin(azimuth * Math.PI / 180), ca = Math.cos(azimuth * Math.PI / 180);
  const se = Math.sin(elevation * Math.PI / 180), ce = Math.cos(elevation * Math.PI / 180);
  return { right: [-sa, ca, 0], up: [-se * ca, -se * sa, ce], eye: [ce * ca, ce * sa, se] };
}
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function tint(color, t) {
  const part = (i) => { const v = parseInt(color.slice(i, i + 2), 16); return Math.round(v + t * (255 - v)); };
  return "rgb(" + part(1) + "," + part(3) + "," + part(5) + ")";
}

function turn(root) {
  const image = root.querySelector("img"), scene = data.scene, half = scene.Half;
  const width = image.width || Number(image.getAttribute("width")), height = image.height || Number(image.getAttribute("height"));
  const canvas = document.createElement("canvas");
  canvas.className = "spikewalk-canvas";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.style.cssText = "width: " + width + "px; max-width: 100%; aspect-ratio: " + width + " / " + height + "; background: #fff; cursor: grab; touch-action: none; display: block";
  canvas.title = "Drag or use the arrow keys to turn; Home or a double click turns back";
  const pen = canvas.getContext("2d");
  let azimuth = scene.Azimuth, elevation = scene.Elevation, drawing = false;

  // The circumscribed sphere always fits, so that nothing grows or shrinks while it turns.
  const font = (size) => { pen.font = size + "px 'Liberation Sans', Arial, Helvetica, sans-serif"; };
  const title = scene.Title ? 20 : 0, entries = placed(), head = title + 10 + 16 * (entries[entries.length - 1].row + 1);
  const radius = Math.hypot(...half);
  const scale = Math.min((width - 120) / 2, (height - head - 50) / 2) / radius * 1.05;
  const centre = [width / 2, head + (height - head) / 2 - 8];

  function draw() {
    drawing = false;
    const v = turned(azimuth, elevation), ratio = Math.max(window.devicePixelRatio || 1, 1);
    if (canvas.width !== Math.round(width * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.lineJoin = pen.lineCap = "round";
    const at = (p) => [centre[0] + scale * dot(p, v.right), centre[1] - scale * dot(p, v.up)];
    walls(v, at);
    axes(v, at);
    shadows(at);
    paths(v, at);
    legend();
    root.dataset.azimuth = azimuth.toFixed(1);
    root.dataset.elevation = elevation.toFixed(1);
    root.dataset.corner = [v.right, v.up, v.eye].map((axis) => dot(half, axis).toFixed(6)).join(" ");
    root.dataset.redraws = String(Number(root.dataset.redraws) + 1);
    canvas.setAttribute("aria-label", data.name + ", trajectories seen from azimuth " + azimuth.toFixed(0) + ", elevation " + elevation.toFixed(0) + " degrees");
  }

  function line(points, color, wide) {
    pen.beginPath();
    points.forEach((p, i) => (i === 0 ? pen.moveTo(p[0], p[1]) : pen.lineTo(p[0], p[1])));
    pen.strokeStyle = color;
    pen.lineWidth = wide;
    pen.stroke();
  }

  function walls(v, at) {
    const back = half.map((h, k) => (v.eye[k] < 0 ? h : -h));
    const sides = back.map((_, k) => [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([a, b]) => {
      const i = (k + 1) % 3, j = (k + 2) % 3, p = back.slice();
      p[i] = a * half[i]; p[j] = b * half[j];
      return at(p);
    }));
    for (const side of sides) { line(side, "#f7f7f7", 1); pen.fillStyle = "#f7f7f7"; pen.fill(); }
    for (const side of sides) line(side, "#c5c5c5", 1);
  }

  function axes(v, at) {
    const near = [0, 1].map((k) => (v.eye[k] < 0 ? -1 : 1) * (v.eye[2] < 0 ? -1 : 1) * half[k]);
    const edges = [[0, near[1], -half[2]], [near[0], 0, -half[2]], [near[0], -near[1], 0]];
    const other = [-near[0], near[1], 0];
    if (dot(other, v.right) < dot(edges[2], v.right)) edges[2] = other;
    edges.forEach((edge, k) => {
      const x = v.right[k], y = v.up[k], r = Math.hypot(x, y);
      const end = (t) => { const p = edge.slice(); p[k] = t; return at(p); };
      line([end(-half[k]), end(half[k])], "#222", 1);
      if (r < 0.1) return; // seen end-on, all labels would be in one place
      let out = [-y / r, x / r];
      if (dot(edge, v.right) * out[0] + dot(edge, v.up) * out[1] < 0) out = [-out[0], -out[1]];
      const label = (p, far, text, size) => {
        font(size);
        pen.fillStyle = "#222";
        pen.textBaseline = "middle";
        const w = pen.measureText(text).width;
        const left = p[0] + out[0] * far - w * (1 - out[0]) / 2;
        const middle = Math.min(p[1] - out[1] * (far + size / 2), height - size / 2 - 2);
        pen.fillText(text, Math.min(Math.max(left, 4), width - w - 4), middle);
        return w;
      };
      let widest = 0;
      for (const t of scene.Axes[k].Ticks || []) {
        const p = end(t.At);
        line([p, [p[0] + 4 * out[0], p[1] - 4 * out[1]]], "#222", 1);
        widest = Math.max(widest, label(p, 8, t.Label, 11));
      }
      if (k === 2) { // left of its upper end, where no wall is behind it
        const p = end(half[2]), w = pen.measureText(scene.Axes[k].Label).width * 12 / 11;
        font(12);
        pen.fillText(scene.Axes[k].Label, Math.max(p[0] - w, 4), p[1] - 10);
        return;
      }
      label(end(0), 14 + Math.abs(out[0]) * widest + Math.abs(out[1]) * 11, scene.Axes[k].Label, 12);
    });
  }

  function shadows(at) {
    if (scene.Paths.length > 3) return;
    for (const path of scene.Paths) line(path.Points.map((p) => at([p[0], p[1], -half[2]])), "#d7d7d7", 1);
  }

  function paths(v, at) {
    const reach = Math.abs(v.eye[0]) * half[0] + Math.abs(v.eye[1]) * half[1] + Math.abs(v.eye[2]) * half[2];
    const steps = 16, pieces = [];
    const step = (p) => Math.min(Math.max(Math.floor((dot(p, v.eye) / reach + 1) / 2 * steps), 0), steps - 1);
    for (const path of scene.Paths) {
      for (let begin = 0; begin < path.Points.length - 1;) {
        const depth = step(path.Points[begin]);
        let end = begin + 1;
        while (end < path.Points.length - 1 && end - begin < 200 && step(path.Points[end]) === depth) end++;
        const t = (depth + 0.5) / steps;
        pieces.push({ depth: dot(path.Points[(begin + end) >> 1], v.eye), points: path.Points.slice(begin, Math.min(end + 2, path.Points.length)), color: tint(path.Color, 0.6 * (1 - t)), wide: 1.1 + 1.6 * t });
        begin = end;
      }
    }
    pieces.sort((a, b) => a.depth - b.depth);
    for (const p of pieces) line(p.points.map(at), p.color, p.wide);
    for (const path of scene.Paths) {
      ring(at(path.Points[0]), path.Color);
      arrow(path.Points.map(at), path.Color);
    }
  }

  function ring(p, color) {
    pen.beginPath();
    pen.arc(p[0], p[1], 4, 0, 2 * Math.PI);
    pen.fillStyle = "#fff";
    pen.fill();
    pen.strokeStyle = color;
    pen.lineWidth = 1.8;
    pen.stroke();
  }

  function arrow(points, color) {
    const tip = points[points.length - 1];
    const from = points.findLast((p) => Math.hypot(tip[0] - p[0], tip[1] - p[1]) > 5);
    if (!from) return;
    const r = Math.hypot(tip[0] - from[0], tip[1] - from[1]), dx = (tip[0] - from[0]) / r, dy = (tip[1] - from[1]) / r;
    pen.beginPath();
    pen.moveTo(tip[0] + 3 * dx, tip[1] + 3 * dy);
    pen.lineTo(tip[0] - 6 * dx - 3.5 * dy, tip[1] - 6 * dy + 3.5 * dx);
    pen.lineTo(tip[0] - 6 * dx + 3.5 * dy, tip[1] - 6 * dy - 3.5 * dx);
    pen.fillStyle = color;
    pen.fill();
  }

  // placed are the names in the legend, in as many rows as they need; the last stands for the ring.
  function placed() {
    let x = 8, row = 0;
    font(11.5);
    return [...scene.Paths.filter((p) => p.Name), { Name: "start" }].map((p) => {
      const w = 42 + pen.measureText(p.Name).width;
      if (x > 8 && x + w > width) { x = 8; row++; }
      x += w;
      return { name: p.Name, color: p.Color, x: x - w, row: row };
    });
  }

  function legend() {
    pen.textBaseline = "middle";
    pen.fillStyle = "#222";
    font(13);
    if (title) pen.fillText(scene.Title, 8, 12);
    font(11.5);
    for (const e of entries) {
      const y = title + 14 + 16 * e.row;
      if (e.color) line([[e.x, y], [e.x + 22, y]], e.color, 2.5);
      else ring([e.x + 16, y], "#222");
      pen.fillStyle = "#222";
      pen.fillText(e.name, e.x + 28, y);
    }
  }

  function look(a, e) {
    azimuth = ((a + 180) % 360 + 360) % 360 - 180;
    elevation = Math.min(Math.max(e, -90), 90);
    if (!drawing) { drawing = true; requestAnimationFrame(draw); }
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
  });
  for (const what of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(what, () => { held = null; canvas.style.cursor = "grab"; });
  }
  canvas.addEventListener("dblclick", () => look(scene.Azimuth, scene.Elevation));
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [5, 0], ArrowRight: [-5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }[event.key];
    if (by) look(azimuth + by[0], elevation + by[1]);
    else if (event.key === "Home") look(scene.Azimuth, scene.Elevation);
    else return;
    event.preventDefault(); // the notebook's own keys
    event.stopPropagation();
  });

  root.dataset.redraws = "0";
  root.dataset.box = half.join(" ");
  image.replaceWith(canvas);
  draw();
  root.dataset.ready = "true";
}

each("turn", turn);
