// The page's side of playground.py: the network with a small picture in every unit, the large picture, the costs, and the
// state as a line. Pictures lie on paper of their own, light in both themes, like all figures of the course.

const PADDING = 8;
const KEY = 26; // height of the line that says what kind of line is what kind of weight
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const mix = (from, to, share) => from.map((value, i) => value + (to[i] - value) * share);

// Pixels of values from −1 to 1: low, paper, high; `strength` is how much of the colour the ends have.
function shades(colours, strength) {
  const [low, paper, high] = [colours.low, colours.paper, colours.high].map(rgb);
  const table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i += 1) {
    const value = Math.max(-1, (i - 128) / 127);
    table.set([...mix(paper, value < 0 ? low : high, strength * Math.abs(value)), 255], 4 * i);
  }
  return new Uint32Array(table.buffer);
}

function painted(canvas, values, width, height, table) {
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < values.length; i += 1) pixels[i] = table[values[i]];
  context.putImageData(image, 0, 0);
  return canvas;
}

// Where values on a square grid cross zero, as line pieces (marching squares).
function crossings(values, side, place) {
  const path = new Path2D();
  const at = (row, column) => values[row * side + column];
  for (let row = 0; row < side - 1; row += 1) {
    for (let column = 0; column < side - 1; column += 1) {
      const corners = [[row, column], [row, column + 1], [row + 1, column + 1], [row + 1, column]];
      const points = [];
      for (let i = 0; i < 4; i += 1) {
        const [from, to] = [corners[i], corners[(i + 1) % 4]];
        const [a, b] = [at(...from), at(...to)];
        if ((a > 0) === (b > 0)) continue;
        const share = a / (a - b);
        points.push(place(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share));
      }
      for (let i = 0; i + 1 < points.length; i += 2) {
        path.moveTo(...points[i]);
        path.lineTo(...points[i + 1]);
      }
    }
  }
  return path;
}

// Where the columns and units of the network stand, for a width in CSS pixels.
function geometry(sizes, width) {
  const left = 58;
  const size = Math.max(20, Math.min(46, (width - left) / (1.75 * sizes.length)));
  const row = size + 9;
  const height = Math.max(...sizes) * row + 2 * PADDING;
  const step = (width - left - size - PADDING) / Math.max(1, sizes.length - 1);
  const unit = (l, k) => [left + l * step, height / 2 + (k - sizes[l] / 2) * row + (row - size) / 2];
  return { size, height: height + KEY, unit, middle: (l) => left + l * step + size / 2 };
}

