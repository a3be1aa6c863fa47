// The panel of here.html: asks the program that is in the page (see eye/main.go), and draws what it tells.
// What a test may rely on: section.here gets data-stage ("", "loading", then what the program says) and
// data-before and data-after, mean drifts in °/s.
"use strict";
(() => {
	const colours = { before: "var(--perturbed)", after: "var(--learned)" }; // of the page
	const titles = { before: "Let go, perturbed", after: "Let go after learning" };

	// start unpacks and starts the program, once.
	let started = null;
	const start = (section) => (started ??= (async () => {
		const packed = Uint8Array.from(atob(section.querySelector(".here-program").textContent.trim()), (c) => c.charCodeAt(0));
		const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
		const go = new Go();
		const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), go.importObject);
		go.run(instance); // it ends with the page
	})());

	const make = (tag, attributes, ...children) => {
		const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
		for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
		e.append(...children);
		return e;
	};

	// plot draws the eye's positions after it was let go: 2 s, within ±70°.
	const width = 360, height = 250, left = 50, right = 8, top = 30, bottom = 40, most = 70;
	function plot(told) {
		const x = (t) => left + (t / 2) * (width - left - right);
		const y = (v) => top + ((most - Math.max(-most, Math.min(most, v))) / (2 * most)) * (height - top - bottom);
		const text = (at, up, s, more) => make("text", { x: at, y: up, "font-size": 12, fill: "currentColor", ...more }, s);
		const title = titles[told.Stage] + ": mean drift " + told.Speed.toFixed(1) + " °/s";
		const svg = make("svg", { viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": title }, text(left, 16, title, { "font-weight": "bold" }));
		for (const v of [-60, -30, 0, 30, 60]) {
			svg.append(make("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), stroke: "currentColor", "stroke-opacity": 0.15 }));
			svg.append(text(left - 6, y(v) + 4, String(v).replace("-", "−"), { "text-anchor": "end" }));
		}
		for (const t of [0, 0.5, 1, 1.5, 2]) svg.append(text(x(t), height - bottom + 16, String(t), { "text-anchor": "middle" }));
		svg.append(text(x(1), height - 6, "time since it was let go (s)", { "text-anchor": "middle" }));
		svg.append(text(0, 0, "eye position (°)", { transform: "translate(12 " + y(0) + ") rotate(-90)", "text-anchor": "middle" }));
		for (const trace of told.Eye) {
			const points = trace.map((v, i) => x(i * told.Dt).toFixed(1) + "," + y(v).toFixed(1)).join(" ");
			svg.append(make("polyline", { points, fill: "none", style: "stroke: " + colours[told.Stage], "stroke-width": 1.4 }));
		}
		return svg;
	}

	function live(section) {
		const form = section.querySelector(".here-form"), button = form.querySelector("button");
		const state = section.querySelector(".here-state"), plots = section.querySelector(".here-plots");
		let stop = null;
		const hear = (text) => {
			const told = JSON.parse(text);
			section.dataset.stage = told.Stage;
			if (told.Eye) {
				section.dataset[told.Stage] = told.Speed;
				plots.append(plot(told));
			}
			if (told.Stage === "before" || told.Stage === "living") state.textContent = "Living and learning: " + Math.round(100 * (told.Part || 0)) + " %";
			if (told.Stage === "ended") {
				state.textContent = told.Wrong ? (told.Wrong === "context canceled" ? "Stopped." : "It ended early: " + told.Wrong + ".") : "Done.";
				stop = null;
				button.textContent = "Run";
			}
		};
		button.addEventListener("click", async () => {
			if (stop) return stop();
			plots.replaceChildren();
			state.textContent = "Starting.";
			section.dataset.stage = "loading";
			button.disabled = true;
			try {
				await start(section);
				const asked = Object.fromEntries(Array.from(form.querySelectorAll("select"), (s) => [s.name, Number(s.value)]));
				stop = globalThis.spikewalkLearn(JSON.stringify(asked), hear);
				button.textContent = "Stop";
			} catch (error) {
				started = null;
				section.dataset.stage = "ended";
				state.textContent = "This browser cannot run it: " + error.message + ".";
			}
			button.disabled = false;
		});
	}
	document.querySelectorAll("section.here").forEach(live);
})();
