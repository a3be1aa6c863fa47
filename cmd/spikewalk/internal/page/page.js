"use strict";
(() => {
	const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
	const code = all("details.code:not(.folded)");

	// Code is folded where there is little room, and opened again where there is much.
	const narrow = matchMedia("(max-width: 44rem)");
	const button = document.getElementById("code");
	const show = (open) => {
		for (const d of code) d.open = open;
		if (button) button.textContent = open ? "Hide code" : "Show code";
	};
	if (code.length) {
		show(!narrow.matches);
		narrow.addEventListener("change", () => show(!narrow.matches));
	}
	if (button && code.length) {
		button.hidden = false;
		button.addEventListener("click", () => show(!code.some((d) => d.open)));
	}

	// Paper unfolds nothing.
	let closed = [];
	addEventListener("beforeprint", () => {
		closed = all("main details:not([open]):not(.contents):not(.imports)");
		for (const d of closed) d.open = true;
	});
	addEventListener("afterprint", () => {
		for (const d of closed) d.open = false;
	});

	// What a link leads to is seen, also where it is folded.
	const reveal = () => {
		let at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
		for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
	};
	addEventListener("hashchange", reveal);
	reveal();

	// The list of contents marks the section that is read.
	const links = all("nav.contents a");
	const sections = links.map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))));
	let marked = null;
	const mark = () => {
		let now = -1;
		sections.forEach((s, i) => {
			if (s && s.getBoundingClientRect().top < innerHeight / 3) now = i;
		});
		if (links[now] === marked) return;
		if (marked) marked.removeAttribute("aria-current");
		marked = links[now] || null;
		if (marked) marked.setAttribute("aria-current", "true");
	};
	let asked = false;
	const later = () => {
		if (asked) return;
		asked = true;
		requestAnimationFrame(() => {
			asked = false;
			mark();
		});
	};

	// What is wider than the page is scrolled with the keyboard as well, and fades where it goes on.
	const wide = all(".wide, .formula, pre");
	const more = (w) => w.toggleAttribute("data-more", w.scrollWidth - w.clientWidth - w.scrollLeft > 8);
	const reach = () => {
		for (const w of wide) {
			if (w.scrollWidth > w.clientWidth + 1) w.tabIndex = 0;
			else w.removeAttribute("tabindex");
			more(w);
		}
	};
	for (const w of wide) w.addEventListener("scroll", () => more(w), { passive: true });
	new ResizeObserver(reach).observe(document.body); // what unfolds, and figures that come to life
	addEventListener("scroll", later, { passive: true });
	addEventListener("resize", () => {
		later();
		reach();
	}, { passive: true });
	later();
	reach();

	// A figure without files of its own is offered as it stands in the page.
	for (const figure of all("figure[data-name]")) {
		const still = figure.querySelector(".spikewalk-still");
		const files = figure.querySelector(".files");
		if (!still || !files || files.querySelector("a")) continue;
		offer(files, figure, still.src.startsWith("data:image/svg") ? "SVG" : "PNG", () => still.src);
		if ("plays" in figure.dataset) {
			offer(files, figure, "SVG", () => (figure.querySelector("img.spikewalk-live") || still).src);
		}
	}
	function offer(files, figure, kind, source) {
		const save = document.createElement("button");
		save.type = "button";
		save.textContent = kind;
		save.setAttribute("aria-label", "Save figure " + figure.id.replace("figure-", "") + " as " + kind);
		save.addEventListener("click", () => {
			const a = document.createElement("a");
			a.href = source();
			a.download = (figure.dataset.name || figure.id) + (a.href.startsWith("data:image/svg") ? ".svg" : ".png");
			a.click();
		});
		files.append(save);
	}
})();