function diagram(canvas, atlas, drawn, table, width) {
  const { sizes, colours, thumb } = drawn;
  const { size, height, unit } = geometry(sizes, width);
  const context = prepared(canvas, width, height);
  context.clearRect(0, 0, width, height);
  const weights = floats(drawn.weights);
  let w = 0;
  for (let l = 1; l < sizes.length; l += 1) {
    for (let k = 0; k < sizes[l]; k += 1) {
      for (let i = 0; i < sizes[l - 1]; i += 1) {
        const weight = weights[w++];
        const [[x0, y0], [x1, y1]] = [unit(l - 1, i), unit(l, k)];
        const [from, to, bend] = [x0 + size, x1, (x1 - x0 - size) / 2];
        context.beginPath();
        context.moveTo(from, y0 + size / 2);
        context.bezierCurveTo(from + bend, y0 + size / 2, to - bend, y1 + size / 2, to, y1 + size / 2);
        context.lineWidth = Math.min(7, 0.4 + 2 * Math.abs(weight));
        context.globalAlpha = Math.min(0.95, 0.25 + Math.abs(weight));
        context.strokeStyle = weight > 0 ? colours.high : colours.low;
        context.setLineDash(weight > 0 ? [] : [6, 4]);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
  key(context, drawn, height);
  const count = sizes.reduce((sum, n) => sum + n, 0);
  const bytes = new Uint8Array(drawn.thumbs.buffer, drawn.thumbs.byteOffset, drawn.thumbs.byteLength);
  painted(atlas, bytes, thumb, thumb * count, table);
  context.font = "13px system-ui, sans-serif";
  context.textAlign = "right";
  context.textBaseline = "middle";
  let n = 0;
  for (let l = 0; l < sizes.length; l += 1) {
    for (let k = 0; k < sizes[l]; k += 1, n += 1) {
      const [x, y] = unit(l, k);
      const chosen = l === drawn.look[0] && k === drawn.look[1] - 1;
      context.drawImage(atlas, 0, n * thumb, thumb, thumb, x, y, size, size);
      context.lineWidth = chosen ? 3 : 1;
      context.strokeStyle = chosen ? colours.ink : colours.faint;
      context.strokeRect(x, y, size, size);
      if (l > 0) continue;
      context.fillStyle = colours.ink;
      context.fillText(drawn.features[k], x - 6, y + size / 2);
    }
  }
}

// Says what the lines mean, below the network.
function key(context, drawn, height) {
  const { colours, text } = drawn;
  context.font = "12px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "middle";
  let x = 4;
  for (const [name, colour, dash] of [[text.positive, colours.high, []], [text.negative, colours.low, [6, 4]]]) {
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, height - 10);
    context.lineTo(x + 28, height - 10);
    context.stroke();
    context.fillStyle = colours.ink;
    context.fillText(name, x + 34, height - 10);
    x += 34 + context.measureText(name).width + 18;
  }
  context.setLineDash([]);
}

function marker(context, x, y, one, colours, hollow) {
  context.beginPath();
  if (one) {
    context.moveTo(x, y - 4.6);
    context.lineTo(x + 4.2, y + 3);
    context.lineTo(x - 4.2, y + 3);
    context.closePath();
  } else {
    context.arc(x, y, 3.5, 0, 7);
  }
  context.fillStyle = hollow ? colours.paper : one ? colours.high : colours.low;
  context.fill();
  context.strokeStyle = hollow ? (one ? colours.high : colours.low) : "#ffffff";
  context.lineWidth = hollow ? 1.3 : 0.7;
  context.stroke();
}

// The points stay where they are while the network learns, so they are drawn once and kept with `cloud`, their name.
function points(layer, drawn, width) {
  const { reach, colours } = drawn;
  const name = `${drawn.cloud} ${width} ${window.devicePixelRatio}`;
  if (layer.dataset.cloud === name) return;
  layer.dataset.cloud = name;
  layer.width = 0;
  const context = prepared(layer, width, width);
  const places = floats(drawn.points);
  const labels = new Uint8Array(drawn.labels.buffer, drawn.labels.byteOffset, drawn.labels.byteLength);
  const scale = width / (2 * reach);
  for (let j = 0; j < labels.length; j += 1) {
    marker(context, (places[j] + reach) * scale, (reach - places[labels.length + j]) * scale, labels[j] === 1, colours, drawn.fresh);
  }
}

function surface(canvas, small, layer, drawn, table, width) {
  const { side, colours } = drawn;
  const context = prepared(canvas, width, width);
  const values = floats(drawn.surface);
  const bytes = Uint8Array.from(values, (value) => Math.round(128 + 127 * Math.max(-1, Math.min(1, value))));
  context.drawImage(painted(small, bytes, side, side, table), 0, 0, width, width);
  points(layer, drawn, width);
  context.drawImage(layer, 0, 0, width, width);
  const cell = width / side;
  context.lineWidth = 2.2;
  context.strokeStyle = colours.ink;
  context.lineCap = "round";
  context.stroke(crossings(values, side, (row, column) => [(column + 0.5) * cell, (row + 0.5) * cell]));
}

function curves(canvas, drawn, width) {
  const { colours, text } = drawn;
  const height = 130;
  const context = prepared(canvas, width, height);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  const all = floats(drawn.curves);
  const n = all.length / 3;
  const [first, last] = [all[0], all[n - 1]];
  const [left, right, top, bottom] = [40, width - 10, 22, height - 22];
  const highest = Math.max(0.8, Math.min(3, all.subarray(n).reduce((most, value) => Math.max(most, value), 0)));
  const x = (step) => left + ((right - left) * (step - first)) / Math.max(1, last - first);
  const y = (cost) => Math.max(top, bottom - ((bottom - top) * cost) / highest);
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const cost of highest > 1.5 ? [0, 1, 2, 3] : [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4]) {
    if (cost > highest) continue;
    context.strokeStyle = colours.grid;
    context.beginPath();
    context.moveTo(left, y(cost));
    context.lineTo(right, y(cost));
    context.stroke();
    context.fillStyle = colours.faint;
    context.textAlign = "right";
    context.fillText(String(cost), left - 6, y(cost));
  }
  context.fillText(String(first), left + 4, height - 10);
  context.fillText(`${last} ${text.steps}`, right, height - 10);
  const series = [[colours.low, [], text.training, 1], [colours.high, [5, 4], text.test, 2]];
  let from = 8 + context.measureText(text.cost).width + 14;
  series.forEach(([colour, dash, name, part]) => {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.beginPath();
    for (let j = 0; j < n; j += 1) context[j ? "lineTo" : "moveTo"](x(all[j]), y(all[part * n + j]));
    if (n === 1) context.lineTo(left + 4, y(all[part]));
    context.stroke();
    context.beginPath();
    context.moveTo(from, 10);
    context.lineTo(from + 22, 10);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colours.ink;
    context.textAlign = "left";
    context.fillText(name, from + 27, 10);
    from += 27 + context.measureText(name).width + 14;
  });
  context.fillText(text.cost, 8, 10);
}

function smallButton(sign, act) {
  const button = element("button", { type: "button", textContent: sign, onclick: act });
  button.setAttribute("data-lm-suppress-shortcuts", "true");
  return button;
}

// Two buttons, less and more, with a name between or beside them.
function pair(less, more) {
  const [minus, plus] = [smallButton("−", less), smallButton("+", more)];
  const name = element("span", {});
  const node = element("div", { className: "pair" }, minus, name, plus);
  const say = (told, fewer, further, atLeast, atMost) => {
    name.textContent = told;
    minus.setAttribute("aria-label", fewer);
    plus.setAttribute("aria-label", further);
    // A disabled button would lose the focus in the middle of a series of presses.
    minus.setAttribute("aria-disabled", String(atLeast));
    plus.setAttribute("aria-disabled", String(atMost));
  };
  return { node, say };
}

function lineField(model) {
  const id = `line-${Math.random().toString(36).slice(2)}`;
  const label = element("label", { htmlFor: id });
  const input = element("input", { type: "text", id, spellcheck: false, autocomplete: "off" });
  const button = smallButton("", copy);
  const restore = () => { if (input.value.trim() !== model.get("drawn").line) model.send({ restore: input.value }); };
  let text = {};
  let timer = null;
  input.setAttribute("data-lm-suppress-shortcuts", "true");
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", show);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") restore(); });
  // The pasted text is in the field only after the event.
  input.addEventListener("paste", () => { input.select(); setTimeout(restore); });
  async function copy() {
    const { line } = model.get("drawn");
    let done = false;
    try {
      await navigator.clipboard.writeText(line);
      done = true;
    } catch {
      // Pages that are not served safely, and browsers that ask, have the older way.
      input.value = line;
      input.select();
      done = document.execCommand("copy");
      if (done) button.focus();
    }
    button.textContent = done ? text.copied : text.not_copied;
    clearTimeout(timer);
    timer = setTimeout(() => { button.textContent = text.copy; }, 1500);
  }
  function show() {
    const drawn = model.get("drawn");
    if (!drawn.text) return;
    if (text !== drawn.text && !timer) button.textContent = drawn.text.copy;
    text = drawn.text;
    label.textContent = text.line;
    if (document.activeElement !== input || model.get("playing") === false) input.value = drawn.line;
  }
  return { node: element("div", { className: "line" }, label, input, button), show, close: () => clearTimeout(timer) };
}

