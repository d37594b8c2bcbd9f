// The spiking neuron's picture: a canvas in the theme's colours that follows the cells' time without a jump.

const ARRAYS = ["V", "next", "I", "sent", "sentOn", "rate", "relu", "sigmoid"];
const NARROW = 560; // CSS pixels below which the parts stand below one another

function floats(view) {
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

function spikingView(model) {
  const canvas = element("canvas", { className: "spiking" });
  canvas.setAttribute("role", "img");
  canvas.dataset.frame = 0;
  const pen = canvas.getContext("2d");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let data = null;
  let arrays = {};
  let shown = 0; // the moment on the screen, in ms of the cells' time
  let request = null;

  function paint() {
    const width = canvas.clientWidth;
    if (!data || !width) return;
    const narrow = width < NARROW;
    const height = narrow ? 700 : 460;
    const dense = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      [canvas.width, canvas.height] = [Math.round(width * dense), Math.round(height * dense)];
      canvas.style.height = `${height}px`;
    }
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    const looks = getComputedStyle(canvas);
    pen.family = looks.fontFamily;
    const names = ["text", "faint", "grid", "surface", "first", "second", "third"];
    const colours = Object.fromEntries(names.map((name) => [name, looks.getPropertyValue(`--spike-${name}`)]));
    const column = narrow ? width - 54 : width * 0.58 - 40; // room for half a number on the right
    const upper = { x: 38, y: 186, w: column, h: 130 };
    const lower = { x: 38, y: 342, w: column, h: 78 };
    const right = narrow ? { x: 40, y: 494, w: width - 54, h: 162 } : { x: width * 0.58 + 52, y: 186, w: width * 0.42 - 66, h: 234 };
    chain(pen, { x: 0, y: 0, w: width, h: 156 }, data, shown, arrays, colours);
    const both = { x: upper.x, y: upper.y, w: upper.w, h: lower.y + lower.h - upper.y };
    timeAxis(pen, both, data, shown, colours);
    voltage(pen, upper, data, shown, arrays.V, arrays.sent, colours.first, data.texts.headings[0], colours);
    voltage(pen, lower, data, shown, arrays.next, arrays.sentOn, colours.second, data.texts.headings[1], colours);
    rates(pen, right, data, arrays, colours);
  }

  // The kernel sends a piece of time at each tick; the picture walks through it, a little behind, at an even pace.
  function walk(goal, length) {
    const from = shown;
    const start = performance.now();
    cancelAnimationFrame(request);
    const stride = (time) => {
      const share = Math.min(1, Math.max(0, (time - start) / length));
      shown = from + share * (goal - from);
      paint();
      if (share < 1) request = requestAnimationFrame(stride);
    };
    request = requestAnimationFrame(stride);
  }

  function show() {
    const next = model.get("drawn");
    if (!next?.V) return;
    data = next;
    arrays = Object.fromEntries(ARRAYS.map((name) => [name, floats(data[name])]));
    const ahead = data.now - shown;
    if (model.get("playing") && !still.matches && ahead > 0 && ahead < 10) walk(data.now, 1.5 * data.tick);
    else {
      cancelAnimationFrame(request);
      shown = data.now;
      paint();
    }
    canvas.dataset.frame = Number(canvas.dataset.frame) + 1;
  }

  const size = new ResizeObserver(paint);
  size.observe(canvas);
  const theme = new MutationObserver(paint);
  theme.observe(document.body, { attributes: true });
  const describe = () => canvas.setAttribute("aria-label", model.get("alt"));
  function close() {
    cancelAnimationFrame(request);
    size.disconnect();
    theme.disconnect();
  }
  return { node: canvas, show, describe, close };
}

VIEWS.spiking = spikingView;