function playgroundView(model) {
  const [large, small, cloud, costs, atlas, net] = Array.from({ length: 6 }, () => element("canvas"));
  const tables = {};
  const set = (changes) => {
    model.set("values", { ...model.get("values"), ...changes });
    model.save_changes();
  };
  const hidden = () => [...model.get("values").hidden];
  const resize = (l, by) => {
    const units = hidden();
    units[l - 1] = Math.max(1, Math.min(model.get("drawn").most[1], units[l - 1] + by));
    set({ hidden: units });
  };
  const layers = pair(
    () => set({ hidden: hidden().slice(0, -1) }),
    () => hidden().length < model.get("drawn").most[0] && set({ hidden: [...hidden(), hidden().at(-1) ?? 4] }),
  );
  const columns = [1, 2, 3, 4].map((l) => pair(() => resize(l, -1), () => resize(l, 1)));
  const heads = element("div", { className: "heads" }, ...columns.map(({ node }) => node));
  const network = element("div", { className: "network" }, layers.node, heads, net);
  const result = element("div", { className: "result" }, large, costs);
  const line = lineField(model);
  const node = element("div", { className: "playground" }, element("div", { className: "sheet" }, network, result), line.node);
  node.dataset.frame = 0;
  for (const canvas of [net, large, costs]) canvas.setAttribute("role", "img");
  // A click on a unit shows it large; the choice among the controls does the same by keyboard.
  const unitAt = (event) => {
    const { sizes } = model.get("drawn");
    const { size, unit } = geometry(sizes, net.clientWidth);
    for (let l = 1; l < sizes.length; l += 1) {
      for (let k = 0; k < sizes[l]; k += 1) {
        const [x, y] = unit(l, k);
        if (event.offsetX >= x && event.offsetX <= x + size && event.offsetY >= y && event.offsetY <= y + size) return [l, k];
      }
    }
    return null;
  };
  net.addEventListener("click", (event) => {
    const found = unitAt(event);
    const looks = model.get("controls").find(({ name }) => name === "look")?.options;
    if (!found || !looks) return;
    const { sizes } = model.get("drawn");
    const before = sizes.slice(1, found[0]).reduce((sum, n) => sum + n, 0);
    set({ look: found[0] === sizes.length - 1 ? looks[0] : looks[1 + before + found[1]] });
  });
  net.addEventListener("mousemove", (event) => { net.style.cursor = unitAt(event) ? "pointer" : "default"; });

  function showHeads(drawn) {
    const { sizes, text, most } = drawn;
    const count = sizes.length - 2;
    layers.say(`${text.layers}: ${count}`, text.fewer_layers, text.more_layers, count === 0, count === most[0]);
    const { middle } = geometry(sizes, network.clientWidth);
    columns.forEach((column, i) => {
      column.node.hidden = i >= count;
      if (i >= count) return;
      const name = (template) => template.replace("{l}", i + 1);
      column.say(String(sizes[i + 1]), name(text.fewer_units), name(text.more_units), sizes[i + 1] === 1, sizes[i + 1] === most[1]);
      column.node.style.left = `${middle(i + 1)}px`;
    });
  }
  // Lab gives a cell out of sight no width: the parts have their names there too, and are drawn when they come into sight.
  function name({ sizes, text }) {
    net.setAttribute("aria-label", text.network.replace("{n}", sizes.slice(1).reduce((sum, n) => sum + n, 0)));
    costs.setAttribute("aria-label", text.curves);
  }
  function draw() {
    const drawn = model.get("drawn");
    if (!drawn.sizes) return;
    name(drawn);
    if (!network.clientWidth) return;
    tables.strong ??= shades(drawn.colours, 1);
    tables.light ??= shades(drawn.colours, 0.35);
    showHeads(drawn);
    diagram(net, atlas, drawn, tables.strong, network.clientWidth);
    surface(large, small, cloud, drawn, tables.light, result.clientWidth);
    curves(costs, drawn, result.clientWidth);
  }
  function show() {
    draw();
    line.show();
    node.dataset.frame = Number(node.dataset.frame) + 1;
  }
  const describe = () => large.setAttribute("aria-label", model.get("alt"));
  const watch = new ResizeObserver(draw);
  watch.observe(node);
  return { node, show, describe, close: () => { watch.disconnect(); line.close(); } };
}

VIEWS.playground = playgroundView;
